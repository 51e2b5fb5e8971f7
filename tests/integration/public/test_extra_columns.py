"""Extra columns on the public side: those for everybody in items, lists, filters, differences and files; no others."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from cms.catalogs import actions
from tests.factories import catalogs
from tests.integration.public.conftest import STATISTICS
from tests.integration.public.test_privacy import all_public_answers
from tests.keeping import kept

HIDDEN = ("lời kín", "Ghi chú nội bộ", "việc riêng", "Nơi lưu")


@kept
def filled(people, province):
    """Two published versions of statistics with columns of each audience; the second changes two of them."""
    make = lambda **fields: actions.save_column(by=people["editor"], **fields)  # noqa: E731
    make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"])
    make(name="Dịch vụ công", kind="yes_no")
    make(name="Hạn rà soát", kind="date")
    make(name="Nơi lưu", kind="text", audience="offices")
    make(name="Ghi chú nội bộ", kind="text", audience="appraisers")
    first = catalogs.make_version(people["uploader"], province.statistics)
    held = {
        "extra.muc_uu_tien": "Cao", "extra.dich_vu_cong": "yes", "extra.han_ra_soat": "2026-06-05",
        "extra.noi_luu": "việc riêng", "extra.ghi_chu_noi_bo": "lời kín",
    }  # fmt: skip
    item, other, _third = first.items.in_order()
    actions.edit_items(by=people["editor"], version=first, items=[item], changes=held)
    first.refresh_from_db()
    _publish(people, first, date(2026, 1, 1))
    second = actions.start_version(by=people["uploader"], catalog=first.catalog)
    item, other, _third = second.items.in_order()
    for one, changes in ((item, {"extra.dich_vu_cong": "no"}), (other, {"extra.ghi_chu_noi_bo": "lời kín khác"})):
        actions.edit_items(by=people["editor"], version=second, items=[one], changes=changes)
    second.refresh_from_db()
    _publish(people, second, date(2026, 2, 1))
    return item


def _publish(people, version, day):
    """Bring it through the workflow; the editor wrote in it, so the approver accepts it."""
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["approver"])
    catalogs.decide(version, people["provincial_approver"], day)


def text(client, address):
    answer = client.get(f"{STATISTICS}{address}")
    assert answer.status_code == 200, address
    said = (
        answer.content.decode()
        if not answer.streaming
        else b"".join(answer.streaming_content).decode("utf-8", "ignore")
    )
    assert [word for word in HIDDEN if word in said] == [], address
    return said


def test_an_item_says_what_everybody_may_read(client, filled):
    said = text(client, f"phien-ban/2/muc/{filled.identity}/")
    assert "<dt>Hạn rà soát</dt><dd>05/06/2026</dd>" in said
    assert "Dịch vụ công" in said
    assert "Mức ưu tiên: Cao" in text(client, "")


def test_a_list_is_filtered_within_its_version(client, filled):
    client.get(STATISTICS)

    def codes(query):
        return [item.code for item in client.get(f"{STATISTICS}phien-ban/2/?{query}").context["listed"].rows]

    assert codes("cot.muc_uu_tien=cao") == [filled.code]
    assert len(codes("cot.dich_vu_cong=co")) == 3
    assert codes("cot.dich_vu_cong=khong") == [filled.code]
    assert len(codes("cot.ghi_chu_noi_bo=loi-kin")) == 3


def test_a_change_in_a_hidden_column_is_no_change(client, filled):
    said = text(client, "so-sanh/1/2/")
    assert client.get(f"{STATISTICS}so-sanh/1/2/").context["counts"] == {
        "new": 0,
        "changed": 1,
        "removed": 0,
        "same": 2,
    }
    assert "Dịch vụ công" in said
    assert "Cột,Trước,Sau" in text(client, "so-sanh/1/2/csv/")
    assert "Dịch vụ công,Có,Không" in text(client, "so-sanh/1/2/csv/")


def test_files_hold_the_columns_for_everybody(client, filled):
    lines = text(client, "tai-ve/2/csv/").splitlines()
    assert lines[0].endswith("Ghi chú,Mức ưu tiên,Dịch vụ công,Hạn rà soát")
    assert lines[1].endswith(",Cao,Không,2026-06-05")
    answer = client.get(f"{STATISTICS}tai-ve/2/xlsx/")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["DanhMuc"]
    assert [cell.value for cell in sheet[1]][-3:] == ["Mức ưu tiên", "Dịch vụ công", "Hạn rà soát"]
    assert sheet.cell(2, sheet.max_column).value.date() == date(2026, 6, 5)
    assert sheet.cell(2, sheet.max_column).number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    "change", [{"audience": "appraisers"}, {"name": "Độ ưu tiên"}], ids=["closed", "called otherwise"]
)
@pytest.mark.parametrize("address", ["tai-ve/2/csv/", "so-sanh/1/2/xlsx/", ""])
def test_nobody_keeps_what_is_seen_or_called_otherwise_now(client, people, filled, address, change):
    from cms.catalogs.models import ExtraColumn

    before = client.get(STATISTICS + address)["ETag"]
    column = ExtraColumn.objects.get(key="muc_uu_tien")
    saved = actions.save_column(by=people["editor"], column_id=column.pk, **change)
    if saved.proposed_at:
        actions.confirm_column(by=people["approver"], column=saved, seen=saved.proposed_at)

    again = client.get(STATISTICS + address, headers={"If-None-Match": before})

    assert again.status_code == 200
    said = b"".join(again.streaming_content) if again.streaming else again.content
    assert "Mức ưu tiên".encode() not in said


@pytest.mark.parametrize("role", [None, "other_uploader", "technical_admin"])
def test_no_public_page_file_search_or_address_of_the_api_has_what_is_hidden(client, people, filled, role):
    if role:
        client.force_login(people[role], backend="cms.organisations.backends.MembershipBackend")
    version = "/api/v1/catalogs/thong-ke/versions/2/"
    starts = [
        "/danh-muc/tim-kiem/?q=loi+kin", "/danh-muc/tim-kiem/?q=bao+cao", f"{STATISTICS}?cot.ghi_chu_noi_bo=loi-kin",
        f"{STATISTICS}?q=loi+kin", "/api/v1/items/", f"{version}items/", f"{version}difference/", version,
        f"{version}items/{filled.identity}/", "/api/v1/items/?search=loi+kin", "/api/pages/?fields=*",
    ]  # fmt: skip
    hidden = HIDDEN if role is None else ("lời kín", "việc riêng")

    answers = dict(all_public_answers(client, "/", *starts))

    assert len(answers) > 15
    said = {address: text for address, text in answers.items() if "q=loi" not in address}
    assert [address for address, text in said.items() if any(word in text for word in hidden)] == []
    assert [address for address, text in answers.items() if "Nơi lưu" in text and role is None] == []
