from __future__ import annotations

import datetime
import pathlib

import openpyxl
import pytest
from openpyxl.styles import numbers

from importers.reading import FileRefused, Limits, Special, read
from importers.reading.contract import Workbook
from tests.unit.importers.reading.building import STRICT, codes_of, parts, read_bytes, saved, values, xlsx, zipped

SAMPLES = pathlib.Path(__file__).parents[3] / "samples"
DATE_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0.0&quot;day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="166"/>'
    '<xf numFmtId="20"/></cellXfs>'
)


def one_cell(cell: str) -> str:
    return f'<row r="1">{cell}</row>'


@pytest.mark.parametrize(
    ("name", "sheets"),
    [
        ("thong-ke.v1.xlsx", {"DanhMuc": 9}),
        ("thong-ke.v2.xlsx", {"DanhMuc": 9}),
        ("van-phong.so-tay.xlsx", {"Danh mục": 25}),
        ("xa.mau-ngan.xlsx", {"Hướng dẫn": 1, "DANH MUC": 16}),
    ],
)
def test_a_real_catalog_is_read_whole(name: str, sheets: dict[str, int]) -> None:
    book = read(SAMPLES / name, name=name)

    assert {sheet.name: len(sheet.rows) for sheet in book.sheets} == sheets
    assert book.problems == []


def test_a_real_catalog_reads_as_openpyxl_reads_it() -> None:
    path = SAMPLES / "van-phong.so-tay.xlsx"
    expected = [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]

    found = {row.number: row.cells for row in read(path, name=path.name).sheets[0].rows}

    for number, cells in enumerate(expected, start=1):
        while cells and cells[-1] is None:
            cells.pop()
        assert found.get(number, []) == cells


def test_merged_ranges_are_told() -> None:
    book = read(SAMPLES / "van-phong.so-tay.xlsx", name="a.xlsx")

    assert (1, 6, 1, 13) in book.sheets[0].merged


def test_numbers_come_as_stored(tmp_path: pathlib.Path) -> None:
    cells = "".join(f"<c><v>{number}</v></c>" for number in ("7", "-7", "0.30000000000000004", "1E-3", "5.0"))

    row = values(read_bytes(tmp_path, xlsx(one_cell(cells))))[0]

    assert row == [7, -7, 0.30000000000000004, 0.001, 5.0]
    assert [type(value) for value in row] == [int, int, float, float, float]


@pytest.mark.parametrize("text", ["abc", "1_000", "0x10", "9" * 5000, "١"])
def test_what_is_no_number_refuses_the_file(tmp_path: pathlib.Path, text: str) -> None:
    assert codes_of(tmp_path, xlsx(one_cell(f'<c r="A1"><v>{text}</v></c>'))) == ["broken_part"]


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-INF", "1e999"])
def test_a_number_that_no_cell_can_hold_is_an_error_on_it(tmp_path: pathlib.Path, text: str) -> None:
    sheet = read_bytes(tmp_path, xlsx(one_cell(f'<c r="A1"><v>{text}</v></c>'))).sheets[0]

    assert ([row.number for row in sheet.rows], sheet.specials) == ([1], {(1, 1): Special("number_not_finite", text)})


def test_every_type_of_cell_is_read(tmp_path: pathlib.Path) -> None:
    rows = one_cell(
        '<c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t> a </t></is></c><c r="C1" t="b"><v>1</v></c>'
        '<c r="D1" t="str"><v>x&amp;y</v></c><c r="E1" t="n"><v>2</v></c><c r="F1" t="d"><v>2026-06-05</v></c>'
    )

    book = read_bytes(tmp_path, xlsx(rows, strings="<si><t>no</t></si><si><t>Mã</t></si>"))

    assert values(book) == [["Mã", " a ", True, "x&y", 2, datetime.date(2026, 6, 5)]]


def test_rich_text_is_joined_and_phonetic_guides_left_out(tmp_path: pathlib.Path) -> None:
    rich = "<r><rPr><b/></rPr><t>Công </t></r><r><t>việc</t></r><rPh sb='0' eb='1'><t>GUIDE</t></rPh>"
    rows = one_cell(f'<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>{rich}</is></c>')

    assert values(read_bytes(tmp_path, xlsx(rows, strings=f"<si>{rich}</si>"))) == [["Công việc", "Công việc"]]


