"""The template: readable, ready to fill in, and back again without a change."""

import datetime
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import load_workbook

from cms.catalogs import actions as catalog_actions
from importers import actions
from importers.batches.previews import rows_of
from importers.kinds.catalog.template import DATA_SHEET
from importers.models import ImportBatch
from tests.factories.catalogs import make_items
from tests.factories.officers import make_position
from tests.integration.importers.conftest import template

Uploaded = Callable[..., ImportBatch]
DAYS = {
    "submit_by": datetime.date(2026, 10, 1), "appraise_by": datetime.date(2026, 11, 1),
    "approve_by": datetime.date(2026, 12, 15), "is_current": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("sample", "clerk", "agency"),
    [("van-phong.so-tay.xlsx", "other_uploader", "office"), ("thong-ke.v1.xlsx", "uploader", "statistics")],
)
def test_a_template_sent_back_untouched_changes_nothing(people, province, uploaded, sample, clerk, agency) -> None:
    who, where = people[clerk], getattr(province, agency)
    version = actions.commit(by=who, batch=uploaded(who, where, sample)).catalog.committed_to

    batch = uploaded(who, where, template(where))

    assert batch.counts == {"new": 0, "changed": 0, "same": version.item_count, "missing": 0}
    assert (batch.verdict, batch.sheets) == ("accept", [DATA_SHEET])


def test_units_that_are_only_a_number_come_back_too(people, province, uploaded: Uploaded) -> None:
    version = actions.commit(
        by=people["editor"], batch=uploaded(people["editor"], province.commune, "xa.mau-ngan.xlsx")
    ).catalog.committed_to

    batch = uploaded(people["editor"], province.commune, template(province.commune))

    assert batch.counts == {"new": 0, "changed": 0, "same": version.item_count, "missing": 0}


def test_hostile_and_odd_values_come_back_as_they_were(people, province, uploaded: Uploaded, draft) -> None:
    first, second, third = draft.items.order_by("position")
    edits = (
        (first, {"name": "=1+1", "note": "-gạch đầu dòng", "unit": "3 tháng", "unit_quantity": 1}),
        (second, {"code": "1-2", "unit_quantity": 10, "field": "", "unit": "văn bản"}),
        (third, {"code": "0012", "hours": Decimal("0.3333"), "legal": "@SUM(A1)"}),
    )
    for item, changes in edits:
        catalog_actions.edit_items(by=people["uploader"], version=draft, items=[item], changes=changes)

    batch = uploaded(people["uploader"], province.statistics, template(province.statistics))

    assert batch.counts == {"new": 0, "changed": 0, "same": 3, "missing": 0}


def test_no_cell_of_a_template_is_a_formula(people, province, draft) -> None:
    catalog_actions.edit_items(
        by=people["uploader"], version=draft, items=[draft.items.first()], changes={"name": "=HYPERLINK(1)"}
    )

    book = load_workbook(io.BytesIO(template(province.statistics)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.quotePrefix for cell in cells if cell.value == "=HYPERLINK(1)"] == [True]


def book_of(agency, layout="", kind="catalog"):
    return load_workbook(io.BytesIO(template(agency, layout, kind)))


def words_of(sheet):
    return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def rule_of(sheet, heading):
    """Return the rule of the column with this heading."""
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == heading)
    rules = sheet.data_validations.dataValidation
    return next(rule for rule in rules if str(rule.sqref).startswith(f"{letter}2:"))


def words_to_choose(book, rule):
    """Return the words of a rule's list, in the rule itself or on the sheet of lists."""
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    sheet, cells = rule.formula1.split("!")
    return [row[0].value for row in book[sheet][cells.replace("$", "")]]


@pytest.fixture
def current_round(people):
    return catalog_actions.save_round(by=people["editor"], year=2026, name="Đợt 1 năm 2026", **DAYS)


def test_the_guide_says_whose_it_is_and_how_to_fill_it_in(province, draft, current_round) -> None:
    book = book_of(province.statistics)

    guide = words_of(book["HuongDan"])
    assert book.sheetnames == ["HuongDan", DATA_SHEET, "DanhSach"]
    assert "HƯỚNG DẪN ĐIỀN DANH MỤC SẢN PHẨM, CÔNG VIỆC" in guide
    assert province.statistics.name in guide
    assert "20 MiB" in guide and "50.000 dòng" in guide
    assert "Nhóm 5" in guide and "500" in guide
    assert "có sẵn 3 mục của phiên bản 1" in guide
    assert "Unprotect Sheet" in guide


