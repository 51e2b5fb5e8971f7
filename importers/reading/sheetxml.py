"""The XML of one worksheet, element by element, into a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from importers.reading.cellvalues import Form
from importers.reading.grid import Grid
from importers.reading.plainrows import PlainRows
from importers.reading.xmlparts import MAX_DEPTH, Attributes, broken, feed, local, make_parser

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")

# More merged cells than this cannot stand beside each other in a sheet of as many rows as are let in.
MAX_MERGED = 200_000


def read_cells(chunks: Iterable[bytes], grid: Grid) -> None:
    """Parse a worksheet part into ``grid``. Raises FileRefused where it stops being a worksheet."""
    reader = _SheetReader(grid)
    parser = make_parser(grid.part)
    parser.XmlDeclHandler = reader.declaration

    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    PlainRows(grid, partial(feed, parser, grid.part), reader.at_rows).run(chunks)
    feed(parser, grid.part, b"", last=True)


class _SheetReader:
    """Keeps the names of the open elements and the cell being read."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._names: list[str] = []
        self._cell: Attributes = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._formula_key = ""
        self._pieces: list[str] | None = None
        self._utf8 = True
        self._prefixed = False

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        self._utf8 = (encoding or "utf-8").lower() == "utf-8"

    def at_rows(self) -> bool:
        """Whether the parser stands among rows that plain patterns can read."""
        return self._utf8 and self._names == ["worksheet", "sheetData"] and not self._prefixed

    def start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            self._prefixed = True
            name = local(name)
        names = self._names
        holder = names[-1] if names else ""
        names.append(name)
        if holder == "c" or holder == "is" or holder == "r":
            self._start_text(name, holder, attributes)
        elif holder == "row":
            if name == "c":
                self._cell, self._value, self._formula, self._inline = attributes, None, None, []
        elif holder == "sheetData":
            if name == "row":
                self._grid.start_row(attributes.get("r"), attributes.get("hidden", "0") in ("1", "true"))
        else:
            self._start_other(name, holder, attributes)

    def end(self, _: str) -> None:
        name = self._names.pop()
        if name == "c":
            if self._names[-1] == "row":
                self._end_cell()
        elif name == "row":
            if self._names[-1] == "sheetData":
                self._grid.end_row()
        elif self._pieces is not None and name in ("v", "f", "t"):
            self._end_text(name, "".join(self._pieces))
            self._pieces = None

    def text(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)

    def _start_text(self, name: str, holder: str, attributes: Attributes) -> None:
        if len(self._names) > MAX_DEPTH:
            raise broken(self._grid.part, "nesting")
        if name == "v" or name == "t":
            self._pieces = []
        elif name == "f" and holder == "c":
            self._pieces = []
            self._formula_key = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _end_text(self, name: str, text: str) -> None:
        if name == "v":
            self._value = text
        elif name == "t":
            self._inline.append(text)
        else:
            self._formula = text
            if self._formula_key:
                self._formula = text or self._grid.formulas.get(self._formula_key, "")
                self._grid.formulas[self._formula_key] = self._formula

    def _end_cell(self) -> None:
        cell, grid = self._cell, self._grid
        column = grid.place(cell.get("r"))
        if self._inline:
            self._value = "".join(self._inline)
        if self._value is None and self._formula is None:
            return
        grid.cell(Form(column, cell.get("t", "n"), cell.get("s", "")), self._value, self._formula)

    def _start_other(self, name: str, holder: str, attributes: Attributes) -> None:
        if len(self._names) > MAX_DEPTH:
            raise broken(self._grid.part, "nesting")
        if name == "mergeCell" and holder == "mergeCells":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and holder == "cols" and attributes.get("hidden", "0") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self._grid.hidden_columns.append((int(first), int(last)))
        elif not holder and name != "worksheet":
            raise broken(self._grid.part, f"root {name[:20]}")

    def _merge(self, text: str) -> None:
        found = _RANGE.fullmatch(text)
        if found is None:
            raise broken(self._grid.part, f"merge {text[:20]}")
        if len(self._grid.sheet.merged) >= MAX_MERGED:
            raise broken(self._grid.part, "merges")
        columns, rows = self._grid.column_number, self._grid.row_number
        first_column, first_row = columns(found[1]), rows(found[2])
        last_column, last_row = columns(found[3] or found[1]), rows(found[4] or found[2])
        self._grid.sheet.merged.append((first_row, first_column, last_row, last_column))
