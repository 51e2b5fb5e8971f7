"""Two agencies with decided lists that say one work, judged the same, with two coefficients."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.curation import actions as curation
from cms.curation.enums import Verdict
from cms.curation.models import Cluster
from tests.factories import catalogs
from tests.integration.curation.conftest import read
from tests.integration.workbench.conftest import client_of  # noqa: F401
from tests.keeping import kept

WORK = "Cấp giấy phép xây dựng"


def make_decided(people, agency, *names, coefficient="1"):
    """Return a decided version whose items say these names, all with one coefficient (score 5 a standard unit)."""
    writer = catalogs.writer_of(people, agency)
    version = catalogs.make_version(writer, agency, items=0)
    weight = Decimal(coefficient)
    for number, name in enumerate(names, 1):
        catalogs.make_items(version, 1, number, name=name, group=1, coefficient=weight, score=weight * 5)
    version.refresh_from_db()
    catalogs.accept(catalogs.submit(version, writer), people["editor"])
    month_ago = timezone.localdate() - datetime.timedelta(days=30)
    return catalogs.decide(version, people["provincial_approver"], month_ago)


@kept
@pytest.fixture
def decided(province, people):
    """Return the two decided versions, read, with their common work judged the same."""
    versions = [
        make_decided(people, province.statistics, WORK, "Thẩm định dự toán", "Thẩm định quyết toán"),
        make_decided(people, province.office, WORK, "Tiếp công dân", coefficient="2.5"),
    ]
    read()
    cluster = Cluster.objects.get(members__name=WORK)
    curation.judge(by=people["editor"], cluster=cluster, verdict=Verdict.SAME, edition=cluster.edition)
    return versions