def test_the_guide_names_the_round_with_its_days(province, current_round) -> None:
    guide = words_of(book_of(province.statistics)["HuongDan"])

    assert "Đợt 1 năm 2026" in guide
    assert "Cơ quan trình: 01/10/2026; thẩm định: 01/11/2026; phê duyệt: 15/12/2026" in guide
    assert "Cơ quan chưa có danh mục" in guide
    assert "-2026-0.0-" in guide


@pytest.mark.parametrize("layout", ["platform", "handbook", "commune"])
def test_the_guide_explains_every_column_of_the_layout(province, layout, added_columns) -> None:
    book = book_of(province.statistics, layout)

    rows = {row[0]: row[1:4] for row in book["HuongDan"].iter_rows(values_only=True) if row[0]}
    headings = [cell.value for cell in book[DATA_SHEET][1]]
    assert set(headings) <= rows.keys()
    assert all(rows[heading][1] for heading in headings)
    assert rows["Nhóm phức tạp (1-5)"][0] == "Có"
    assert rows["Dịch vụ công"] == ("Không", "Mục có là thủ tục hành chính không. Chọn Có hoặc Không.", "Có")
    assert (rows["Mức ưu tiên"][0], rows["Mức ưu tiên"][2]) == ("Có", "Cao")


def test_the_guide_prints_on_a4(province) -> None:
    sheet = book_of(province.office)["HuongDan"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_template_speaks_vietnamese_to_everybody(province) -> None:
    with translation.override("en"):
        guide = words_of(book_of(province.office)["HuongDan"])

    assert "Tệp không quá 20 MiB" in guide
    assert "A file of at most" not in guide


def test_headings_are_locked_and_nothing_else(province, draft) -> None:
    sheet = book_of(province.statistics)[DATA_SHEET]

    said = sheet.protection
    allowed = (said.insertRows, said.deleteRows, said.sort, said.autoFilter, said.formatColumns, said.formatCells)
    # The attributes of OOXML say what is forbidden.
    assert (said.sheet, said.password, set(allowed)) == (True, None, {False})
    assert {cell.protection.locked for cell in sheet[1]} == {True}
    assert {cell.protection.locked for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {False}
    widths = sheet.column_dimensions
    assert not any(widths[name].protection.locked for name in widths)
    assert max(widths[name].max for name in widths) == 16_384
    assert sheet.auto_filter.ref == "A1:T4"


def test_the_data_sheet_is_ready_for_a_clerk(province) -> None:
    sheet = book_of(province.office)[DATA_SHEET]

    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.print_title_rows == "$1:$1"


def test_groups_are_chosen_from_a_closed_list(province) -> None:
    rule = rule_of(book_of(province.office)[DATA_SHEET], "Nhóm phức tạp (1-5)")

    assert (rule.formula1, rule.showErrorMessage, rule.errorStyle) == ('"1,2,3,4,5"', True, None)
    assert str(rule.sqref) == "H2:H50001"


def test_a_number_is_asked_for_where_one_is_read(province) -> None:
    sheet = book_of(province.office)[DATA_SHEET]

    rule = rule_of(sheet, "Hệ số quy đổi")
    assert (rule.type, rule.errorStyle, rule.formula1, rule.formula2) == ("decimal", "warning", "0", "9999")
    assert not [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith("A2:")]


def test_units_and_fields_of_work_are_suggestions(people, province, draft) -> None:
    first = draft.items.first()
    changes = {"unit": "m², m³", "unit_quantity": 10}
    catalog_actions.edit_items(by=people["uploader"], version=draft, items=[first], changes=changes)
    book = book_of(province.statistics)

    units, fields = (rule_of(book[DATA_SHEET], heading) for heading in ("Đơn vị tính", "Lĩnh vực"))
    assert not units.showErrorMessage and not fields.showErrorMessage
    assert {"10 m², m³", "văn bản", "hồ sơ"} <= set(words_to_choose(book, units))
    assert {"Tổng hợp", "Thống kê kinh tế"} <= set(words_to_choose(book, fields))


def test_long_lists_are_bounded(province, draft) -> None:
    for number in range(400):
        make_items(draft, 1, start=1000 + number, unit=f"đơn vị {number}")

    book = book_of(province.statistics)

    assert len(words_to_choose(book, rule_of(book[DATA_SHEET], "Đơn vị tính"))) == 300


def test_columns_of_the_province_bring_their_own_rules(province, added_columns) -> None:
    book = book_of(province.statistics)
    sheet = book[DATA_SHEET]

    choice, yes_no, day, number, text = (rule_of(sheet, column.name) for column in added_columns)
    assert (words_to_choose(book, choice), choice.showErrorMessage) == (["Cao", "Thấp, để sau"], True)
    assert (words_to_choose(book, yes_no), yes_no.prompt) == (["Có", "Không"], "Mục có là thủ tục hành chính không")
    assert (day.type, day.errorStyle, number.type, number.errorStyle) == ("date", "warning", "decimal", "warning")
    assert (text.type, text.promptTitle, text.prompt) == (None, "Người theo dõi", "Ghi tên phòng.")
    formats = {cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]}
    assert formats["Hạn rà soát"] == "dd/mm/yyyy"


def test_the_list_of_officers_offers_codes_and_words(province) -> None:
    make_position()
    book = book_of(province.statistics, kind="officers")
    sheet = book["CongChuc"]

    assert book.sheetnames == ["HuongDan", "CongChuc", "CoQuan", "ViTri"]
    codes = words_to_choose(book, rule_of(sheet, "Mã cơ quan, đơn vị"))
    assert codes == [province.statistics.code, province.division.code]
    assert words_to_choose(book, rule_of(sheet, "Vai trò")) == ["Không giữ chức vụ", "Người đứng đầu", "Cấp phó"]
    assert sheet.protection.sheet and not sheet.protection.insertRows
    assert "Không ghi ngày sinh" in words_of(book["HuongDan"])


def fill_in(content, **cells):
    """Type into cells of the data sheet as a person would, and return the saved file."""
    book = load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book[DATA_SHEET][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_filled_in_from_the_lists_is_read(people, province, uploaded: Uploaded, draft, added_columns) -> None:
    for item in draft.items.all():
        changes = {"extra.muc_uu_tien": "Cao"}
        catalog_actions.edit_items(by=people["uploader"], version=draft, items=[item], changes=changes)
    content = template(province.statistics)
    row = {
        "B5": "TK.900", "C5": "Tổng hợp", "D5": "Việc mới", "F5": "Báo cáo", "G5": "hồ sơ", "H5": 2, "O5": 1.5,
        "U5": "Thấp, để sau", "V5": "Có", "W5": datetime.datetime(2026, 6, 5), "X5": 12, "Y5": "Phòng A",
    }  # fmt: skip

    batch = uploaded(people["uploader"], province.statistics, fill_in(content, **row))

    assert (batch.verdict, batch.counts) == ("accept", {"new": 1, "changed": 0, "same": 3, "missing": 0})
    assert next(rows_of(batch, "new")).values["extra"] == {
        "muc_uu_tien": "Thấp, để sau", "dich_vu_cong": "yes", "han_ra_soat": "2026-06-05", "so_luong_nam_truoc": "12",
        "nguoi_theo_doi": "Phòng A",
    }  # fmt: skip


@pytest.mark.parametrize("layout", ["platform", "handbook", "commune"])
def test_every_layout_comes_back_with_all_kinds_of_columns(
    people, province, uploaded: Uploaded, draft, added_columns, layout
) -> None:
    held = {
        "extra.muc_uu_tien": "Thấp, để sau", "extra.dich_vu_cong": "no", "extra.han_ra_soat": "2026-06-05",
        "extra.so_luong_nam_truoc": "1234.5", "extra.nguoi_theo_doi": "Phòng A",
    }  # fmt: skip
    catalog_actions.edit_items(by=people["uploader"], version=draft, items=list(draft.items.all()), changes=held)

    batch = uploaded(people["uploader"], province.statistics, template(province.statistics, layout))

    assert batch.counts == {"new": 0, "changed": 0, "same": 3, "missing": 0}
    assert (batch.verdict, batch.layout, list(batch.problems.values_list("code", flat=True))) == ("accept", layout, [])


@pytest.mark.parametrize("layout", ["platform", "handbook", "commune"])
def test_names_that_stand_twice_are_asked_about_once_and_not_each_time(
    people, province, uploaded: Uploaded, draft, layout
) -> None:
    items = list(draft.items.order_by("position")[:2])
    changes = {"task": "Thẩm định", "name": "Báo cáo thẩm định"}
    catalog_actions.edit_items(by=people["uploader"], version=draft, items=items, changes=changes)

    untouched = uploaded(people["uploader"], province.statistics, template(province.statistics, layout))
    more = {"B5": "TK.900", "D5": "Thẩm định", "E5": "Báo cáo thẩm định", "F5": "Báo cáo", "G5": "tờ", "H5": 1, "O5": 1}
    added = uploaded(people["uploader"], province.statistics, fill_in(template(province.statistics), **more))

    assert (untouched.verdict, untouched.counts["same"], untouched.problems.count()) == ("accept", 3, 0)
    assert list(added.problems.values_list("code", "row")) == [("duplicate_name", 5)]


def test_an_empty_template_is_refused_for_having_no_rows(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, template(province.statistics))

    assert [problem.code for problem in batch.problems.all()] == ["no_rows"]
