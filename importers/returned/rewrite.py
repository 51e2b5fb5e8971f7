"""Writes a file anew as .xlsx with its bad cells marked: for csv, ods and xls, and for an .xlsx not edited in place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import IO, Any

from cms.core.text import starts_formula
from importers.reading.contract import Sheet, Value, Workbook
from importers.returned.job import AUTHOR, COLOURS, Cell, Job, Line
from importers.returned.summary import HEADER_ROW, WIDTHS, cells_of, location, reference

_LONGEST_NAME = 31
# The widths of columns are not known; they are made to fit what stands in them, within reason (in characters).
_NARROWEST, _WIDEST = 8, 45
_LOOKED_AT = 200
_DAY = "dd/mm/yyyy"


def rewrite(workbook: Workbook, job: Job, out: IO[bytes]) -> None:
    """Write the rows of the workbook that was read, marked, and the summary."""
    import xlsxwriter

    merges = any(sheet.merged for sheet in workbook.sheets)
    options = {"constant_memory": not merges, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    formats = _Formats(book)
    for sheet in workbook.sheets:
        if sheet.name != job.words.sheet:
            _write_sheet(book.add_worksheet(sheet.name[:_LONGEST_NAME]), sheet, job.marks.get(sheet.name, {}), formats)
    _write_summary(book.add_worksheet(job.words.sheet), job, formats)
    book.close()


class _Formats:
    """Formats by tone and number format, made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}

    def of(self, tone: str = "", number: str = "", **more: Any) -> Any:
        """Return a format in the colour of a tone; without both there is none."""
        if not (tone or number or more):
            return None
        key = (tone, number + str(sorted(more.items())))
        if key not in self._made:
            properties: dict[str, Any] = dict(more)
            if tone:
                properties["bg_color"] = f"#{COLOURS[tone][2:]}"  # type: ignore[index]
            if number:
                properties["num_format"] = number
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _write_sheet(target: Any, sheet: Sheet, marks: dict[int, dict[int, Cell]], formats: _Formats) -> None:
    target.set_comments_author(AUTHOR)
    for column, width in _widths(sheet):
        target.set_column(column, column, width)
    for first_row, first, last_row, last in sheet.merged:
        target.merge_range(first_row - 1, first - 1, last_row - 1, last - 1, "")
    for row in sheet.rows:
        cells = marks.get(row.number, {})
        for column in range(1, max([len(row.cells), *cells]) + 1):
            value = row.cells[column - 1] if column <= len(row.cells) else None
            _write_cell(target, sheet, (row.number, column), value, cells.get(column), formats)


def _widths(sheet: Sheet) -> Iterator[tuple[int, int]]:
    longest: dict[int, int] = {}
    for row in sheet.rows[:_LOOKED_AT]:
        for index, value in enumerate(row.cells):
            longest[index] = max(longest.get(index, 0), len(str(value)) if value is not None else 0)
    for index, length in longest.items():
        yield index, min(max(length + 2, _NARROWEST), _WIDEST)


def _write_cell(
    target: Any, sheet: Sheet, place: tuple[int, int], value: Value, mark: Cell | None, formats: _Formats
) -> None:
    row, column = place[0] - 1, place[1] - 1
    special = sheet.specials.get(place)
    if special and special.kind != "formula" and special.text:
        value = special.text
    tone = mark.tone if mark else ""
    if mark and mark.text is not None:
        value = mark.text or None
    if mark and mark.comment:
        target.write_comment(row, column, mark.comment, {"author": AUTHOR, "x_scale": 2, "y_scale": 1.5})
    _write_value(target, row, column, value, tone, place in sheet.percent_cells, formats)


def _write_value(target: Any, row: int, column: int, value: Value, tone: str, percent: bool, formats: _Formats) -> None:
    """Write a text as a text, whatever it begins with, and a number as a number."""
    if isinstance(value, str):
        look = formats.of(tone, quote_prefix=True) if starts_formula(value) else formats.of(tone)
        target.write_string(row, column, value, look)
    elif isinstance(value, bool):
        target.write_boolean(row, column, value, formats.of(tone))
    elif isinstance(value, (int, float)):
        target.write_number(row, column, value, formats.of(tone, "0%" if percent else ""))
    elif isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        target.write_datetime(row, column, value, formats.of(tone, _date_format(value)))
    elif tone:
        target.write_blank(row, column, None, formats.of(tone))


def _date_format(value: Value) -> str:
    if isinstance(value, datetime.datetime):
        return f"{_DAY} hh:mm:ss"
    return _DAY if isinstance(value, datetime.date) else "[hh]:mm:ss"


def _write_summary(target: Any, job: Job, formats: _Formats) -> None:
    heading = formats.of(bold=True, bg_color="#DCE4EE", text_wrap=True, valign="vcenter")
    text = formats.of(text_wrap=True, valign="top", quote_prefix=True)
    for column, width in enumerate(WIDTHS):
        target.set_column(column, column, width)
    target.hide_gridlines(2)
    target.freeze_panes(HEADER_ROW, 0)
    target.write_string(0, 0, job.words.title, formats.of(bold=True))
    target.write_string(1, 0, job.words.advice)
    for column, name in enumerate(job.words.headings):
        target.write_string(HEADER_ROW - 1, column, name, heading)
    for row, line in enumerate(job.lines, start=HEADER_ROW):
        _write_line(target, row, line, text)
    if job.words.more:
        target.write_string(HEADER_ROW + len(job.lines), 0, job.words.more)


def _write_line(target: Any, row: int, line: Line, text: Any) -> None:
    for column, value in enumerate(cells_of(line)):
        if value and column == 1:
            target.write_url(row, column, f"internal:{location(line)}", text, reference(line))
        elif value:
            target.write_string(row, column, value, text)
