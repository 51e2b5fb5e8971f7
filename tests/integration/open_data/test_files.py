"""Open data is what is published, whole and readable, at addresses whose contents stay for days that are over."""

from __future__ import annotations

import datetime
import io
import json
import shutil
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from catalog_pages import actions as pages
from catalog_pages.open_data import datasets, files
from catalog_pages.open_data.datasets import DatasetRows
from catalog_pages.open_data.dictionary import DATASETS
from catalog_pages.open_data.moments import now
from cms.catalogs import actions
from cms.catalogs.models import CatalogVersion, ExtraColumn
from tests.factories import catalogs
from tests.integration.open_data.conftest import EVIL, FILES, HONEST, PLACE, link_to_common, publish, publish_more

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def test_a_row_is_the_same_in_every_kind_of_file(published, read, table):
    first = published.version.items.order_by("position").first()
    [from_csv, *_rest] = table("danh-muc")
    [from_json, *_rest] = json.loads(read("danh-muc.json"), parse_float=Decimal)
    book = load_workbook(io.BytesIO(read("danh-muc.xlsx")))

    assert from_csv["identity"] == from_json["identity"] == str(first.identity)
    assert (from_csv["agency"], from_csv["version"], from_csv["name"]) == ("thong-ke", "1", first.name)
    assert Decimal(from_csv["coefficient"]) == from_json["coefficient"] == first.coefficient
    assert from_csv["extra.han_dung"] == from_json["extra.han_dung"] == "2026-12-31"
    assert (from_csv["extra.truc_tuyen"], from_json["extra.truc_tuyen"]) == ("true", True)
    assert (from_csv["extra.chi_phi"], from_json["extra.chi_phi"]) == ("12.5000", Decimal("12.5"))
    assert (from_csv["hours"], from_json["hours"]) == ("", None)
    headings, in_sheet = (list(row) for row in book["DanhMuc"].iter_rows(min_row=1, max_row=2, values_only=True))
    assert headings[:3] == ["Mã cơ quan", "Tên cơ quan", "Số phiên bản"]
    assert headings[5] == "Mã sản phẩm/công việc"
    assert from_csv["agency_name"] == from_json["agency_name"] == in_sheet[1] == published.province.statistics.name
    assert in_sheet[headings.index("Tên nhiệm vụ")] == first.task
    assert in_sheet[headings.index("Trực tuyến")] == "Có"
    assert [row[0] for row in book["GiaiThich"].iter_rows(min_row=2, values_only=True)] == list(from_csv)


def test_every_dataset_has_rows(published, table):
    assert {row["code"] for row in table("co-quan")} >= {"tinh", "thong-ke"}
    assert [row["parent"] for row in table("co-quan") if row["code"] == "phong-tong-hop"] == ["thong-ke"]
    [version] = table("phien-ban")
    assert (version["agency"], version["items"], version["in_force"]) == ("thong-ke", "3", "true")
    criteria = table("tieu-chi")
    assert {(row["framework"], row["version"]) for row in criteria} == {("nd335", "1")}
    assert [row["place"] for row in criteria] == [str(place) for place in range(1, len(criteria) + 1)]
    assert {row["code"]: row["parent"] for row in criteria}["I.1"] == "I"
    assert {row["is_group"] for row in criteria if row["code"] == "I"} == {"true"}
    figures = table("so-lieu")
    assert {row["release"] for row in figures} == {"1"}


def test_the_address_of_a_figure_leads_to_its_file(client, published, table):
    for row in table("so-lieu"):
        for kind in [kind for kind in ("csv", "json") if row[kind]]:
            answer = client.get(row[kind], follow=True)
            assert answer.status_code == 200
            assert "minh-bach" in answer.redirect_chain[0][0]
    for missing in ("9/tien-do.csv", "1/khong-co.csv", "1/tien-do.exe"):
        assert client.get(f"{PLACE}so-lieu/{missing}").status_code == 404


