"""An .xlsx marked in place: bad cells coloured and commented, everything else as the sender made it."""

import io
import posixpath
import re
from xml.etree import ElementTree

import pytest
import python_calamine
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from importers.returned import Cell
from importers.returned.job import COLOURS
from tests.unit.importers.returned.building import BAD, LINE, agency_book, as_bytes, marked, opened, parts, with_part

SHEET = "xl/worksheets/sheet1.xml"


def test_bad_cells_are_coloured_and_commented_and_the_layout_stays() -> None:
    book = opened(marked(as_bytes(agency_book()), {2: {2: BAD}, 3: {2: Cell("warning", "phải điền")}}))

    sheet = book["DanhMuc"]
    assert [(c.coordinate, c.fill.fgColor.rgb, c.comment.text) for c in (sheet["B2"], sheet["B3"])] == [
        ("B2", COLOURS["error"], "không phải là số"), ("B3", COLOURS["warning"], "phải điền"),
    ]  # fmt: skip
    assert (sheet["B2"].value, sheet["B2"].number_format, sheet["C3"].value) == ("abc", "0.000", "=B2")
    assert (str(sheet.merged_cells), sheet.column_dimensions["C"].width) == ("A5:C6", 61)
    assert book["Khác"]["A1"].value == "của cơ quan"
    assert sheet["A2"].fill.fill_type is None


def test_a_summary_lists_every_problem_with_a_link_to_its_cell() -> None:
    book = opened(marked(as_bytes(agency_book()), {2: {2: BAD}}))

    summary = book["LoiCanSua"]
    assert book.sheetnames[-1] == "LoiCanSua"
    assert [cell.value for cell in summary[5]] == ["DanhMuc", "B2", "2", "Hệ số", "abc", "Lỗi", "=không phải là số"]
    assert summary["B5"].hyperlink.location == "'DanhMuc'!B2"
    assert {cell.data_type for row in summary for cell in row if cell.value} == {"s"}


def test_every_relation_leads_to_a_part_with_a_type() -> None:
    made = parts(marked(as_bytes(agency_book()), {2: {2: BAD}}))

    types = ElementTree.fromstring(made["[Content_Types].xml"])
    named = {one.get("PartName") for one in types} | {f".{one.get('Extension')}" for one in types}
    for name, text in made.items():
        if not name.endswith(".rels"):
            assert f"/{name}" in named or posixpath.splitext(name)[1] in named, name
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in ElementTree.fromstring(text):
            target = relation.get("Target", "")
            resolved = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            assert resolved in made, (name, target)


def test_the_link_to_the_comments_stands_where_the_schema_wants_it() -> None:
    from openpyxl.worksheet.table import Table

    book = agency_book()
    book["DanhMuc"].add_table(Table(displayName="Bang", ref="A1:C3"))

    made = parts(marked(as_bytes(book), {2: {2: BAD}}))[SHEET]

    assert made.index("<pageMargins") < made.index("<legacyDrawing") < made.index("<tableParts")


def test_another_reader_reads_the_same_values() -> None:
    before, after = as_bytes(agency_book()), marked(as_bytes(agency_book()), {2: {2: BAD}, 3: {2: BAD}})

    read = [
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_name("DanhMuc").to_python()
        for content in (before, after)
    ]  # fmt: skip
    assert read[0] == read[1]


def test_a_corrected_cell_holds_what_was_typed() -> None:
    marks = {
        2: {2: Cell("corrected", "đã sửa", "1,5")},
        3: {1: Cell("corrected", "", ""), 3: Cell("corrected", "", "x")},
    }

    sheet = opened(marked(as_bytes(agency_book()), marks))["DanhMuc"]

    assert (sheet["B2"].value, sheet["B2"].fill.fgColor.rgb) == ("1,5", COLOURS["corrected"])
    assert sheet["A3"].value is None
    assert sheet["C3"].value == "=B2"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = opened(marked(as_bytes(agency_book()), {2: {2: Cell("corrected", "=1+1", "=1+1<&")}}))["DanhMuc"]

    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].comment.text) == ("=1+1<&", "s", "=1+1")