def test_escaped_characters_are_put_back_but_no_half_of_a_pair(tmp_path: pathlib.Path) -> None:
    strings = "<si><t>a_x000A_b _x005F_x0041_ _xD800_</t></si>"

    book = read_bytes(tmp_path, xlsx(one_cell('<c t="s"><v>0</v></c>'), strings=strings))

    assert values(book) == [["a\nb _x0041_ _xD800_"]]


def test_entities_of_plain_strings_are_read(tmp_path: pathlib.Path) -> None:
    strings = "<si><t>a &amp;lt; &quot;b&quot; &lt;c&gt; &apos;</t></si><si><t>&#272;</t></si>"

    book = read_bytes(tmp_path, xlsx(one_cell('<c t="s"><v>0</v></c><c t="s"><v>1</v></c>'), strings=strings))

    assert values(book) == [['a &lt; "b" <c> \'', "Đ"]]


def test_cells_and_rows_without_references_follow_one_another(tmp_path: pathlib.Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>"

    sheet = read_bytes(tmp_path, xlsx(rows)).sheets[0]

    assert [(row.number, row.cells) for row in sheet.rows] == [(1, [1, 2]), (3, [None, 3])]


def test_prefixes_comments_and_cdata_read_the_same(tmp_path: pathlib.Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{STRICT.replace("purl.oclc.org/ooxml", "schemas.openxmlformats.org")}"><x:sheetData>'
        '<!-- <row r="9"><c r="A9"><v>9</v></c></row> --><x:row r="2"><x:c r="B2" t="str"><x:v><![CDATA[<a>]]></x:v>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )

    assert values(read_bytes(tmp_path, xlsx(sheet=sheet))) == [[None, "<a>"]]


def test_a_comment_among_plain_rows_hides_nothing(tmp_path: pathlib.Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><!--<row r="2"><c r="A2"><v>2</v></c></row>--><row r="3"/>'

    assert values(read_bytes(tmp_path, xlsx(rows))) == [[1]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_other_encodings_of_the_sheet_are_read(tmp_path: pathlib.Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Mô tả</t></is></c></row>'.replace("ả", "ã")
    sheet = f'{declared}<worksheet xmlns="m"><sheetData>{rows}</sheetData></worksheet>'.encode(encoding)

    assert values(read_bytes(tmp_path, xlsx(sheet=sheet))) == [["Mô tã"]]


def test_a_lying_dimension_changes_nothing(tmp_path: pathlib.Path) -> None:
    data = xlsx(one_cell('<c r="A1"><v>1</v></c>'), before='<dimension ref="A1:XFD1048576"/>')

    assert values(read_bytes(tmp_path, data)) == [[1]]


def test_formatted_rows_and_columns_without_data_are_no_rows(tmp_path: pathlib.Path) -> None:
    rows = "".join(f'<row r="{n}" s="0" customFormat="1"><c r="A{n}" s="0"/></row>' for n in range(2, 60_000))
    wide = '<row r="1">' + "<c/>" * 16_383 + "<c><v>5</v></c></row>"

    book = read_bytes(tmp_path, xlsx(wide + rows))

    assert book.sheets[0].rows == []
    assert [problem.code for problem in book.problems] == ["columns_not_read"]


def test_error_cells_are_marked_and_never_blank(tmp_path: pathlib.Path) -> None:
    sheet = read_bytes(tmp_path, xlsx(one_cell('<c r="B1" t="e"><v>#REF!</v></c>'))).sheets[0]

    assert sheet.rows[0].cells == [None, "#REF!"]
    assert sheet.specials == {(1, 2): Special("error_value", "#REF!")}


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("<f>A2*2</f><v>4</v>", "formula"),
        ("<f>A2*2</f>", "formula_no_value"),
        ("<f>A2*2</f><v/>", "formula_no_value"),
        ("<f>[1]Sheet1!A1</f><v>4</v>", "formula_external"),
        ("<f>'C:\\x\\[Book.xlsx]S'!A1</f><v>4</v>", "formula_external"),
        ('<f>HYPERLINK("http://a.example","x")</f><v>4</v>', "formula_program"),
        ('<f>_xlfn.WEBSERVICE("x")</f>', "formula_program"),
        ("<f>cmd|'/c calc'!A1</f><v>4</v>", "formula_program"),
        ('<f>DDE("soffice";"a";"b")</f>', "formula_program"),
        ('<f>CONCAT("http:","//x")</f><v>4</v>', "formula_program"),
        ('<f>SUM(Table1[2024])&amp;"HYPERLINK("</f><v>4</v>', "formula"),
    ],
)
def test_a_formula_is_told_by_what_it_reaches_for(tmp_path: pathlib.Path, cell: str, kind: str) -> None:
    sheet = read_bytes(tmp_path, xlsx(one_cell(f'<c r="A1">{cell}</c>'))).sheets[0]

    assert sheet.specials[1, 1].kind == kind
    assert sheet.rows[0].number == 1


def test_a_shared_formula_is_known_in_each_of_its_cells(tmp_path: pathlib.Path) -> None:
    rows = one_cell(
        '<c r="A1"><f t="shared" si="0" ref="A1:B1">[1]S!A1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c>'
    )

    specials = read_bytes(tmp_path, xlsx(rows)).sheets[0].specials

    assert [special.kind for special in specials.values()] == ["formula_external", "formula_external"]


def test_a_formula_that_gives_empty_text_holds_nothing(tmp_path: pathlib.Path) -> None:
    sheet = read_bytes(tmp_path, xlsx(one_cell('<c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>'))).sheets[0]

    assert (sheet.rows, sheet.specials) == ([], {})


def test_dates_are_read_by_their_number_format(tmp_path: pathlib.Path) -> None:
    cells = (
        '<c s="1"><v>46178</v></c><c s="2"><v>46178.5</v></c><c s="3"><v>1.5</v></c><c s="5"><v>3</v></c>'
        '<c s="6"><v>0.25</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c>'
    )

    assert values(read_bytes(tmp_path, xlsx(one_cell(cells), styles=DATE_STYLES))) == [
        [
            datetime.date(2026, 6, 5),
            datetime.datetime(2026, 6, 5, 12),
            datetime.timedelta(hours=36),
            3,
            datetime.time(6),
            datetime.date(1900, 2, 28),
            datetime.date(1900, 3, 1),
        ]
    ]


def test_the_1904_epoch_is_honoured(tmp_path: pathlib.Path) -> None:
    data = xlsx(one_cell('<c s="1"><v>44716</v></c>'), styles=DATE_STYLES, properties='<workbookPr date1904="1"/>')

    assert values(read_bytes(tmp_path, data)) == [[datetime.date(2026, 6, 5)]]


@pytest.mark.parametrize("serial", ["60", "0", "-1", "2958466", "1e300"])
def test_a_date_that_never_was_is_an_error_on_its_cell(tmp_path: pathlib.Path, serial: str) -> None:
    book = read_bytes(tmp_path, xlsx(one_cell(f'<c r="A1" s="1"><v>{serial}</v></c>'), styles=DATE_STYLES))

    assert book.sheets[0].specials == {(1, 1): Special("impossible_date", serial)}


def test_percent_cells_are_noted(tmp_path: pathlib.Path) -> None:
    sheet = read_bytes(tmp_path, xlsx(one_cell('<c s="4"><v>0.5</v></c>'), styles=DATE_STYLES)).sheets[0]

    assert (sheet.rows[0].cells, sheet.percent_cells) == ([0.5], {(1, 1)})


def test_hidden_sheets_are_not_read_and_named(tmp_path: pathlib.Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["seen"])
        book.create_sheet("Ẩn").sheet_state = "veryHidden"

    book = read_bytes(tmp_path, saved(fill))

    assert [sheet.name for sheet in book.sheets] == ["Sheet"]
    assert [(problem.code, problem.sheet) for problem in book.problems] == [("hidden_sheet", "Ẩn")]


def test_hidden_rows_and_columns_are_read_with_a_warning(tmp_path: pathlib.Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (["a", "b"], ["c", "d"]):
            book.active.append(row)
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["B"].hidden = True
        book.active.column_dimensions["F"].hidden = True

    book = read_bytes(tmp_path, saved(fill))

    assert values(book) == [["a", "b"], ["c", "d"]]
    assert [row.hidden for row in book.sheets[0].rows] == [False, True]
    assert [(problem.code, problem.params) for problem in book.problems] == [
        ("hidden_rows", {"count": 1}),
        ("hidden_columns", {"columns": "B"}),
    ]


def test_no_visible_sheet_is_refused(tmp_path: pathlib.Path) -> None:
    data = xlsx(sheets='<sheet name="A" sheetId="1" state="hidden" r:id="rId1"/>')

    assert codes_of(tmp_path, data) == ["no_sheet", "hidden_sheet"]


def test_strict_open_xml_is_read_with_a_warning(tmp_path: pathlib.Path) -> None:
    book = read_bytes(tmp_path, xlsx(one_cell('<c r="A1"><v>1</v></c>'), namespace=STRICT))

    assert (book.format, values(book)) == ("xlsx-strict", [[1]])
    assert [problem.code for problem in book.problems] == ["old_format"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="7"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="zz"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>',
        '<row r="1"><c r="A1"><v>&nope;</v></c></row>',
        '<row r="1"><c r="A1"><is>' + "<r>" * 200 + "</r>" * 200 + "</is></c></row>",
    ],
)
def test_a_sheet_broken_anywhere_is_refused_whole(tmp_path: pathlib.Path, rows: str) -> None:
    data = xlsx(rows, strings="<si><t>a</t></si><si><t>b</t></si>", styles='<cellXfs><xf numFmtId="0"/></cellXfs>')

    assert codes_of(tmp_path, data) == ["broken_part"]


def test_rows_out_of_order_are_put_in_order(tmp_path: pathlib.Path) -> None:
    rows = '<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'

    sheet = read_bytes(tmp_path, xlsx(rows)).sheets[0]

    assert [(row.number, row.cells) for row in sheet.rows] == [(1, [1]), (3, [3, 4])]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_missing_part_is_named(tmp_path: pathlib.Path, part: str) -> None:
    members = parts(strings="")
    del members[part]

    assert codes_of(tmp_path, zipped(members)) == ["missing_part"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(rows=0), "too_many_rows"),
        (Limits(text_bytes=150), "too_much_text"),
        (Limits(cell_characters=3), "cell_too_long"),
    ],
)
def test_limits_are_kept(tmp_path: pathlib.Path, limits: Limits, code: str) -> None:
    rows = '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>bbbb</t></is></c></row>' * 101

    assert codes_of(tmp_path, xlsx(rows, strings="<si><t>aaaa</t></si>"), limits=limits) == [code]


def test_columns_beyond_the_limit_are_left_with_a_warning(tmp_path: pathlib.Path) -> None:
    data = xlsx(one_cell("<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c>"))

    book = read_bytes(tmp_path, data, limits=Limits(columns=2))

    assert values(book) == [[1, 2]]
    assert [(problem.code, problem.params) for problem in book.problems] == [("columns_not_read", {"limit": 2})]


def test_a_percentage_written_by_a_spreadsheet_program_is_noted(tmp_path: pathlib.Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["C2"] = 0.25
        book.active["C2"].number_format = numbers.FORMAT_PERCENTAGE_00

    assert read_bytes(tmp_path, saved(fill)).sheets[0].percent_cells == {(2, 3)}


def read_or_codes(folder: pathlib.Path, data: bytes) -> Workbook | list[str]:
    try:
        return read_bytes(folder, data)
    except FileRefused as refusal:
        return [problem.code for problem in refusal.problems]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>',
        '<row r="1"><c r="A1" s="1"><v>46178</v></c><c r="B1" s="4"><v>0.5</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> x\n</t></is></c></row>',
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>0</v></c><c r="B1" t="e"><v>#N/A</v></c></row>',
        '<row r="5"><c r="A5"><v> 7 </v></c></row>\n<row r="6"/>\n<row r="7"><c r="A7" t="str"><v>é</v></c></row>',
    ],
)
def test_the_quick_way_reads_what_the_slow_way_reads(tmp_path: pathlib.Path, rows: str) -> None:
    slow = "<!-- no row below is plain -->"

    quick = read_or_codes(tmp_path, xlsx(rows, strings="<si><t>a</t></si>", styles=DATE_STYLES))

    assert quick == read_or_codes(tmp_path, xlsx(slow + rows, strings=f"{slow}<si><t>a</t></si>", styles=DATE_STYLES))