def test_what_comes_later_does_not_change_a_day_that_is_over(published, read, table, wait_a_day):
    wait_a_day()
    names = [*FILES, "datapackage.json"]
    before = {name: read(name, published.day) for name in names}
    wait_a_day()
    publish_more(published)
    wait_a_day()

    assert {name for name in names if read(name, published.day) != before[name]} == set()
    # What came later is there on its own day, and now.
    for day in ("", published.day + 2 * A_DAY):
        assert {row["agency"]: row["version"] for row in table("danh-muc", day)} == {"thong-ke": "2", "van-phong": "1"}
        assert len({row["framework"] for row in table("tieu-chi", day)}) == 2
        assert {row["release"] for row in table("so-lieu", day)} == {"1", "2"}
        agencies = {row["code"]: row for row in table("co-quan", day)}
        assert agencies["thong-ke"]["name"] == "Thống kê tỉnh"
        for name in ("danh-muc", "phien-ban"):
            assert {row["agency_name"] for row in table(name, day) if row["agency"] == "thong-ke"} == {"Thống kê tỉnh"}
        assert agencies["phong-tong-hop"]["parent"] == "van-phong"
        assert agencies["moi-lap"]["name"] == "Sở Mới lập"
        assert "extra.cot_den_sau" in table("danh-muc", day)[0]
    assert [row["effective_to"] for row in table("phien-ban", published.day)] == [""]
    first, *_later = table("phien-ban")
    assert (first["effective_to"], first["in_force"]) == ((published.day + A_DAY).isoformat(), "false")


def test_a_version_that_is_decided_and_not_yet_public_says_nothing_yet(published, table):
    draft = catalogs.make_version(published.people["uploader"], published.province.statistics)
    accepted = catalogs.accept(catalogs.submit(draft, draft.created_by), published.people["editor"])
    catalogs.decide(accepted, published.people["provincial_approver"], published.day + 5 * A_DAY)

    [version] = table("phien-ban")
    assert (version["version"], version["effective_to"], version["in_force"]) == ("1", "", "true")


def test_a_day_that_is_not_over_has_no_address(client, published):
    for day in (timezone.localdate(), timezone.localdate() + A_DAY):
        for name in ("", "danh-muc.csv", "datapackage.json"):
            assert client.get(f"{PLACE}{day}/{name}").status_code == 404
    for wrong in ("2026-02-30/danh-muc.csv", "khong-co.csv", "danh-muc.exe", "2026-06-01/khong-co.csv"):
        assert client.get(PLACE + wrong).status_code == 404


def test_a_day_that_cannot_be_shown_is_told_beside_what_was_typed(client, published):
    for wrong in ("31/02/2026", f"{timezone.localdate():%d/%m/%Y}", "<b>"):
        page = client.get(PLACE, {"ngay": wrong}).content.decode()
        assert "Hãy nhập một ngày đã qua" in page
        assert f'value="{escape(wrong)}" aria-invalid="true"' in page
    answer = client.get(PLACE, {"ngay": "1/11/2020"})
    assert (answer.status_code, answer["Location"]) == (302, f"{PLACE}2020-11-01/")


def test_nothing_but_what_is_public_is_there(published, people, read):
    draft = catalogs.make_version(people["other_uploader"], published.province.office)
    edited = list(draft.items.all())
    actions.edit_items(by=people["other_uploader"], version=draft, items=edited, changes={"name": "Hoàngyến"})

    texts = [read(name).decode() for name in FILES if not name.endswith("xlsx")]
    assert [text for text in texts if "Hoàngyến" in text or "noi_bo" in text or "Kín" in text] == []
    assert not any(user.full_name in text for text in texts for user in people.values())
    pages.page_of(published.version).unpublish()
    assert read("danh-muc.json") == b"[]\n"


def test_a_column_that_is_taken_from_the_public_is_gone_from_earlier_days_too(published, table, wait_a_day):
    wait_a_day()
    assert "extra.chi_phi" in table("danh-muc", published.day)[0]
    column = ExtraColumn.objects.get(key="chi_phi")
    actions.save_column(by=None, column_id=column.pk, audience="offices")
    hidden = ExtraColumn.objects.get(key="noi_bo")
    actions.save_column(by=None, column_id=hidden.pk, audience="everyone")

    earlier = table("danh-muc", published.day)[0]
    assert "extra.chi_phi" not in earlier
    assert "extra.noi_bo" not in earlier
    assert table("danh-muc")[0]["extra.noi_bo"] == "Kín"


