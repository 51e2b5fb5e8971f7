"""Reads .ods in one pass of expat over ``content.xml``, with a warning. Source: OpenDocument 1.3 part 3, 9 and 19."""

from __future__ import annotations

import datetime
import pathlib
import re
from collections.abc import Callable

from importers.problems import FileRefused, Problem, error, warning
from importers.reading.cellvalues import Shared
from importers.reading.container import Container
from importers.reading.contract import Limits, Special, Value
from importers.reading.folded import FoldedBook, FoldedSheet
from importers.reading.formulas import classify
from importers.reading.grid import Grid
from importers.reading.references import MAX_COLUMNS, MAX_ROWS, parse_number
from importers.reading.rest import check_rest
from importers.reading.xmlparts import MAX_DEPTH, Attributes, broken, feed, local, make_parser

PART = "content.xml"
MANIFEST = "META-INF/manifest.xml"
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,6})M(\d{1,6})(?:[.,](\d{1,6})\d*)?S")
_CELLS = ("table-cell", "covered-table-cell")


def read_ods(path: pathlib.Path, limits: Limits) -> FoldedBook:
    """Read the visible sheets. Raises FileRefused if any part of the file is damaged or dangerous."""
    container = Container(path)
    if any(name.startswith(("Basic/", "Scripts/")) for name in container.unread()):
        raise FileRefused(error("macros"))
    manifest = container.read(MANIFEST) if MANIFEST in container else b""
    if b"encryption-data" in manifest:
        raise FileRefused(error("encrypted"))
    if b"vnd.sun.star.oleobject" in manifest:
        raise FileRefused(error("embedded_objects", part=MANIFEST))
    reader = _ContentReader(limits)
    parser = make_parser(PART)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    for chunk in container.stream(PART):
        feed(parser, PART, chunk)
    feed(parser, PART, b"", last=True)
    check_rest(container)
    if not reader.sheets:
        raise FileRefused(error("no_sheet"), *reader.problems)
    return FoldedBook("ods", reader.sheets, [*reader.problems, warning("old_format", format=".ods")])


