from __future__ import annotations

import datetime
import pathlib

import pytest

from importers.reading import Special
from tests.unit.importers.reading.building import ODS_TYPE, codes_of, ods, read_bytes, values, zipped

SHOWN = '<table:table table:name="A">%s</table:table>'


def row(cells: str, attributes: str = "") -> str:
    return SHOWN % f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_every_type_of_cell_is_read_with_a_warning(tmp_path: pathlib.Path) -> None:
    cells = (
        cell("Tổng <text:span>hợp</text:span><text:s text:c='2'/>x")
        + cell("1,5", 'office:value-type="float" office:value="1.5"')
        + cell("50 %", 'office:value-type="percentage" office:value="0.5"')
        + cell("05/06/26", 'office:value-type="date" office:date-value="2026-06-05"')
        + cell("1:30", 'office:value-type="time" office:time-value="PT01H30M00S"')
        + cell("TRUE", 'office:value-type="boolean" office:boolean-value="true"')
    )

    book = read_bytes(tmp_path, ods(row(cells)), "a.ods")

    moment = datetime.timedelta(hours=1, minutes=30)
    assert values(book) == [["Tổng hợp  x", 1.5, 0.5, datetime.date(2026, 6, 5), moment, True]]
    assert book.sheets[0].percent_cells == {(1, 3)}
    assert [problem.code for problem in book.problems] == ["old_format"]


def test_repeats_are_counted_and_empty_ones_cost_nothing(tmp_path: pathlib.Path) -> None:
    table = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        f"{cell('a')}<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
    )

    sheet = read_bytes(tmp_path, ods(SHOWN % table), "a.ods").sheets[0]

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1_000_001, [None, None, "a"]),
        (1_000_002, [None, None, "a"]),
    ]


def test_a_filled_row_repeated_without_end_is_too_many(tmp_path: pathlib.Path) -> None:
    assert codes_of(tmp_path, ods(row(cell("a"), 'table:number-rows-repeated="1000000"')), "a.ods") == ["too_many_rows"]


@pytest.mark.parametrize(
    ("attributes", "text", "special"),
    [
        ('office:value-type="string" calcext:value-type="error"', "#REF!", Special("error_value", "#REF!")),
        ('table:formula="of:=[.A2]" office:value-type="float" office:value="2"', "2", Special("formula", "=[.A2]")),
        ('table:formula="of:=[.A2]"', "", Special("formula_no_value", "=[.A2]")),
        ('table:formula="of:=WEBSERVICE(1)"', "", Special("formula_program", "=WEBSERVICE(1)")),
        ("table:formula=\"of:=['file:///b.ods'#$A.A1]\"", "", Special("formula_external", "=['file:///b.ods'#$A.A1]")),
    ],
)
def test_errors_and_formulas_are_marked(tmp_path: pathlib.Path, attributes: str, text: str, special: Special) -> None:
    sheet = read_bytes(tmp_path, ods(row(cell(text, attributes))), "a.ods").sheets[0]

    assert sheet.specials == {(1, 1): special}


def test_comments_are_no_text(tmp_path: pathlib.Path) -> None:
    cells = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
        "<text:p>a</text:p><text:p>b</text:p></table:table-cell>"
    )

    assert values(read_bytes(tmp_path, ods(row(cells)), "a.ods")) == [["a\nb"]]


def test_hidden_tables_are_not_read_and_hidden_rows_are(tmp_path: pathlib.Path) -> None:
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    hidden = '<table:table table:name="B" table:style-name="h"/>'

    book = read_bytes(tmp_path, ods(row(cell("a"), 'table:visibility="filter"') + hidden, styles), "a.ods")

    assert [sheet.name for sheet in book.sheets] == ["A"]
    assert {problem.code for problem in book.problems} == {"hidden_sheet", "hidden_rows", "old_format"}


def test_merged_cells_are_told(tmp_path: pathlib.Path) -> None:
    spanned = 'office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="3"'

    assert read_bytes(tmp_path, ods(row(cell("a", spanned))), "a.ods").sheets[0].merged == [(1, 1, 3, 2)]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"Basic/script-lc.xml": "<a/>"}, "macros"),
        ({"META-INF/manifest.xml": "<a><encryption-data/></a>"}, "encrypted"),
        ({"content.xml": "<!DOCTYPE a []><a/>"}, "xml_declares_entities"),
        ({"content.xml": "<a>"}, "broken_part"),
        ({"content.xml": "<a/>"}, "no_sheet"),
        ({}, "missing_part"),
    ],
)
def test_a_dangerous_or_broken_file_is_refused(tmp_path: pathlib.Path, members: dict[str, str], code: str) -> None:
    assert codes_of(tmp_path, zipped({"mimetype": ODS_TYPE, **members}), "a.ods") == [code]
