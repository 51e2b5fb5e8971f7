"""Turns the cells of one sheet, as they come out of its XML, into rows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from importers.problems import FileRefused, Problem, error, warning
from importers.sheets.contract import Limits, Row, Sheet, Special, Value
from importers.sheets.formats import Shown, from_serial
from importers.sheets.formulas import classify
from importers.sheets.references import MAX_COLUMNS, MAX_ROWS, Columns, letters_of, parse_number
from importers.sheets.strings import unescape
from importers.sheets.xmlparts import broken

MIB = 1024 * 1024
# The limit is on data rows: titles, headers, section rows and signatures come on top of it.
HEADING_ROWS = 100


@dataclass(slots=True)
class Shared:
    """What all sheets of a workbook share while it is read; ``rows_left`` and ``text_left`` count down."""

    limits: Limits
    strings: list[str] = field(default_factory=list)
    styles: list[Shown] = field(default_factory=list)
    epoch_1904: bool = False
    # The bytes of each string, for the quick way; empty when a string is too long, so that the slow way names its row.
    sizes: list[int] = field(init=False, default_factory=list)
    # The styles, as the XML writes their index, that show a number as it is.
    plain_styles: set[str] = field(init=False)
    rows_left: int = field(init=False)
    text_left: int = field(init=False)

    def __post_init__(self) -> None:
        self.rows_left = self.limits.rows + HEADING_ROWS
        self.text_left = self.limits.text_bytes
        self.plain_styles = {str(index) for index, shown in enumerate(self.styles) if shown == "number"}
        if not self.styles or self.styles[0] == "number":
            self.plain_styles.add("")
        if max(map(len, self.strings), default=0) <= self.limits.cell_characters:
            self.sizes = [len(text) if text.isascii() else len(text.encode()) for text in self.strings]


class Grid:
    """The rows of one sheet being read. Columns are counted from 1, as Excel's rows are."""

    def __init__(self, name: str, part: str, shared: Shared) -> None:
        self.sheet = Sheet(name)
        self.problems: list[Problem] = []
        self.part = part
        self.hidden_columns: list[tuple[int, int]] = []
        self._shared = shared
        self._limit = shared.limits.columns
        self._columns = Columns()
        self._last_row = 0
        self._ordered = True
        self._width = 0
        self._beyond = False
        self._row = Row(0, [])
        self._column = 0
        self._special = False

    def start_row(self, number: str | None, hidden: bool) -> None:
        """Begin a row; without a number it is the one after the last."""
        row = self._last_row + 1 if number is None else self.row_number(number)
        self._ordered = self._ordered and row > self._last_row
        self._last_row, self._column, self._special = row, 0, False
        self._row = Row(row, [], hidden)

    def end_row(self) -> None:
        """Keep the row if it holds something."""
        if not self._row.cells and not self._special:
            return
        self._shared.rows_left -= 1
        if self._shared.rows_left < 0:
            raise FileRefused(error("too_many_rows", limit=self._shared.limits.rows))
        if self._shared.text_left < 0:
            raise FileRefused(error("too_much_text", limit=self._shared.limits.text_bytes // MIB))
        self._width = max(self._width, len(self._row.cells))
        self.sheet.rows.append(self._row)

    def row_number(self, text: str) -> int:
        """A row number as a reference writes it. Raises FileRefused when no sheet has such a row."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else 0
        if not 0 < number <= MAX_ROWS:
            raise broken(self.part, f"row {text[:20]}")
        return number

    def column_number(self, letters: str) -> int:
        """A column number from its letters. Raises FileRefused when no sheet has such a column."""
        number = self._columns[letters]
        if not number:
            raise broken(self.part, f"column {letters[:20]}")
        return number

    def place(self, reference: str | None) -> int:
        """The column of the next cell, from its reference or, without one, after the last."""
        if reference is None:
            self._column += 1
        else:
            digits = str(self._row.number)
            letters = reference[: -len(digits)]
            self._column = self._columns[letters] if letters + digits == reference else 0
        if not 0 < self._column <= MAX_COLUMNS:
            raise broken(self.part, f"cell {(reference or '')[:20]}")
        return self._column

    def put(self, column: int, value: Value) -> None:
        """Store a value; columns beyond the limit are noted and left."""
        cells = self._row.cells
        missing = column - len(cells) - 1
        if column > self._limit:
            self._beyond = True
        elif missing >= 0:
            if missing:
                cells.extend([None] * missing)
            cells.append(value)
        elif cells[column - 1] is None:
            cells[column - 1] = value
        else:
            raise broken(self.part, f"cell {letters_of(column)}{self._row.number}")

    def cell(self, column: int, kind: str, style: str, text: str | None, formula: str | None) -> None:
        """Read one cell from the text of its value and formula."""
        if formula is not None:
            self._check_length(formula)
        value = self._value(column, kind, style, text)
        if kind == "e" and value is not None:
            self.mark(column, Special("error_value", str(value)))
        if formula is not None:
            self._mark_formula(column, formula, text is not None and (text != "" or kind == "str"), value)
        if value is not None:
            self.put(column, value)

    def plain_cells(self, found: list[tuple[str, str, str, str, str, str]]) -> None:
        """Read the cells of a row that have no formula: letters, row number, style, type, value and inline text."""
        number, shared = str(self._row.number), self._shared
        columns, plain_styles, strings, sizes = self._columns, shared.plain_styles, shared.strings, shared.sizes
        cells = self._row.cells
        value: Value
        for letters, digits, style, kind, text, inline in found:
            column = self._column = columns[letters]
            if not column or digits != number:
                raise broken(self.part, f"cell {letters}{digits}")
            if kind == "s" and sizes and text.isascii() and text.isdigit() and int(text) < len(sizes):
                index = int(text)
                shared.text_left -= sizes[index]
                value = strings[index] or None
            elif text and not kind and style in plain_styles:
                value = parse_number(text)
                if value is None:
                    raise broken(self.part, f"number {text[:20]}")
            else:
                self.cell(column, kind or "n", style, text or inline, None)
                continue
            if value is None:
                continue
            if column == len(cells) + 1 <= self._limit:
                cells.append(value)
            else:
                self.put(column, value)

    def _mark_formula(self, column: int, formula: str, calculated: bool, value: Value) -> None:
        place = (self._row.number, column)
        kind = classify(formula)
        if kind == "formula" and not calculated:
            kind = "formula_no_value"
        if kind == "formula" and (value is None or place in self.sheet.specials):
            return
        self.mark(column, Special(kind, f"={formula}"))

    def mark(self, column: int, special: Special) -> None:
        """Note that a cell is not simply its value; beyond the limit of columns nothing is noted."""
        if column <= self._limit:
            self._special = True
            self.sheet.specials[self._row.number, column] = special

    def _value(self, column: int, kind: str, style: str, text: str | None) -> Value:
        if not text:
            return None
        if kind == "n":
            return self._number(column, style, text)
        if kind == "s":
            return self.text(self._shared_string(text))
        if kind in ("str", "inlineStr", "e"):
            return self.text(unescape(text))
        if kind == "b" and text in ("0", "1", "true", "false"):
            return text in ("1", "true")
        if kind == "d":
            return self._iso_date(text)
        raise broken(self.part, f"cell {letters_of(column)}{self._row.number}")

    def _shared_string(self, text: str) -> str:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(self._shared.strings)):
            raise broken(self.part, f"string {text[:20]}")
        return self._shared.strings[int(text)]

    def text(self, text: str) -> str | None:
        """Count a text against the limits; empty text is no value."""
        self._check_length(text)
        self._shared.text_left -= len(text) if text.isascii() else len(text.encode())
        return text or None

    def _check_length(self, text: str) -> None:
        limit = self._shared.limits.cell_characters
        if len(text) > limit:
            raise FileRefused(error("cell_too_long", sheet=self.sheet.name, row=self._row.number, limit=limit))

    def _number(self, column: int, style: str, text: str) -> Value:
        number = parse_number(text)
        if number is None:
            raise broken(self.part, f"number {text[:20]}")
        shown = self._style(style)
        if shown == "number":
            return number
        if shown == "percent":
            if column <= self._limit:
                self.sheet.percent_cells.add((self._row.number, column))
            return number
        moment = from_serial(number, shown, self._shared.epoch_1904)
        if moment is None:
            self._impossible_date(column, text)
            return number
        return moment

    def _style(self, style: str) -> Shown:
        if not self._shared.styles:
            return "number"
        style = style or "0"
        index = int(style) if style.isascii() and style.isdigit() and len(style) < 7 else -1
        if not 0 <= index < len(self._shared.styles):
            raise broken(self.part, f"style {style[:20]}")
        return self._shared.styles[index]

    def _iso_date(self, text: str) -> Value:
        try:
            moment = datetime.datetime.fromisoformat(text.removesuffix("Z"))
        except ValueError:
            raise broken(self.part, f"date {text[:20]}") from None
        return moment if "T" in text else moment.date()

    def _impossible_date(self, column: int, text: str) -> None:
        self.problems.append(
            error("impossible_date", sheet=self.sheet.name, row=self._row.number, column=letters_of(column), value=text)
        )

    def finish(self) -> Sheet:
        """Put the rows in order and say what was hidden or left out."""
        if not self._ordered:
            self._sort_rows()
        self._warn_hidden()
        if self._beyond:
            self.problems.append(warning("columns_not_read", sheet=self.sheet.name, limit=self._limit))
        return self.sheet

    def _sort_rows(self) -> None:
        self.sheet.rows.sort(key=lambda row: row.number)
        numbers = [row.number for row in self.sheet.rows]
        if len(set(numbers)) < len(numbers):
            raise broken(self.part, "row twice")

    def _warn_hidden(self) -> None:
        name, width = self.sheet.name, self._width
        count = sum(row.hidden for row in self.sheet.rows)
        if count:
            self.problems.append(warning("hidden_rows", sheet=name, count=count))
        letters = [letters_of(n) for first, last in self.hidden_columns for n in range(first, min(last, width) + 1)]
        if letters:
            self.problems.append(warning("hidden_columns", sheet=name, columns=", ".join(letters)))