class _ContentReader:
    """Keeps the names of the open elements, the cell being read and how often it and its row repeat."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[FoldedSheet] = []
        self.problems: list[Problem] = []
        self._limits = limits
        self._shared = Shared(limits)
        self._names: list[str] = []
        self._table_names: set[str] = set()
        self._grid: Grid | None = None
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = 0
        self._row_attributes: Attributes = {}
        self._cells: list[tuple[int, int, Attributes, str]] = []
        self._column = 0
        self._repeat = 1
        self._cell: Attributes = {}
        self._pieces: list[str] = []
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "style": self._start_style,
            "table-properties": self._start_table_properties,
            "table": self._start_table,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "p": self._start_paragraph,
            "s": lambda attributes: self._pieces.append(" " * _count(attributes, "text:c", 1000)),
            "tab": lambda _: self._pieces.append("\t"),
            "line-break": lambda _: self._pieces.append("\n"),
        }

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if len(self._names) > MAX_DEPTH:
            raise broken(PART, "nesting")
        if name in self._starts and "annotation" not in self._names:
            self._starts[name](attributes)
        self._names.append(name)

    def end(self, name: str) -> None:
        self._names.pop()
        name = local(name)
        if "annotation" in self._names or self._grid is None:
            return
        if name in _CELLS:
            self._cells.append((self._column, self._repeat, self._cell, "".join(self._pieces)))
            self._column += self._repeat
        elif name == "table-row":
            self._end_row(self._grid)
        elif name == "table":
            self.sheets.append(self._grid.finish())
            self.problems.extend(self._grid.problems)
            self._grid = None

    def text(self, data: str) -> None:
        if "p" in self._names and "annotation" not in self._names:
            self._pieces.append(data)

    def _start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("style:name", "")

    def _start_table_properties(self, attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: Attributes) -> None:
        name = attributes.get("table:name", "")
        if self._grid is not None or self._names[-1:] != ["spreadsheet"]:
            raise FileRefused(error("embedded_objects", part=name))
        if name.casefold() in self._table_names:
            raise broken(PART, f"table {name[:20]!r} twice")
        self._table_names.add(name.casefold())
        if attributes.get("table:style-name", "") in self._hidden_styles:
            self.problems.append(warning("hidden_sheet", sheet=name))
            return
        self._grid, self._row = Grid(name, PART, self._shared), 0

    def _start_row(self, attributes: Attributes) -> None:
        self._row_attributes, self._cells, self._column = attributes, [], 1

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell, self._pieces = attributes, []
        self._repeat = _count(attributes, "table:number-columns-repeated", MAX_COLUMNS)

    def _start_paragraph(self, _: Attributes) -> None:
        if self._pieces:
            self._pieces.append("\n")

    def _end_row(self, grid: Grid) -> None:
        """Write the row as often as it repeats; rows without anything are only counted."""
        repeat = _count(self._row_attributes, "table:number-rows-repeated", MAX_ROWS)
        hidden = self._row_attributes.get("table:visibility", "visible") != "visible"
        held = [cell for cell in self._cells if cell[3] or "office:value-type" in cell[2] or "table:formula" in cell[2]]
        for _ in range(repeat if held else 0):
            self._row += 1
            grid.start_row(str(self._row), hidden)
            for column, times, attributes, text in held:
                for place in range(column, min(column + times, self._limits.columns + 2)):
                    self._put(grid, place, attributes, text)
            grid.end_row()
        self._row += 0 if held else repeat

    def _put(self, grid: Grid, column: int, attributes: Attributes, text: str) -> None:
        value = _value(grid, column, attributes, text)
        formula = attributes.get("table:formula")
        if attributes.get("calcext:value-type") == "error" or attributes.get("table:value-type") == "error":
            value = text or "#VALUE!"
            grid.mark(column, Special("error_value", value))
        elif formula is not None:
            self._mark_formula(grid, column, formula.partition(":")[2] or formula, value)
        if attributes.get("office:value-type") == "percentage" and column <= self._limits.columns:
            grid.sheet.percent_cells.add((self._row, column))
        if value is not None:
            grid.put(column, value)
        self._merge(grid, column, attributes)

    def _mark_formula(self, grid: Grid, column: int, formula: str, value: Value) -> None:
        kind = classify(formula)
        if kind == "formula" and value is None:
            kind = "formula_no_value"
        grid.mark(column, Special(kind, formula))

    def _merge(self, grid: Grid, column: int, attributes: Attributes) -> None:
        columns = _count(attributes, "table:number-columns-spanned", MAX_COLUMNS)
        rows = _count(attributes, "table:number-rows-spanned", MAX_ROWS)
        if columns > 1 or rows > 1:
            grid.sheet.merged.append((self._row, column, self._row + rows - 1, column + columns - 1))


def _count(attributes: Attributes, name: str, most: int) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 0 < int(text) <= most):
        raise broken(PART, f"{name} {text[:20]}")
    return int(text)


def _value(grid: Grid, column: int, attributes: Attributes, text: str) -> Value:
    kind = attributes.get("office:value-type", "string" if text else "")
    value: Value = None
    if kind in ("float", "percentage", "currency"):
        value = parse_number(attributes.get("office:value", ""))
    elif kind == "boolean":
        value = attributes.get("office:boolean-value") == "true"
    elif kind == "date":
        value = _date(attributes.get("office:date-value", ""))
    elif kind == "time":
        value = _duration(attributes.get("office:time-value", ""))
    else:
        return grid.text(column, text)
    if value is None:
        raise broken(PART, f"{kind} {text[:20]}")
    return value


def _date(text: str) -> Value:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if "T" in text else moment.date()


def _duration(text: str) -> Value:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(found[place]) for place in (1, 2, 3))
    return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