def test_text_that_a_spreadsheet_would_run_is_harmless(published, people, read, table):
    draft = catalogs.make_version(people["other_uploader"], published.province.office, items=0)
    texts = [*EVIL, *HONEST]
    rows = [actions.ItemRow(catalogs.item_values(n, "VP", name=text)) for n, text in enumerate(texts)]
    actions.write_rows(by=people["other_uploader"], version=draft, rows=rows)
    publish(people, draft)

    names = [row["name"] for row in table("danh-muc") if row["agency"] == "van-phong"]
    # A program that parts cells at tabs would begin one after it.
    guarded = ["'\t'=1+1" if text == "\t=1+1" else f"'{text}" for text in EVIL]
    assert names == [*guarded, "'- Báo cáo tháng", "-5", "A=B"]
    assert [row["name"] for row in json.loads(read("danh-muc.json")) if row["agency"] == "van-phong"] == texts
    sheet = load_workbook(io.BytesIO(read("danh-muc.xlsx")))["DanhMuc"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert {text: (cells[text].data_type, cells[text].quotePrefix) for text in EVIL[:6]} == {
        text: ("s", True) for text in EVIL[:6]
    }  # fmt: skip


def test_who_has_it_already_is_told_so_without_reading(client, published, wait_a_day):
    wait_a_day()
    for name, kept_for in (("danh-muc.csv", 60), (f"{published.day}/danh-muc.csv", 86_400)):
        first = client.get(PLACE + name)
        assert first.headers["Cache-Control"] == f"public, max-age={kept_for}"
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert first.headers["Last-Modified"]
        again = client.get(PLACE + name, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
    disposition = client.get(f"{PLACE}{published.day}/danh-muc.csv").headers["Content-Disposition"]
    assert disposition == f'attachment; filename="danh-muc-{published.day}.csv"'
    before = client.get(f"{PLACE}co-quan.csv").headers["ETag"]
    publish_more(published)
    assert client.get(f"{PLACE}co-quan.csv").headers["ETag"] != before
    assert client.post(f"{PLACE}co-quan.csv").status_code == 405


def test_links_to_the_common_list_are_told_as_long_as_they_hold(published, table, read, wait_a_day):
    assert table("lien-ket") == []
    link = link_to_common(published)
    [row] = table("lien-ket")
    assert (row["agency"], row["identity"], row["common_identity"]) == (
        "thong-ke",
        str(link.identity),
        str(link.common),
    )
    assert row["common_code"] and row["code"]
    wait_a_day()
    link.ended_at = timezone.now()
    link.save()
    assert table("lien-ket") == []
    # A day that is over keeps what held then.
    assert table("lien-ket", published.day) == [row]


def test_no_request_asks_more_for_more_agencies(client, published):
    def requested_day(name):
        shutil.rmtree(settings.THUOCDO_KEPT_DIR, ignore_errors=True)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(PLACE + name)
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(queries)

    names = ["", "thay-doi/", "thay-doi.atom", "datapackage.json", "dcat.jsonld", *FILES]
    requested_day("")
    before = {name: requested_day(name) for name in names}
    catalogs.make_approved(published.people, published.province.office)

    assert {name: requested_day(name) for name in names} == before
    assert max(before.values()) <= 25


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_rows_are_written_as_they_are_read(kind):
    """No more rows are held than are written at a time."""
    dataset, held, most = DATASETS["so-lieu"], 0, 0
    row = (1, "a", timezone.now(), "Bảng", 3, "/a.csv", "/a.json", "0" * 64, "")

    class Counted(tuple):
        def __new__(cls):
            nonlocal held, most
            held += 1
            most = max(most, held)
            return super().__new__(cls, row)

        def __del__(self):
            nonlocal held
            held -= 1

    rows = DatasetRows(dataset, (Counted() for _number in range(3_000)))
    files.write_file(kind, rows, io.BytesIO(), count=3_000, created=timezone.now())
    assert most <= 500


def test_rows_beyond_a_sheet_go_on_to_a_next_one(published, monkeypatch):
    monkeypatch.setattr(files, "MOST_IN_A_SHEET", 2)
    rows = datasets.rows_at("danh-muc", now())

    book = load_workbook(files.xlsx_workbook(rows, count=3, created=timezone.now()))

    assert book.sheetnames == ["DanhMuc", "DanhMuc2", "GiaiThich"]
    assert (book["DanhMuc"].max_row, book["DanhMuc2"].max_row) == (3, 2)
    assert CatalogVersion.objects.get(pk=published.version.pk).item_count == 3