def test_the_senders_own_comments_stay() -> None:
    book = agency_book()
    book["DanhMuc"]["A1"].comment = Comment("của tôi", "Chị Hai")
    book["DanhMuc"]["B2"].comment = Comment("xem sau", "Chị Hai")

    sheet = opened(marked(as_bytes(book), {2: {2: BAD}, 3: {2: BAD}}))["DanhMuc"]

    assert [sheet[name].comment.text for name in ("A1", "B2", "B3")] == [
        "của tôi", "xem sau\nThước Đo: không phải là số", "không phải là số",
    ]  # fmt: skip


def test_marks_of_an_earlier_time_are_taken_off() -> None:
    book = agency_book()
    book["DanhMuc"]["A1"].fill = PatternFill("solid", start_color="FF00FF00")
    book["DanhMuc"]["C2"].comment = Comment("xem sau", "Chị Hai")
    once = marked(as_bytes(book), {2: {2: BAD, 3: BAD}, 3: {2: BAD}})
    saved_by_a_spreadsheet_program = as_bytes(opened(once))

    for before in (once, saved_by_a_spreadsheet_program):
        twice = opened(marked(before, {3: {2: Cell("error", "vẫn sai")}}))

        sheet = twice["DanhMuc"]
        assert sheet["B2"].fill.fill_type is None and sheet["B2"].comment is None
        assert (sheet["B2"].number_format, sheet["A1"].fill.fgColor.rgb) == ("0.000", "FF00FF00")
        assert (sheet["B3"].comment.text, sheet["C2"].comment.text) == ("vẫn sai", "xem sau")
        assert twice.sheetnames == ["DanhMuc", "Khác", "LoiCanSua"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(' r="1"', "").replace(' r="2"', ""), id="rows without numbers"),
        pytest.param(lambda text: re.sub(r'<c r="[A-Z]+\d+"', "<c", text), id="cells without references"),
        pytest.param(
            lambda text: re.sub(r"<(/?)(\w)", r"<\1x:\2", text).replace("xmlns=", "xmlns:x="),
            id="prefixes",
        ),
        pytest.param(lambda text: text.replace("<sheetData>", "<!-- a note --><sheetData>"), id="a comment"),
        pytest.param(lambda text: text.replace('<row r="2"', '<row r="2" spans="1:2"'), id="spans"),
    ],
)
def test_however_the_sheet_is_written_its_cells_are_marked(change) -> None:
    book = agency_book()
    book["DanhMuc"]["B3"], book["DanhMuc"]["C3"] = 5, "hai"
    content = with_part(as_bytes(book), SHEET, change)

    sheet = opened(marked(content, {2: {2: BAD}}))["DanhMuc"]

    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)] == [
        ["Mã", "Hệ số", "Ghi chú"], ["A1", "abc", "một"], ["A2", 5, "hai"],
    ]  # fmt: skip
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].comment.text) == (COLOURS["error"], "không phải là số")


def test_a_sheet_of_the_same_name_as_the_summary_is_that_of_an_earlier_time() -> None:
    book = agency_book()
    book.create_sheet("LoiCanSua")["A1"] = "cũ"
    book["LoiCanSua"].sheet_state = "hidden"

    made = opened(marked(as_bytes(book), {2: {2: BAD}}, lines=[LINE] * 3))

    assert made["LoiCanSua"].sheet_state == "visible"
    assert (made["LoiCanSua"]["A1"].value, made["LoiCanSua"].max_row) == ("2 lỗi", 7)


def test_a_cell_that_was_not_there_keeps_the_format_of_its_column() -> None:
    book = agency_book()
    book["DanhMuc"].column_dimensions["D"].number_format = "@"

    sheet = opened(marked(as_bytes(book), {2: {4: BAD}, 9: {1: BAD}}))["DanhMuc"]

    assert (sheet["D2"].number_format, sheet["D2"].fill.fgColor.rgb) == ("@", COLOURS["error"])
