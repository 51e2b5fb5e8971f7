"""Columns that the province adds: made by an editor, filled by upload, kept, compared and undone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalogs
from cms.catalogs.columns import RESERVED
from cms.catalogs.difference import compare_versions
from cms.catalogs.models import CatalogItem, ExtraColumn
from cms.catalogs.triggers import CATALOG_TRIGGERS
from cms.core import triggers
from cms.core.text import fold
from importers import actions as uploads
from importers.batches.previews import rows_of
from importers.kinds.catalog.check.layouts import LAYOUTS
from importers.kinds.catalog.spec import KIND as CATALOG
from tests.integration.importers.conftest import workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("Mã", "Tên nhiệm vụ", "Sản phẩm đầu ra", "Đơn vị tính", "Nhóm", "Hệ số")


@pytest.fixture
def columns(people):
    make = lambda **fields: catalogs.save_column(by=people["editor"], **fields)  # noqa: E731
    return [
        make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"]),
        make(name="Dịch vụ công", kind="yes_no"),
        make(name="Hạn rà soát", kind="date"),
        make(name="Số lượng năm trước", kind="number"),
        make(name="Ghi chú nội bộ", kind="text", audience="appraisers"),
    ]


def send_rows(uploaded, by, agency, headings, rows):
    return uploaded(by, agency, workbook(*rows, headers=headings))


def row(number, *more):
    return (f"TK.{number:03d}", f"Nhiệm vụ {number}", f"Báo cáo {number}", "báo cáo", 2, "1,5", *more)


def test_a_column_gets_a_key_that_stays_and_an_event(people):
    column = catalogs.save_column(by=people["editor"], name="  Mức   ưu tiên ", kind="text")
    assert (column.key, column.name) == ("muc_uu_tien", "Mức ưu tiên")

    catalogs.save_column(by=people["editor"], column_id=column.pk, name="Độ ưu tiên")
    column.refresh_from_db()
    assert (column.key, column.name) == ("muc_uu_tien", "Độ ưu tiên")
    reported = AuditEvent.objects.filter(action__startswith="column.").order_by("pk").values_list("action", flat=True)
    assert list(reported) == ["column.add", "column.edit"]
    assert catalogs.save_column(by=people["editor"], name="Mức ưu tiên").key == "muc_uu_tien_2"


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("name", {"name": "Hệ số quy đổi"}),
        ("name", {"name": "đơn vị"}),
        ("name", {"name": "***"}),
        ("choices", {"name": "Loại", "kind": "choice", "choices": ["Một"]}),
        ("choices", {"name": "Loại", "kind": "choice", "choices": ["Cao", "cao"]}),
    ],
)
def test_a_column_without_sense_is_refused_by_field(people, field, fields):
    with pytest.raises(ValidationError) as refused:
        catalogs.save_column(by=people["editor"], **fields)
    assert field in refused.value.message_dict
    assert not ExtraColumn.objects.exists()


def test_the_kind_of_a_column_never_changes(people, columns):
    with pytest.raises(ValidationError):
        catalogs.save_column(by=people["editor"], column_id=columns[0].pk, kind="text")


def test_every_layout_takes_the_columns_that_agencies_see(columns):
    for layout, shipped in zip(CATALOG.layouts(), LAYOUTS, strict=True):
        *added, common = layout.columns[len(shipped.columns) :]
        assert [column.header for column in added] == [column.name for column in columns[:4]]
        # Files of versions carry it, and uploads pass it by.
        assert (common.header, common.kind) == ("Mã Danh mục chung", "ignored")


def test_an_upload_fills_them_changes_them_and_goes_back(uploaded, people, province, columns):
    headings = (*HEADINGS, "Mức ưu tiên", "Dịch vụ công", "Hạn rà soát", "Số lượng năm trước", "Ghi chú nội bộ")
    first = send_rows(uploaded, 
        people["uploader"], province.statistics, headings,
        [row(1, "CAO", "Có", "05/06/2026", "1,50", "bí mật"), row(2, "Thấp", "không", None, None, None)],
    )  # fmt: skip
    assert first.error_count == 0
    version = uploads.commit(by=people["uploader"], batch=first).catalog.committed_to
    held = dict(version.items.values_list("code", "extra"))
    assert held == {
        "TK.001": {
            "muc_uu_tien": "Cao", "dich_vu_cong": "yes", "han_ra_soat": "2026-06-05", "so_luong_nam_truoc": "1.5",
        },
        "TK.002": {"muc_uu_tien": "Thấp", "dich_vu_cong": "no"},
    }  # fmt: skip
    assert version.summary["extra"]["muc_uu_tien"] == 2
    assert CatalogItem.objects.with_extra("muc_uu_tien", "Cao").get().code == "TK.001"

    second = send_rows(
        uploaded, people["uploader"], province.statistics, (*HEADINGS, "Mức ưu tiên"), [row(1, "Thấp"), row(2, None)]
    )
    changed = {r.values["code"]: r.changes for r in rows_of(second)}
    assert changed == {
        "TK.001": {"extra.muc_uu_tien": ["Cao", "Thấp"]}, "TK.002": {"extra.muc_uu_tien": ["Thấp", ""]},
    }  # fmt: skip
    uploads.commit(by=people["uploader"], batch=second)
    now = dict(version.items.values_list("code", "extra"))
    assert now["TK.001"] == held["TK.001"] | {"muc_uu_tien": "Thấp"}
    assert now["TK.002"] == {"dich_vu_cong": "no"}

    second.refresh_from_db()
    uploads.undo(by=people["uploader"], batch=second)
    assert dict(version.items.values_list("code", "extra")) == held


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Mức ưu tiên", "Vừa", "not_a_choice"),
        ("Dịch vụ công", "có lẽ", "not_yes_no"),
        ("Hạn rà soát", "31/02/2026", "date_impossible"),
        ("Hạn rà soát", "hôm qua", "not_a_date"),
        ("Số lượng năm trước", "1.234", "number_ambiguous"),
        ("Số lượng năm trước", -1, "negative"),
    ],
)
def test_a_bad_cell_is_named(uploaded, people, province, columns, heading, value, code):
    batch = send_rows(uploaded, people["uploader"], province.statistics, (*HEADINGS, heading), [row(1, value)])
    problems = batch.problems.filter(severity="error").values_list("code", "column", "row")
    assert list(problems) == [(code, heading, 2)]


def test_a_required_column_is_asked_for(uploaded, people, province, draft):
    column = catalogs.save_column(by=people["editor"], name="Mức ưu tiên", required=True)
    without = send_rows(uploaded, people["uploader"], province.statistics, HEADINGS, [row(1)])
    assert [p.code for p in without.problems.filter(severity="error")] == ["missing_column"]
    blank = send_rows(uploaded, people["uploader"], province.statistics, (*HEADINGS, column.name), [row(1, None)])
    assert [p.code for p in blank.problems.filter(severity="error")] == ["required"]
    blocking = [finding.rule for finding in catalogs.findings(draft) if finding.blocks]
    assert blocking == ["required_column_empty"]


def test_a_difference_tells_only_what_its_reader_sees(people, approved, columns):
    following = catalogs.start_version(by=people["uploader"], catalog=approved.catalog)
    item = following.items.first()
    catalogs.edit_items(by=people["uploader"], version=following, items=[item], changes={"extra.muc_uu_tien": "Cao"})
    seen = compare_versions(approved, following, columns={"muc_uu_tien"})
    assert [pair.changes for pair in seen.changed] == [{"extra.muc_uu_tien": ("", "Cao")}]
    assert compare_versions(approved, following, columns=()).is_empty


def test_the_hash_of_a_version_without_them_is_what_it_was(approved, columns):
    assert catalogs.content_hash(approved) == approved.content_hash
    assert triggers.missing(CATALOG_TRIGGERS, connection) == []


def test_no_added_column_can_be_called_like_one_of_the_layouts():
    called = {
        fold(text) for layout in LAYOUTS for column in layout.columns for text in (column.header, *column.aliases)
    }
    assert called - RESERVED == set()


def test_who_sees_which_column(people, province, columns):
    def seen(person, agency):
        return {column.name for column in ExtraColumn.objects.seen_by(people[person], agency)}

    every = {column.name for column in columns}
    catalogs.save_column(by=people["editor"], column_id=columns[0].pk, audience="offices")
    assert seen("editor", province.statistics) == every
    assert seen("uploader", province.statistics) == every - {"Ghi chú nội bộ"}
    assert seen("other_uploader", province.statistics) == every - {"Ghi chú nội bộ", "Mức ưu tiên"}
    assert {column.name for column in ExtraColumn.objects.public()} == every - {"Ghi chú nội bộ", "Mức ưu tiên"}


def test_the_preview_reads_as_people_write_and_hides_what_the_reader_does_not_see(
    uploaded, client, people, province, draft, columns
):
    first = draft.items.in_order().first()
    edit = {"extra.ghi_chu_noi_bo": "lời kín", "extra.han_ra_soat": "2026-06-05"}
    catalogs.edit_items(by=people["editor"], version=draft, items=[first], changes=edit)
    rows = [(first.code, first.task, first.output, first.unit, first.group, first.coefficient, "05/07/2026", "Có")]
    batch = send_rows(
        uploaded, people["uploader"], province.statistics, (*HEADINGS, "Hạn rà soát", "Dịch vụ công"), rows
    )
    assert next(rows_of(batch, "changed")).values["extra"]["ghi_chu_noi_bo"] == "lời kín"

    for who, sees in (("uploader", False), ("editor", True)):
        client.force_login(people[who])
        screen = client.get(f"/admin/imports/{batch.pk}/?show=changed").content.decode()
        assert "<strong>Hạn rà soát:</strong> <del>05/06/2026</del>" in screen
        assert "<strong>Dịch vụ công:</strong> <del>–</del>" in screen
        assert "Hạn rà soát: 05/07/2026" in screen
        assert ("Ghi chú nội bộ: lời kín" in screen) is sees
        reported = client.get(f"/api/v1/imports/{batch.pk}/rows/?change=changed").json()["results"][0]
        assert reported["changes"]["extra.han_ra_soat"] == ["2026-06-05", "2026-07-05"]
        assert ("ghi_chu_noi_bo" in reported["values"]["extra"]) is sees


def test_a_preview_of_many_rows_reads_the_columns_once(uploaded, client, people, province, columns):
    from django.test.utils import CaptureQueriesContext

    costs = []
    for count in (2, 40):
        rows = [row(number, "Cao", "Có") for number in range(1, count + 1)]
        headings = (*HEADINGS, "Mức ưu tiên", "Dịch vụ công")
        batch = send_rows(uploaded, people["uploader"], province.statistics, headings, rows)
        client.force_login(people["uploader"])
        client.get(f"/admin/imports/{batch.pk}/?show=new")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/admin/imports/{batch.pk}/?show=new")
        costs.append(len(queries))
    assert costs[0] == costs[1]
