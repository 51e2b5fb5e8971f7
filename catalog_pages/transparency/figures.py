"""A figure of the transparency page: a table of plain values with what it is called, and how it is drawn. Pure.

The table is the figure; its chart, its csv and its JSON are made of the same rows, so they cannot disagree. Values are
text, whole numbers, decimals as text, days as ISO text, or None, as JSON keeps them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.text import fold

Value = str | int | None
# Rows up to which a table stands open beside its chart.
SHORT = 12
# Columns up to which it finds room there.
NARROW = 4
ColumnKind = Literal["text", "number", "decimal", "date"]
ChartForm = Literal["bars", "signed", "spans"]
# Stands for a number that is withheld, as official statistics mark confidential cells.
WITHHELD = "[k]"


@dataclass(frozen=True)
class FigureColumn:
    """A column: its name in an address or a file, its heading, and the kind of its values.

    In a ``guarded`` column an empty cell means that the number is withheld.
    """

    name: str
    label: str
    kind: ColumnKind = "text"
    guarded: bool = False

    @property
    def is_number(self) -> bool:
        """Return whether numbers stand in it, to be set flush right."""
        return self.kind in ("number", "decimal")

    def format_value(self, value: Value) -> str:
        """Return a value as Vietnamese people read it; a dash for nothing."""
        if value is None or value == "":
            return WITHHELD if self.guarded else "–"
        if self.kind == "date":
            return format_date_vi(datetime.date.fromisoformat(str(value)))
        return str(value) if self.kind == "text" else format_decimal_vi(Decimal(str(value)))

    def file_value(self, value: Value) -> Any:
        """Return a value as files hold it."""
        if value is None:
            return WITHHELD if self.guarded else None
        if self.kind == "date":
            return datetime.date.fromisoformat(str(value))
        return Decimal(str(value)) if self.kind == "decimal" else value

    def sort_key(self, value: Value) -> Any:
        """Return what a value is put in order by; text without regard to case and diacritics."""
        return Decimal(str(value)) if self.is_number else fold(str(value))


@dataclass(frozen=True)
class Drawing:
    """How a figure is drawn. ``label``, ``values`` and ``total`` are names of columns.

    ``bars``: horizontal bars of the values of one column, or of several laid end to end; a ``total`` is written at the
    end, and what the parts leave of it is drawn empty. ``signed``: bars to the left and the right of zero. ``spans``:
    from the day of the first value to that of the second, or on.
    """

    label: str
    values: tuple[str, ...]
    form: ChartForm = "bars"
    total: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure. ``title`` names what is counted, ``headline`` the finding in a few words.

    ``summary`` says in sentences what there is to see, ``notes`` how it was counted, ``unit`` what a number counts,
    ``source`` from where; ``terms`` pairs words of the figure with what they mean.
    """

    code: str
    title: str
    summary: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawing: Drawing | None = None
    notes: str = ""
    headline: str = ""
    unit: str = ""
    source: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def is_short(self) -> bool:
        """Return whether the table may stand open on a page with others."""
        return len(self.rows) <= SHORT

    @property
    def is_narrow(self) -> bool:
        """Return whether the table finds room beside the chart."""
        return self.is_short and len(self.columns) <= NARROW

    def column(self, name: str) -> FigureColumn:
        """Return the column of this name."""
        return self.columns[self.column_index(name)]

    def column_index(self, name: str) -> int:
        """Return where the column of this name stands."""
        return [column.name for column in self.columns].index(name)

    def display_rows(self) -> list[list[tuple[FigureColumn, str]]]:
        """Return the rows as people read them, each value with its column."""
        return [
            [(column, column.format_value(value)) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    def typed_rows(self) -> list[list[Any]]:
        """Return the rows for files: decimals and days as such, and WITHHELD for a number that is withheld."""
        return [
            [column.file_value(value) for column, value in zip(self.columns, row, strict=True)] for row in self.rows
        ]

    def sorted_by(self, order: str) -> Figure:
        """Return the figure with its rows in the order of a column, downwards with ``-`` before it; blanks last.

        Raises ValueError for a column that there is not.
        """
        index, downwards = self.column_index(order.removeprefix("-")), order.startswith("-")
        rows = [row for row in self.rows if row[index] is not None]
        rows.sort(key=lambda row: self.columns[index].sort_key(row[index]), reverse=downwards)
        return replace(self, rows=(*rows, *(row for row in self.rows if row[index] is None)))

    def as_json(self) -> dict[str, Any]:
        """Return the figure as JSON keeps it."""
        return asdict(self)


def parse_figure(stored: Mapping[str, Any]) -> Figure:
    """Return the figure that ``as_json`` gave, now or in an earlier version with fewer fields."""
    drawing = stored["drawing"]
    return Figure(**{
        **stored,
        "columns": tuple(FigureColumn(**column) for column in stored["columns"]),
        "rows": tuple(tuple(row) for row in stored["rows"]),
        "drawing": Drawing(**{**drawing, "values": tuple(drawing["values"])}) if drawing else None,
        "terms": tuple(tuple(term) for term in stored.get("terms", ())),
    })  # fmt: skip


def records(figure: Figure) -> list[dict[str, Value]]:
    """Return the rows as objects by the names of the columns, as programs read them."""
    return [dict(zip([column.name for column in figure.columns], row, strict=True)) for row in figure.rows]


def percent(part: int, whole: int) -> str | None:
    """Return a part of a whole in percent with one decimal, as text; None for a part of nothing."""
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.1"))) if whole else None


def format_share(part: int, whole: int) -> str:
    """Return a part of a whole as a percentage in words, ``–`` for a part of nothing."""
    number = percent(part, whole)
    return f"{format_decimal_vi(Decimal(number))} %" if number else "–"


def count_by_range(values: Sequence[tuple[int, int]], bounds: Sequence[int]) -> list[int]:
    """Count (value, number) pairs into the ranges that the upper bounds (included) make; the last range is open."""
    counts = [0] * (len(bounds) + 1)
    for value, number in values:
        counts[next((index for index, bound in enumerate(bounds) if value <= bound), len(bounds))] += number
    return counts
