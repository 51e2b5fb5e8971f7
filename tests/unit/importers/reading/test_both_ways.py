"""Rows and strings taken in bulk are what the parser reads tag by tag, in whatever pieces they come."""

from __future__ import annotations

from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.problems import FileRefused
from importers.reading import plainrows, strings
from importers.reading.cellvalues import Shared
from importers.reading.contract import Limits
from importers.reading.folded import FoldedBook, unfold
from importers.reading.formats import Shown
from importers.reading.grid import Grid
from importers.reading.references import Columns
from importers.reading.shapes import MAX_LEARNT, Shapes
from importers.reading.sheetxml import read_cells
from importers.reading.strings import read_strings

STYLES: list[Shown] = ["number", "date", "percent", "time", "duration"]
STRINGS = ["Mã", "", "a & b", "dài" * 20]
WHOLE = 10_000

NUMBERS = [
    *("0", "1", "3", "60", "46178", "46178.5", "5.", ".5", "+5", "1E5", "1E-3", "1.5E+3", "1e5", "-0", "007", "-7.25"),
    *("0.30000000000000004", "9" * 33),
]
TEXTS = ["", " ", "Đất", "x\ny", "&amp;", "&lt;b&gt; &quot;c&apos;", "&amp;lt;", "_x0041_", "_xD800_", "a>b", "😀"]
ODD = [
    *("abc", " 7 ", "-", "1.2.3", "1_000", "١", "nan", "1E999", "1.5E999", "true", "2026-06-05", "2026-13-05", "#REF!"),
    *("1" * 500, "1." + "1" * 500),
    *("&#65;", "&nope;", "&", "]]>", "\r", "\x0b", "\ufffe", "\u2028", "4", "9" * 12, "<v>", "é" * 61),
]


class Cell(NamedTuple):
    """How a cell is written after its reference, and the values that are right there."""

    attributes: str
    body: str
    values: list[str]


