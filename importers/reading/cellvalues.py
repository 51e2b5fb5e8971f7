"""What the type, style, text and formula of a cell come to: a value, and what is special about it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from importers.problems import FileRefused, error
from importers.reading.contract import Limits, Special, Value
from importers.reading.folded import FoldedSheet
from importers.reading.formats import Shown, from_serial
from importers.reading.formulas import classify
from importers.reading.references import is_not_finite, letters_of, parse_number
from importers.reading.strings import unescape
from importers.reading.xmlparts import broken

# The limit is on data rows: titles, headers, section rows and signatures come on top of it.
HEADING_ROWS = 100

_DIGITS = re.compile(r"[-.0-9E]*")
# What no program writes is left to ``parse_number``.
_USUAL_LENGTH = 32
_USUAL_NUMBERS = 10**_USUAL_LENGTH
_KNOWN_MOMENTS = 10_000


@dataclass(slots=True)
class Shared:
    """What all sheets of a workbook share while it is read; ``rows_left`` and ``text_left`` count down."""

    limits: Limits
    strings: list[str] = field(default_factory=list)
    styles: list[Shown] = field(default_factory=list)
    epoch_1904: bool = False
    # The strings as values and their bytes, for reading in bulk; empty when a string is too long, so that reading one
    # by one names its row.
    values: list[Value] = field(init=False, default_factory=list)
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
            self.values = cast(list[Value], self.strings)
            if "" in self.strings:
                self.values = [text or None for text in self.strings]
            self.sizes = list(map(len, map(str.encode, self.strings)))


class Form(NamedTuple):
    """What cells of one column that are written alike say of themselves: their type and the index of their style."""

    column: int
    kind: str
    style: str


class CellValues:
    """Reads the cells of one sheet, one by one or many of a column at once. Columns and rows are counted from 1."""

    def __init__(self, sheet: FoldedSheet, part: str, shared: Shared) -> None:
        # The rows with a cell that is not simply its value.
        self.special_rows: set[int] = set()
        self._sheet = sheet
        self._part = part
        self._shared = shared
        # By style and text.
        self._known_moments: dict[str, dict[str, Value]] = {}

    def read(self, row: int, form: Form, text: str | None, formula: str | None = None) -> Value:
        """The value of one cell from the text of its value and formula."""
        value = self._value(row, form, text)
        if form.kind == "e":
            self.mark(row, form.column, Special("error_value", str(value or "#VALUE!")))
        if formula is not None:
            self._mark_formula(row, form, formula, text, value)
        return value

    def read_many(
        self, rows: Sequence[int], form: Form, texts: Sequence[str], formulas: Sequence[str] = ()
    ) -> list[Value]:
        """The values of cells of one form, all with formulas or none: as ``read`` reads each, but sooner."""
        try:
            values = self._in_bulk(form, texts)
        except (ValueError, IndexError):
            # Something is wrong with one of them: that one is to be named.
            values = None
        if values is None:
            values = [self.read(row, form, text) for row, text in zip(rows, texts, strict=True)]
        for row, text, formula, value in zip(rows, texts, formulas, values, strict=False):
            self._mark_formula(row, form, formula, text, value)
        return values

    def mark(self, row: int, column: int, special: Special) -> None:
        """Note that a cell is not simply its value; beyond the limit of columns nothing is noted."""
        if column <= self._shared.limits.columns:
            self.special_rows.add(row)
            self._sheet.specials[row, column] = special

    def text(self, row: int, column: int, text: str) -> str | None:
        """Count a text against the limits; empty text is no value."""
        self._check_length(row, column, text)
        self._shared.text_left -= len(text) if text.isascii() else len(text.encode())
        return text or None

    def _in_bulk(self, form: Form, texts: Sequence[str]) -> list[Value] | None:
        if form.kind == "s":
            return self._shared_strings(texts)
        if form.kind in ("str", "inlineStr"):
            return self._texts(texts)
        if form.kind != "n":
            return None
        return _numbers(texts) if form.style in self._shared.plain_styles else self._moments(form, texts)

    def _shared_strings(self, texts: Sequence[str]) -> list[Value] | None:
        whole, shared = "".join(texts), self._shared
        if not (shared.sizes and whole.isascii() and whole.isdigit()):
            return None
        indexes = list(map(int, texts))
        size = sum(map(shared.sizes.__getitem__, indexes))
        shared.text_left -= size
        return list(map(shared.values.__getitem__, indexes))

    def _texts(self, texts: Sequence[str]) -> list[Value] | None:
        whole, limit = "".join(texts), self._shared.limits.cell_characters
        if "_x" in whole or (len(whole) > limit and max(map(len, texts)) > limit):
            return None
        self._shared.text_left -= len(whole.encode())
        return [text or None for text in texts]

    def _moments(self, form: Form, texts: Sequence[str]) -> list[Value] | None:
        """Dates and times, each only once: the days of a table are few."""
        shown = self._style(form.style)
        if shown == "percent":
            return None
        known = self._known_moments.setdefault(form.style, {})
        for text in set(texts) - known.keys():
            number = parse_number(text)
            moment = None if number is None else from_serial(number, shown, self._shared.epoch_1904)
            if moment is None:
                return None
            known[text] = moment
        found = list(map(known.__getitem__, texts))
        if len(known) > _KNOWN_MOMENTS:
            known.clear()
        return found

    def _mark_formula(self, row: int, form: Form, formula: str, text: str | None, value: Value) -> None:
        self._check_length(row, form.column, formula)
        kind = classify(formula)
        if kind == "formula" and (text is None or (text == "" and form.kind != "str")):
            kind = "formula_no_value"
        if kind == "formula" and (value is None or (row, form.column) in self._sheet.specials):
            return
        self.mark(row, form.column, Special(kind, f"={formula}"))

    def _value(self, row: int, form: Form, text: str | None) -> Value:
        kind = form.kind
        if not text:
            return None
        if kind == "n":
            return self._number(row, form, text)
        if kind == "s":
            return self.text(row, form.column, self._shared_string(text))
        if kind in ("str", "inlineStr", "e"):
            return self.text(row, form.column, unescape(text))
        if kind == "b" and text in ("0", "1", "true", "false"):
            return text in ("1", "true")
        if kind == "d":
            return self._iso_date(text)
        raise broken(self._part, f"cell {letters_of(form.column)}{row}")

    def _shared_string(self, text: str) -> str:
        strings = self._shared.strings
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(strings)):
            raise broken(self._part, f"string {text[:20]}")
        return strings[int(text)]

    def _check_length(self, row: int, column: int, text: str) -> None:
        limit = self._shared.limits.cell_characters
        if len(text) > limit:
            where = {"sheet": self._sheet.name, "row": row, "column": letters_of(column), "column_number": column}
            raise FileRefused(error("cell_too_long", **where, limit=limit))

    def _number(self, row: int, form: Form, text: str) -> Value:
        number = parse_number(text)
        if number is None:
            if not is_not_finite(text):
                raise broken(self._part, f"number {text[:20]}")
            self.mark(row, form.column, Special("number_not_finite", text))
            return None
        shown = self._style(form.style)
        if shown == "number":
            return number
        if shown == "percent":
            if form.column <= self._shared.limits.columns:
                self._sheet.percent_cells.add((row, form.column))
            return number
        moment = from_serial(number, shown, self._shared.epoch_1904)
        if moment is None:
            self.mark(row, form.column, Special("impossible_date", text))
            return number
        return moment

    def _style(self, style: str) -> Shown:
        if not self._shared.styles:
            return "number"
        style = style or "0"
        index = int(style) if style.isascii() and style.isdigit() and len(style) < 7 else -1
        if not 0 <= index < len(self._shared.styles):
            raise broken(self._part, f"style {style[:20]}")
        return self._shared.styles[index]

    def _iso_date(self, text: str) -> Value:
        try:
            moment = datetime.datetime.fromisoformat(text.removesuffix("Z"))
        except ValueError:
            raise broken(self._part, f"date {text[:20]}") from None
        return moment if "T" in text else moment.date()


def _numbers(texts: Sequence[str]) -> list[Value] | None:
    whole = "".join(texts)
    if whole.isascii() and whole.isdigit():
        numbers = list(map(int, texts))
        return cast(list[Value], numbers) if max(numbers) < _USUAL_NUMBERS else None
    if _DIGITS.fullmatch(whole) is None or max(map(len, texts)) > _USUAL_LENGTH:
        return None
    values = [float(text) if "." in text else int(text) for text in texts]
    return cast(list[Value], values) if "E" not in whole or all(map(math.isfinite, values)) else None
