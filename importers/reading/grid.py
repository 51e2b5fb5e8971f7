"""Puts the cells of one sheet, as they come out of its file, into rows."""

from __future__ import annotations

from operator import attrgetter, itemgetter, lt

from importers.problems import FileRefused, Problem, error, warning
from importers.reading.cellvalues import CellValues, Form, Shared
from importers.reading.contract import Row, Special, Value
from importers.reading.folded import FoldedSheet, Piece, fold
from importers.reading.references import MAX_COLUMNS, MAX_ROWS, Columns, letters_of
from importers.reading.xmlparts import broken

MIB = 1024 * 1024


class Grid:
    """The rows of one sheet being read. Columns are counted from 1, as Excel's rows are."""

    def __init__(self, name: str, part: str, shared: Shared) -> None:
        self.sheet = FoldedSheet(name)
        # After ``finish``: what was hidden or left out.
        self.problems: list[Problem] = []
        self.part = part
        self.hidden_columns: list[tuple[int, int]] = []
        self.values = CellValues(self.sheet, part, shared)
        self.columns = Columns()
        # The text of each shared formula, by its key.
        self.formulas: dict[str, str] = {}
        self.limit = shared.limits.columns
        self._shared = shared
        self._last_row = 0
        self._ordered = True
        self._width = 0
        self._beyond = False
        self._row = Row(0, [])
        # Rows that came one by one and stand in no piece yet.
        self._loose: list[Row] = []
        self._column = 0

    def start_row(self, number: str | None, hidden: bool) -> None:
        """Begin a row; without a number it is the one after the last."""
        row = self._last_row + 1 if number is None else self.row_number(number)
        self._ordered = self._ordered and row > self._last_row
        self._last_row, self._column = row, 0
        self._row = Row(row, [], hidden)

    def end_row(self) -> None:
        """Keep the row if it holds something."""
        if self._row.cells or self._row.number in self.values.special_rows:
            self._loose.append(self._row)
            self._count(1, len(self._row.cells))

    def add_rows(self, numbers: list[int], hidden: list[bool], columns: dict[int, list[Value]]) -> None:
        """Add whole rows from the values of their columns, each list as long as ``numbers``."""
        self._ordered = self._ordered and numbers[0] > self._last_row and all(map(lt, numbers, numbers[1:]))
        self._last_row = numbers[-1]
        filled = [column for column, values in columns.items() if values.count(None) < len(values)]
        width = max((column for column in filled if column <= self.limit), default=0)
        self._beyond = self._beyond or max(filled, default=0) > self.limit
        blank: list[Value] = [None] * len(numbers)
        piece = Piece(numbers, hidden, [columns.get(column, blank) for column in range(1, width + 1)])
        piece = piece.without_blank_rows(self.values.special_rows)
        self._fold_loose()
        self.sheet.pieces.append(piece)
        self._count(len(piece.numbers), width)

    def _fold_loose(self) -> None:
        if self._loose:
            self.sheet.pieces.append(fold(self._loose))
            self._loose = []

    def _count(self, rows: int, width: int) -> None:
        self._shared.rows_left -= rows
        if self._shared.rows_left < 0:
            raise FileRefused(error("too_many_rows", limit=self._shared.limits.rows))
        if self._shared.text_left < 0:
            raise FileRefused(error("too_much_text", limit=self._shared.limits.text_bytes // MIB))
        self._width = max(self._width, width)

    def row_number(self, text: str) -> int:
        """A row number as a reference writes it. Raises FileRefused when no sheet has such a row."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else 0
        if not 0 < number <= MAX_ROWS:
            raise broken(self.part, f"row {text[:20]}")
        return number

    def column_number(self, letters: str) -> int:
        """A column number from its letters. Raises FileRefused when no sheet has such a column."""
        number = self.columns[letters]
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
            self._column = self.columns[letters] if letters + digits == reference else 0
        if not 0 < self._column <= MAX_COLUMNS:
            raise broken(self.part, f"cell {(reference or '')[:20]}")
        return self._column

    def put(self, column: int, value: Value) -> None:
        """Store a value; columns beyond the limit are noted and left."""
        cells = self._row.cells
        missing = column - len(cells) - 1
        if column > self.limit:
            self._beyond = True
        elif missing >= 0:
            if missing:
                cells.extend([None] * missing)
            cells.append(value)
        elif cells[column - 1] is None:
            cells[column - 1] = value
        else:
            raise broken(self.part, f"cell {letters_of(column)}{self._row.number}")

    def cell(self, form: Form, text: str | None, formula: str | None) -> None:
        """Read one cell of the present row from the text of its value and formula."""
        value = self.values.read(self._row.number, form, text, formula)
        if value is not None:
            self.put(form.column, value)

    def mark(self, column: int, special: Special) -> None:
        """Note that a cell of the present row is not simply its value."""
        self.values.mark(self._row.number, column, special)

    def text(self, column: int, text: str) -> str | None:
        """Count a text of the present row against the limits; empty text is no value."""
        return self.values.text(self._row.number, column, text)

    def finish(self) -> FoldedSheet:
        """Put everything in the order of the rows and say what was hidden or left out."""
        self._fold_loose()
        if not self._ordered:
            self._sort_rows()
        self.sheet.specials = dict(sorted(self.sheet.specials.items(), key=itemgetter(0)))
        self._warn_hidden()
        if self._beyond:
            self.problems.append(warning("columns_not_read", sheet=self.sheet.name, limit=self.limit))
        return self.sheet

    def _sort_rows(self) -> None:
        rows = sorted(self.sheet.rows(), key=attrgetter("number"))
        if len({row.number for row in rows}) < len(rows):
            raise broken(self.part, "row twice")
        self.sheet.pieces = [fold(rows)]

    def _warn_hidden(self) -> None:
        name, width = self.sheet.name, self._width
        count = sum(sum(piece.hidden) for piece in self.sheet.pieces)
        if count:
            self.problems.append(warning("hidden_rows", sheet=name, count=count))
        letters = [letters_of(n) for first, last in self.hidden_columns for n in range(first, min(last, width) + 1)]
        if letters:
            self.problems.append(warning("hidden_columns", sheet=name, columns=", ".join(letters)))