VALUE, INLINE = "><v>{}</v></c>", "><is><t>{}</t></is></c>"
CELLS = [
    *[Cell(style, VALUE, NUMBERS) for style in ("", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="4" t="n"')],
    Cell(' t="s"', VALUE, ["0", "1", "2"]),
    Cell(' t="str"', VALUE, TEXTS),
    Cell(' t="inlineStr"', INLINE, TEXTS),
    Cell(' s="9" t="inlineStr"', INLINE.replace("<t>", '<t xml:space="preserve">'), TEXTS),
    Cell(' t="b"', VALUE, ["0", "1"]),
    Cell(' t="e"', VALUE, ["#REF!"]),
    Cell(' t="d"', VALUE, ["2026-06-05"]),
    Cell(' s="7"', VALUE, ["1"]),
    Cell(' t="z"', VALUE, ["1"]),
    *[Cell(' s="1"', body, [""]) for body in ("/>", "></c>", "><v/></c>")],
    *[Cell("", f"><f>{text}</f><v>{{}}</v></c>", NUMBERS) for text in ("A1*2", "[1]S!A1", '"a"&amp;B2', "")],
    Cell(' t="str"', "><f>A1</f><v>{}</v></c>", TEXTS),
    Cell("", '><f aca="false">A1</f><v>{}</v></c>', ["", "3"]),
    Cell("", '><f t="shared" si="0"/><v>{}</v></c>', NUMBERS),
    Cell("", '><f t="shared" ref="A1:B9" si="0">A1+1</f><v>{}</v></c>', NUMBERS),
    Cell("", "><is><r><t>{}</t></r><r><t>b</t></r></is></c>", TEXTS),
]
HEADS = ["", "", "", ' spans="1:3"', ' ht="15.5" hidden="1"', ' hidden="true"', ' n="a>b"', ' n="&amp;"', ' n="\r"']
ODD_HEADS = [' hidden="1" hidden="0"', " bad", "/", ' n="&nope;"', ' r="9"', ' n="/>']
BETWEEN = ["", "", "", "\n  ", "text", "<row/>", '<row r="{}0" ht="3"/>', "<other/>", "<!-- -->"]
TWO_ROWS = '<row r="90"><c r="A90"><v>1</v></c></row><row r="91"><c r="A91"><v>2</v></c></row>'
NESTED = '<row r="80"></row><row r="80"><c r="B80"><v>1</v></c></row><row r="80"><c r="C80"><v>2</v></c></row>'
HIDDEN_ROWS = [f"<!--{TWO_ROWS}-->", f"<?x {TWO_ROWS}?>", f'<row r="80"><extra>{NESTED}</extra></row>']
ODD_BETWEEN = ["</row>", '<row r="1"></row>', "<row>", "</sheetData>", '<row r="99"><c r="A99"><v>1</v></c>', '">']

ITEMS = [
    "<si><t>{}</t></si>",
    '<si><t xml:space="preserve">{}</t></si>',
    "<si><r><t>{}</t></r><rPh><t>b</t></rPh></si>",
]
ODD_ITEMS = ["<si/>", "<si><t/></si>", "\n", "{}", "<si>", "</si>", "<t>x</t>", "<!-- </si> -->", "<?x <si> ?>"]


def pieces(text: str, size: int) -> list[bytes]:
    data = text.encode()
    return [data[place : place + size] for place in range(0, len(data), size)]


def sheet_or_codes(body: str, size: int) -> object:
    grid = Grid("A", "part", Shared(Limits(columns=4, cell_characters=60), STRINGS, STYLES))
    try:
        read_cells(pieces(f"<worksheet><sheetData>{body}</sheetData></worksheet>", size), grid)
        return unfold(FoldedBook("xlsx", [grid.finish()], grid.problems))
    except FileRefused as refusal:
        return [problem.code for problem in refusal.problems]


def strings_or_codes(body: str, size: int) -> object:
    try:
        return read_strings(pieces(f"<?xml version='1.0'?><sst>{body}</sst>", size), "part", Limits())
    except FileRefused as refusal:
        return [problem.code for problem in refusal.problems]


def is_read_alike(rows: str, size: int = WHOLE) -> bool:
    """Whether rows are what the parser alone reads."""
    with patch.object(plainrows, "_OPENING", b"nowhere"):
        expected = sheet_or_codes(rows, WHOLE)
    return sheet_or_codes(rows, size) == expected


def are_strings_read_alike(body: str, size: int) -> bool:
    """Whether strings are what the parser alone reads."""
    with patch.object(strings, "plain_text", lambda _: None):
        expected = strings_or_codes(body, WHOLE)
    return strings_or_codes(body, size) == expected


def four_rows(cell: Cell, *, value: str | None = None, head: str = "", between: str = "") -> str:
    """Write one cell in each of four rows; the third is the odd one: the first two show what to expect."""
    usual = cell.values[0]
    rows = [
        f'<row r="{row}"{head if row == 3 else ""}><c r="B{row}"{cell.attributes}'
        f"{cell.body.format(value if row == 3 and value is not None else usual)}</row>"
        for row in range(1, 5)
    ]
    return "".join(rows[:3]) + between + rows[3]


@pytest.mark.parametrize("cell", CELLS)
def test_an_odd_value_among_many_is_read_alike(cell: Cell) -> None:
    for odd in [*NUMBERS, *TEXTS, *ODD]:
        rows = four_rows(cell, value=odd)

        assert is_read_alike(rows), odd


@pytest.mark.parametrize("size", [40, WHOLE])
@pytest.mark.parametrize("text", [*HEADS, *ODD_HEADS])
def test_an_odd_head_of_a_row_is_read_alike(text: str, size: int) -> None:
    rows = four_rows(CELLS[0], head=text)

    assert is_read_alike(rows, size)


@pytest.mark.parametrize("size", [40, WHOLE])
@pytest.mark.parametrize("text", [*BETWEEN, *ODD_BETWEEN, *HIDDEN_ROWS])
def test_what_is_odd_between_rows_is_read_alike(text: str, size: int) -> None:
    rows = four_rows(CELLS[0], between=text)

    assert is_read_alike(rows, size)


@pytest.mark.parametrize(
    "second",
    [
        '<row r="3"><c r="A4"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="0"><c r="A0"><v>2</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>2</v></c></row>',
        '<row r="0005"><c r="A0005"><v>2</v></c></row>',
        '<row r="5"><c r="A5"><v>2</v></c><c r="A5"><v>3</v></c></row>',
        '<row r="5"><c r="B5"><v>2</v></c><c r="A5"><v>3</v></c></row>',
        '<row r="5"><c r="A5"><v>2</v></c><c r="XFD5" s="1"/></row>',
        '<row r="5"><c r="A5"><v>2</v></c><c r="XFE5" s="1"/></row>',
        '<row r="5"><c r="A5"><v>2</v></c><c r="E5"><v>3</v></c></row>',
        '<row r="5"><c r="E5"><v>0</v></c></row><row r="6"><c r="E6"><v>0</v></c><c r="F6" t="str"><v></v></c></row>',
        '<row r="5"><c r="E5" t="str"><v></v></c></row><row r="6"><c r="E6" t="str"><v></v></c></row>',
        '<row r="5"><c r="C5"><v>2</v></c></row>',
        '<row r="5"><c r="A5" s="1"/></row>',
    ],
)
def test_rows_and_cells_out_of_place_are_read_alike(second: str) -> None:
    first = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in (2, 4))

    assert is_read_alike(first + second)


@pytest.mark.parametrize("size", [60, WHOLE])
@pytest.mark.parametrize("item", ITEMS)
def test_an_odd_string_among_many_is_read_alike(item: str, size: int) -> None:
    for odd in [*(item.format(text) for text in [*TEXTS, *ODD]), *ODD_ITEMS]:
        body = f"{item.format('a')}{odd}{item.format('b')}"

        assert are_strings_read_alike(body, size), odd


@pytest.mark.parametrize("size", [20, 60, WHOLE])
@pytest.mark.parametrize("marks", [("<!--", "-->"), ("<?x ", "?>")])
def test_strings_in_a_comment_or_instruction_are_none(marks: tuple[str, str], size: int) -> None:
    hidden = "<si><t>no</t></si>".join(marks).replace("</si>", "</si><si><t>no</t></si>")

    assert strings_or_codes(f"{hidden}<si><t>a</t></si>", size) == ["a"]
    assert strings_or_codes(f"<si><t>a</t></si>{hidden}<si><t>b</t></si>", size) == ["a", "b"]


def test_no_more_is_learnt_of_a_sheet_that_goes_on_being_different() -> None:
    shapes = Shapes(Columns())

    learnt = [shapes.learn(f'<row r="1"><c r="A1" s="{style}"><v>1</v></c></row>') for style in range(2 * MAX_LEARNT)]

    assert sum(learnt) == MAX_LEARNT


def test_text_in_another_encoding_is_not_taken_for_utf8() -> None:
    cell = Cell(' t="inlineStr"', INLINE, ["Ã©"])
    sheet = (
        f'<?xml version="1.0" encoding="iso-8859-1"?><worksheet><sheetData>{four_rows(cell)}</sheetData></worksheet>'
    )
    grid = Grid("A", "part", Shared(Limits()))

    read_cells([sheet.encode("iso-8859-1")], grid)

    assert [row.cells for row in grid.finish().rows()] == [[None, "Ã©"]] * 4


def usually(draw: st.DrawFn, good: list[str], odd: list[str]) -> str:
    return draw(st.sampled_from(odd if draw(st.integers(0, 60)) == 60 else good))


@st.composite
def rows_of_cells(draw: st.DrawFn) -> str:
    """Draw a few rows of the same kinds of cells, most of them well written."""
    kinds = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5))
    text = ""
    for number in range(1, draw(st.integers(2, 9))):
        chosen = [column for column in range(len(kinds)) if draw(st.integers(0, 4))]
        if draw(st.integers(0, 20)) == 20:
            chosen.reverse()
        cells = ""
        for column in chosen:
            cell = kinds[column]
            body = cell.body.format(usually(draw, cell.values, ODD))
            cells += f'<c r="{"ABCDE"[column]}{number}"{cell.attributes}{body}'
        text += f'<row r="{number}"{usually(draw, HEADS, ODD_HEADS)}>{cells}</row>'
        text += usually(draw, BETWEEN, ODD_BETWEEN).format(number)
    return text


@settings(deadline=None, max_examples=150)
@given(rows=rows_of_cells(), size=st.sampled_from([9, 200, WHOLE]))
def test_any_rows_are_read_alike_in_any_pieces(rows: str, size: int) -> None:
    assert is_read_alike(rows, size)


@settings(deadline=None, max_examples=100)
@given(data=st.data(), count=st.integers(0, 9), size=st.sampled_from([9, 60, WHOLE]))
def test_any_strings_are_read_alike_in_any_pieces(data: st.DataObject, count: int, size: int) -> None:
    texts = [usually(data.draw, TEXTS, ODD) for _ in range(count)]
    body = "".join(usually(data.draw, ITEMS, ODD_ITEMS).format(text) for text in texts)

    assert are_strings_read_alike(body, size)
