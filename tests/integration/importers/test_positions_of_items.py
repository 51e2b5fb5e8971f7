"""Positions that items name: the same text through every door, and for ever in a version that was decided."""

import pytest
from django.db import connection

from cms.catalogs import actions as catalogs
from cms.catalogs.actions import ItemOperation
from cms.catalogs.triggers import CATALOG_TRIGGERS
from cms.core import triggers
from cms.organisations import actions as organisations
from importers import actions as uploads
from tests.factories.catalogs import accept, decide, item_values, make_version, submit
from tests.factories.officers import make_position
from tests.integration.importers.conftest import workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("Mã", "Tên nhiệm vụ", "Sản phẩm đầu ra", "Đơn vị tính", "Nhóm", "Hệ số", "Thời hạn", "VTVL")
NAMED = "ke-toan Kế toán; van-thu Văn thư"


@pytest.fixture
def positions():
    return make_position("ke-toan", "Kế toán"), make_position("van-thu", "Văn thư")


def row(number, positions):
    return (f"TK.{number:03d}", f"Nhiệm vụ {number}", "Báo cáo", "báo cáo", 2, "1,5", "05 ngày làm việc", positions)


def test_codes_get_their_names_at_every_door(people, province, positions, uploaded):
    by, draft = people["uploader"], make_version(people["uploader"], province.statistics, 1)
    item = draft.items.get()

    catalogs.edit_items(by=by, version=draft, items=[item], changes={"positions": "ke-toan;VAN-THU"})
    catalogs.add_item(by=by, version=draft, values=item_values(7) | {"positions": "Kế toán; van-thu"})
    (done,) = catalogs.write_items(
        by=by, version=draft, operations=[ItemOperation("add", item_values(8) | {"positions": "ke-toan\nvan-thu"})]
    )
    assert not done.faults
    assert set(draft.items.values_list("positions", flat=True)) == {NAMED}

    rows = (row(number, text) for number, text in enumerate(("ke-toan; van-thu", "van-thu; lai-xe"), start=1))
    batch = uploaded(by, province.statistics, workbook(*rows, headers=HEADINGS))
    version = uploads.commit(by=by, batch=batch).catalog.committed_to
    held = dict(version.items.filter(code__in=["TK.001", "TK.002"]).values_list("code", "positions"))
    assert held == {"TK.001": NAMED, "TK.002": "van-thu Văn thư; lai-xe"}


def test_a_decided_version_says_for_ever_what_it_said(people, province, positions):
    by, draft = people["uploader"], make_version(people["uploader"], province.statistics, 3)
    catalogs.edit_items(by=by, version=draft, items=draft.items.all(), changes={"positions": "ke-toan"})
    submitted = submit(draft, by)
    decided = decide(accept(submitted, people["editor"]), people["provincial_approver"])
    sealed = catalogs.content_hash(decided)

    kept = positions[0]
    organisations.save_position(
        by=None, position=kept, code=kept.code, name="Kế toán viên", kind=kept.kind, group=kept.group
    )

    assert set(decided.items.values_list("positions", flat=True)) == {"ke-toan Kế toán"}
    assert (sealed, catalogs.content_hash(decided)) == (decided.content_hash, decided.content_hash)


def test_the_guards_stand_after_the_table_was_rebuilt():
    assert triggers.missing(CATALOG_TRIGGERS, connection) == []
