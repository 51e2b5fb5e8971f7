"""Makes a template: a guide, the table to fill in, the words to choose from. Row by row to disk, however long it is.

Texts are written as texts, whatever they begin with: no program runs one that looks like a formula (security, T7).
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from typing import IO, Any

from cms.core.text import starts_formula
from importers.limits import limits
from importers.workbooks import guide as guides
from importers.workbooks.rules import rule_for
from importers.workbooks.stamp import PROPERTY, Stamp
from importers.workbooks.styling import FONT, Formats, make_formats
from importers.workbooks.tables import Choices, Column, Guide, Lookup, SectionRow, Table

LISTS_SHEET = "DanhSach"
# What an upload passes over in a workbook that carries a stamp of ours; lookups are added by their kinds.
OWN_SHEETS = frozenset((guides.SHEET, LISTS_SHEET))

# Longer lists are no help to anybody who looks for a word in them.
MOST_WORDS = 300
_WORDS_FROM = 2
_HEADER_HEIGHT = 52
_LAST_COLUMN = 16_383
_WORD_WIDTH = 28
# The titles of columns stay as they are; everything else that people do with a list they may do.
_ALLOWED = {
    name: True
    for name in (
        "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter",
        "insert_hyperlinks", "objects",
    )
}  # fmt: skip


def make_template(stamp: Stamp, guide: Guide, table: Table, lookups: Sequence[Lookup] = ()) -> IO[bytes]:
    """Write the workbook and return the file at its beginning."""
    import xlsxwriter

    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    # Cells that are merged are written by xlsxwriter itself, which would take text for formulas and links.
    options = {
        "constant_memory": True, "default_format_properties": FONT, "strings_to_formulas": False,
        "strings_to_urls": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": guide.title, "comments": stamp.line})
    book.set_custom_property(PROPERTY, stamp.text, "text")
    formats = make_formats(book)
    guides.write_guide(book.add_worksheet(guides.SHEET), formats, guide, table)
    words = _TableWriter(book.add_worksheet(table.sheet), formats, table).write()
    for lookup in lookups:
        _write_lookup(book.add_worksheet(lookup.sheet), formats, lookup)
    if words:
        _write_words(book.add_worksheet(LISTS_SHEET), formats, stamp, words)
    book.close()
    file.seek(0)
    return file


class _TableWriter:
    """Writes the sheet to fill in. ``write`` returns the lists that its columns choose from, by heading."""

    def __init__(self, sheet: Any, formats: Formats, table: Table) -> None:
        self._sheet = sheet
        self._formats = formats
        self._table = table
        self._words: dict[str, Sequence[str]] = {}
        self._blank = {"text": formats.text, "number": formats.number, "day": formats.day}

    def write(self) -> dict[str, Sequence[str]]:
        self._write_head()
        row = 0
        for row, values in enumerate(self._table.rows, start=1):
            self._write_row(row, values)
        self._sheet.autofilter(0, 0, max(row, 1), len(self._table.columns) - 1)
        self._add_rules()
        self._open_to_the_edge()
        self._sheet.protect("", _ALLOWED)
        self._set_up_page()
        return self._words

    def _write_head(self) -> None:
        columns = self._table.columns
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_row(0, _HEADER_HEIGHT)
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width, self._blank[column.kind])
            self._sheet.write_string(0, index, column.heading, self._formats.must if column.must else self._formats.may)

    def _write_row(self, row: int, values: Sequence[Any] | SectionRow) -> None:
        if isinstance(values, SectionRow):
            self._sheet.write_string(row, 1, values.text, self._formats.section)
            return
        for index, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                look = self._formats.quoted if starts_formula(value) else self._formats.text
                self._sheet.write_string(row, index, value, look)
            elif isinstance(value, datetime.date):
                self._sheet.write_datetime(row, index, value, self._formats.day)
            else:
                self._sheet.write_number(row, index, value, self._formats.number)

    def _add_rules(self) -> None:
        last = limits().rows
        for index, column in enumerate(self._table.columns):
            if rule := rule_for(column, self._source(column)):
                self._sheet.data_validation(1, index, last, index, rule)
        texts = [index for index, column in enumerate(self._table.columns) if column.kind == "text"]
        if texts:
            self._sheet.ignore_errors({"number_stored_as_text": " ".join(map(_whole_column, texts))})

    def _open_to_the_edge(self) -> None:
        """A row can be deleted only if all of it is open.

        Said before the rows are written, it would have each of them looked through to the edge; and the sheet must not
        claim to be that wide, or programs make room for it.
        """
        width = self._sheet.dim_colmax
        self._sheet.set_column(len(self._table.columns), _LAST_COLUMN, None, self._formats.number)
        self._sheet.dim_colmax = width

    def _source(self, column: Column) -> str | list[str]:
        """Where the words of a column's list stand: in the rule itself if they are few, else on a sheet."""
        choices = column.choices or Choices()
        if choices.place:
            return "={}!$A${}:$A${}".format(*choices.place)
        words = list(choices.words[:MOST_WORDS])
        if not words or choices.are_few:
            return words
        self._words[column.heading] = words
        letter = _letter(len(self._words) - 1)
        return f"={LISTS_SHEET}!${letter}${_WORDS_FROM + 1}:${letter}${_WORDS_FROM + len(words)}"

    def _set_up_page(self) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self._sheet.repeat_rows(0)
        self._sheet.set_footer("&C&P/&N")


def _write_words(sheet: Any, formats: Formats, stamp: Stamp, words: dict[str, Sequence[str]]) -> None:
    """The lists side by side under their headings, below the stamp by which the sheet is known."""
    sheet.set_tab_color("#A6A6A6")
    sheet.write_string(0, 0, f"Danh sách để chọn ở các cột; không phải là dữ liệu. {stamp.line}")
    sheet.freeze_panes(_WORDS_FROM, 0)
    for index, heading in enumerate(words):
        sheet.set_column(index, index, _WORD_WIDTH)
        sheet.write_string(_WORDS_FROM - 1, index, heading, formats.cell_head)
    for row, texts in enumerate(zip_longest(*words.values()), start=_WORDS_FROM):
        for index, text in enumerate(texts):
            if text is not None:
                sheet.write_string(row, index, text, formats.quoted if starts_formula(text) else formats.text)


def _write_lookup(sheet: Any, formats: Formats, lookup: Lookup) -> None:
    sheet.set_tab_color("#A6A6A6")
    sheet.freeze_panes(1, 0)
    for index, (heading, width) in enumerate(zip(lookup.headings, lookup.widths, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, heading, formats.cell_head)
    for row, texts in enumerate(lookup.rows, start=1):
        for index, text in enumerate(texts):
            sheet.write_string(row, index, text, formats.quoted if starts_formula(text) else formats.text)


def _letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))


def _whole_column(index: int) -> str:
    letter = _letter(index)
    return f"{letter}2:{letter}1048576"
