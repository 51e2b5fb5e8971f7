"""Two agencies whose lists say the same works, read into what is known."""

import pytest

from cms.curation import actions
from tests.factories import catalogs
from tests.keeping import kept

# Those of one agency, and how the other says them.
OURS = ("Soạn thảo báo cáo quý về cải cách hành chính", "Thẩm định dự toán cấp tỉnh", "Cấp giấy phép xây dựng")
THEIRS = ("Dự thảo báo cáo quý về CCHC", "Thẩm tra dự toán cấp tỉnh", "Cấp giấy phép xây dựng")


def make_list(people, agency, names, **changes):
    """Return a submitted version that says these names, not read yet."""
    writer = catalogs.writer_of(people, agency)
    version = catalogs.make_version(writer, agency, items=0)
    for number, name in enumerate(names, 1):
        catalogs.make_items(version, 1, number, **({"name": name, "group": 1} | changes))
    version.refresh_from_db()
    return catalogs.submit(version, writer)


def read():
    actions.ask_for_reading_of_all()
    return list(actions.read_waiting())


@kept
@pytest.fixture
def lists(province, people):
    """Return the two versions, submitted and read."""
    versions = [make_list(people, province.statistics, OURS), make_list(people, province.office, THEIRS)]
    read()
    return versions
