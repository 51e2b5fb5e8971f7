"""The sheet that lists every problem, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importers.reading.references import letters_of
from importers.returned.job import Line, Words
from importers.returned.xmltext import xml_text

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Sheet, cell, row, column, value, kind, sentence; in characters.
WIDTHS = (18, 9, 8, 30, 30, 12, 90)
HEADER_ROW = 4
_LETTERS = "ABCDEFG"
_CHUNK = 500
# A sheet cannot have more links.
_MOST_LINKS = 60_000
_MERGED = b'<mergeCells count="2"><mergeCell ref="A1:G1"/><mergeCell ref="A2:G2"/></mergeCells>'


def summary_xml(words: Words, lines: list[Line], heading: int, text: int) -> Iterator[bytes]:
    """The sheet in pieces; ``heading`` and ``text`` are indexes of styles."""
    yield _head().encode()
    yield _row(1, [words.title], style=heading).encode()
    yield _row(2, [words.advice], style=0).encode()
    yield _row(HEADER_ROW, words.headings, style=heading).encode()
    for start in range(0, len(lines), _CHUNK):
        chunk = enumerate(lines[start : start + _CHUNK], start=HEADER_ROW + 1 + start)
        yield "".join(_row(number, cells_of(line), style=text) for number, line in chunk).encode()
    if words.more:
        yield _row(HEADER_ROW + len(lines) + 1, [words.more], style=0).encode()
    yield b"</sheetData>" + _MERGED
    yield from _links(lines)
    yield b"</worksheet>"


def cells_of(line: Line) -> tuple[str, ...]:
    """A line under the headings."""
    row = str(line.row) if line.row else ""
    return (line.sheet, reference(line), row, line.heading, line.value, line.tone, line.sentence)


def reference(line: Line) -> str:
    """The cell of a line as Excel names it; nothing when it is about no cell."""
    return f"{letters_of(line.column)}{line.row}" if line.row and line.column else ""


def location(line: Line) -> str:
    """The cell with its sheet, as a link inside the workbook names it."""
    name = line.sheet.replace("'", "''")
    return f"'{name}'!{reference(line)}"


def _head() -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, start=1)
    )
    pane = f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_NAMESPACE}">'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def _row(number: int, texts: Sequence[str], *, style: int) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'
        for letter, text in zip(_LETTERS, texts, strict=False)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _links(lines: list[Line]) -> Iterator[bytes]:
    linked = [(number, line) for number, line in enumerate(lines, start=HEADER_ROW + 1) if reference(line)]
    if not linked:
        return
    yield b"<hyperlinks>"
    for number, line in linked[:_MOST_LINKS]:
        yield f'<hyperlink ref="B{number}" location="{xml_text(location(line))}" display="{reference(line)}"/>'.encode()
    yield b"</hyperlinks>"
