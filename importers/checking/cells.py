"""Reads the cells of one sheet by the kind of their column, and puts down all that is wrong with each."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.core.dates import DateError, format_date_vi, parse_date
from cms.core.numbers import NumberError, input_decimal_vi, parse_decimal, parse_group
from cms.core.text import (
    Cleaned,
    Danger,
    Lookalike,
    clean_text,
    code_key,
    find_dangerous,
    find_lookalikes,
    fold,
    is_error_value,
    is_usual,
    looks_legacy,
    name_key,
    starts_formula,
)
from importers.checking.columns import Column
from importers.checking.headers import Header, column_letter, is_blank
from importers.checking.verdict import Note
from importers.problems import Problem, error, warning
from importers.reading.contract import Limits, Sheet, Value

# How people say yes and no in a cell, folded.
_YES = frozenset(("co", "x", "yes", "y", "true", "dung", "1"))
_NO = frozenset(("khong", "no", "n", "false", "sai", "0", "k"))

# Values whose type alone tells nothing odd. True is no number, though it equals 1.
_PLAIN_TYPES = frozenset((str, int, float))
# What formulas and error values begin with.
_MAY_BE_ODD = frozenset("=+-@#eE")

# So many words of one cell are named; who mends these sees the others.
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Examined:
    """A text once looked at. Texts repeat in a list, so each distinct one is examined once."""

    cleaned: Cleaned
    plain: bool
    dangers: list[Danger]
    legacy: str | None
    lookalikes: list[Lookalike]
    formula: bool


class CellError(Exception):
    """The value of a cell cannot be taken."""

    def __init__(self, code: str, value: object, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.params = params


class CellReader:
    """Reads the cells of one sheet. ``bad`` holds the keys of the present row whose cell was an error."""

    def __init__(self, sheet: Sheet, header: Header, limits: Limits, max_group: int = 5) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.bad: set[str] = set()
        # Specials met in cells that were read, as (row, column) counted from 1.
        self.seen: set[tuple[int, int]] = set()
        self._sheet = sheet
        self._header = header
        self._limits, self._max_group = limits, max_group
        self._examined: dict[str, _Examined] = {}
        self._unheaded = {index for index, texts in enumerate(header.texts) if not texts}
        self._reported: set[int] = set()
        self._columns = [
            (column, header.columns[column.key])
            for column in header.layout.columns
            if column.key in header.columns and column.kind != "ignored"
        ]
        self._columns.sort(key=lambda pair: pair[1])
        # What values of each column read as, of those about which nothing was to be said.
        self._plain: list[dict[Value, Any]] = [{} for _ in self._columns]
        # Rows with a cell that is not simply its value.
        self._odd_rows = {row for row, _ in sheet.specials} | {row for row, _ in sheet.percent_cells}
        self._row = 0
        self._index = 0
        self._column = self._columns[0][0]

    def read_row(self, number: int, cells: list[Value]) -> dict[str, Any]:
        """The values of a row by column key; blank and bad cells are None."""
        self.bad, self._row = set(), number
        values: dict[str, Any] = {}
        width, may_be_plain = len(cells), number not in self._odd_rows
        for (column, index), plain in zip(self._columns, self._plain, strict=True):
            value = cells[index] if index < width else None
            if not may_be_plain or (value is not None and type(value) not in _PLAIN_TYPES):
                values[column.key] = self.read(column, number, index, value)
            elif value is None:
                values[column.key] = None
            elif (found := plain.get(value)) is not None:
                values[column.key] = found
            else:
                values[column.key] = self._read_and_remember(column, number, index, value, plain)
        return values

    def _read_and_remember(
        self, column: Column, row: int, index: int, value: Value, plain: dict[Value, Any]
    ) -> Any:  # fmt: skip
        before = len(self.problems) + len(self.notes)
        found = self.read(column, row, index, value)
        # 0 and -0.0 are one key.
        if value and before == len(self.problems) + len(self.notes):
            plain[value] = found
        return found

    def look_beside(self, number: int, cells: list[Value]) -> None:
        """Data in a column without a header is said once, so that nobody thinks it was read."""
        width = len(self._header.texts)
        if len(cells) > width:
            self._unheaded |= set(range(width, len(cells))) - self._reported
        for index in [i for i in self._unheaded if i < len(cells) and not is_blank(cells[i])]:
            self._unheaded.discard(index)
            self._reported.add(index)
            where = {"sheet": self._sheet.name, "row": number, "column_number": index + 1}
            letter = column_letter(index + 1)
            self.problems.append(warning("unheaded_column", value=cells[index], column=letter, **where))

    def read(self, column: Column, row: int, index: int, value: Value) -> Any:
        """One cell's value, or None when it is blank or bad."""
        self._row, self._index, self._column = row, index, column
        try:
            return self._value(value)
        except CellError as problem:
            self.fail(problem.code, problem.value, **problem.params)
        except NumberError as problem:
            self.fail(problem.code, value, **problem.params)
        return None

    def fail(self, code: str, value: object = None, *, key: str = "", **params: Any) -> None:
        """Put down an error at the present row, in the present column or the one with this key."""
        self.bad.add(key or self._column.key)
        self.problems.append(error(code, value=value, **self._place(key), **params))

    def warn(self, code: str, value: object = None, *, key: str = "", **params: Any) -> None:
        """Put down a warning at the present row, in the present column or the one with this key."""
        self.problems.append(warning(code, value=value, **self._place(key), **params))

    def name_of(self, key: str) -> str:
        """The header of a column as the file writes it, or as the layout does when the file has none."""
        if key in self._header.names:
            return self._header.names[key]
        column = self._header.layout.column(key)
        return column.header if column else key

    def number_of(self, key: str) -> int:
        """The column with this key counted from 1, 0 when the file has none."""
        return self._header.columns.get(key, -1) + 1

    def _place(self, key: str) -> dict[str, Any]:
        """Where the present problem stands: in the column with the key, or in the cell that is being read."""
        number = self.number_of(key) if key else self._index + 1
        name = self.name_of(key or self._column.key)
        return {"sheet": self._sheet.name, "row": self._row, "column": name, "column_number": number}

    def _value(self, value: Value) -> Any:
        if self._sheet.specials and (special := self._sheet.specials.get((self._row, self._index + 1))):
            self.seen.add((self._row, self._index + 1))
            if special.kind != "formula":
                raise CellError(special.kind, special.text or value)
            self.warn("formula_value_used", special.text, text=_shown(value))
        if value is None:
            return None
        if self._column.kind in ("text", "unit"):
            return self._text(value) if type(value) is str else self._as_text(value)
        read = _SPECIAL_KINDS.get(self._column.kind)
        return read(self, value) if read else self._number(value)

    def _choice(self, value: Value) -> str | None:
        text = self._text(value, formula_matters=False) if type(value) is str else _shown(value)
        if text is None:
            return None
        found = next((choice for choice in self._column.choices if fold(choice) == fold(text)), None)
        if found is None:
            raise CellError("not_a_choice", value, choices="; ".join(self._column.choices))
        if name_key(found) != name_key(text):
            self.warn("read_as", value, text=found)
        return found

    def _yes_no(self, value: Value) -> bool | None:
        if isinstance(value, bool):
            return value
        text = self._text(value, formula_matters=False) if type(value) is str else _shown(value)
        if text is None:
            return None
        word = fold(text)
        if word not in _YES | _NO:
            raise CellError("not_yes_no", value)
        return word in _YES

    def _date(self, value: Value) -> datetime.date | None:
        if type(value) is str:
            value = self._text(value, formula_matters=False)
            if value is None:
                return None
        try:
            return parse_date(value)
        except DateError as wrong:
            raise CellError(wrong.code, value, **wrong.params) from None

    def _text(self, value: str, *, formula_matters: bool = True) -> str | None:
        examined = self._examined.get(value)
        if examined is None:
            examined = self._examined[value] = _examine(value)
        text = examined.cleaned.text
        if not text and not examined.dangers:
            return None
        if not examined.plain and not self._report_wrong(value, examined, formula_matters):
            return None
        if len(text) > self._column.max_length:
            raise CellError("too_long", value, limit=self._column.max_length, length=len(text))
        return text or None

    def _report_wrong(self, value: str, examined: _Examined, formula_matters: bool) -> bool:
        if len(value) > self._limits.cell_characters:
            raise CellError("too_long", value, limit=self._limits.cell_characters, length=len(value))
        if is_error_value(value):
            raise CellError("error_value", value)
        if examined.dangers or examined.legacy:
            for danger in examined.dangers[:MAX_WORDS]:
                self.fail(f"dangerous_{danger.kind}", value, character=danger.name)
            if examined.legacy:
                self.fail("legacy_encoding", value, encoding=examined.legacy)
            return False
        self._report_odd(value, examined, formula_matters)
        return True

    def _report_odd(self, value: str, examined: _Examined, formula_matters: bool) -> None:
        text, notes = examined.cleaned.text, examined.cleaned.notes
        if "invisible" in notes:
            self.warn("invisible_removed", value, text=text)
        for note in notes:
            if note != "invisible":
                where = (self._sheet.name, self._row, self.name_of(self._column.key))
                self.notes.append(Note(note, *where, value, {"text": text}))
        for alike in examined.lookalikes[:MAX_WORDS] if self._column.kind != "code" else ():
            code = "lookalike" if alike.suggestion else "strange_character"
            self.warn(code, value, **alike.params)
        if examined.formula and formula_matters:
            self.warn("formula_text", value)

    def _as_text(self, value: Value) -> str:
        if isinstance(value, (bool, datetime.date, datetime.time, datetime.timedelta)):
            text = _shown(value)
            self.warn("read_as", value, text=text)
            return text
        return _shown(value)

    def _code(self, value: Value) -> str | None:
        if type(value) is not str:
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            raise CellError("code_is_number" if is_number else "code_is_date", value)
        text = self._text(value)
        if text is None:
            return None
        for alike in find_lookalikes(text, in_code=True)[:MAX_WORDS]:
            self.fail("lookalike_in_code", value, **alike.params)
        if len(code_key(text)) > self._column.max_length:
            self.fail("too_long", value, limit=self._column.max_length, length=len(text))
        return None if "code" in self.bad else text

    def _number(self, value: Value) -> Decimal | int | None:
        if type(value) is str:
            text = self._text(value, formula_matters=False)
            if text is None:
                return None
            value = text
        elif self._sheet.percent_cells and (self._row, self._index + 1) in self._sheet.percent_cells:
            raise CellError("number_percent", value, text=_shown(value))
        return self._group(value) if self._column.kind == "group" else self._decimal(value)

    def _group(self, value: Value) -> int:
        group = parse_group(value, maximum=self._max_group)
        if group.read_as:
            self.warn("read_as", value, text=str(group.value))
        return group.value

    def _decimal(self, value: Value) -> Decimal:
        column = self._column
        parsed = parse_decimal(value, places=column.places)
        number = parsed.value
        if number < 0 or (number == 0 and column.positive):
            raise CellError("not_positive" if column.positive else "negative", value)
        if number > column.maximum:
            raise CellError("number_over_maximum", value, maximum=input_decimal_vi(column.maximum))
        if parsed.rounded:
            self.warn("rounded", value, stored=input_decimal_vi(number), places=column.places)
        return number


_SPECIAL_KINDS: dict[str, Callable[[CellReader, Value], Any]] = {
    "code": CellReader._code, "choice": CellReader._choice, "yes_no": CellReader._yes_no, "date": CellReader._date,
}  # fmt: skip


def _examine(value: str) -> _Examined:
    if is_usual(value) and value[0] not in _MAY_BE_ODD and len(value) <= 255 and not looks_legacy(value):
        return _Examined(Cleaned(value), True, [], None, [], False)
    cleaned = clean_text(value)
    text = cleaned.text
    dangers, legacy = find_dangerous(value), looks_legacy(value)
    lookalikes, formula = find_lookalikes(text), starts_formula(value) or starts_formula(text)
    plain = not (
        cleaned.notes or dangers or legacy or lookalikes or formula or is_error_value(value) or len(text) > 255
    )
    return _Examined(cleaned, plain, dangers, legacy, lookalikes, formula)


def _shown(value: Value) -> str:
    if isinstance(value, datetime.date):
        return format_date_vi(value)
    if isinstance(value, float):
        return format(value, ".15g").replace(".", ",")
    return "" if value is None else str(value)
