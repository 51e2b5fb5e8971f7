"""A figure of the transparency page: a table of plain values with what it is called, and how it is drawn. Pure.

The table is the figure; its chart, its csv and its JSON are made of the same rows, so they cannot disagree. Values are
text, whole numbers, decimals as text, days as ISO text, or None, as JSON keeps them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi

Value = str | int | None
SHORT = 20
Kind = Literal["text", "number", "decimal", "date"]


@dataclass(frozen=True)
class Column:
    """A column: its name in an address or a file, its heading, and what stands in it."""

    name: str
    label: str
    kind: Kind = "text"

    def shown(self, value: Value) -> str:
        """Return a value as Vietnamese people read it; a dash for nothing."""
        if value is None or value == "":
            return "–"
        if self.kind == "date":
            return format_date_vi(datetime.date.fromisoformat(str(value)))
        return str(value) if self.kind == "text" else format_decimal_vi(Decimal(str(value)))


@dataclass(frozen=True)
class Drawing:
    """How a figure is drawn: horizontal bars of the values of one column, or of several laid end to end.

    ``label`` and ``values`` are names of columns.
    """

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One figure. ``summary`` says in a sentence what there is to see; ``notes`` how it was counted."""

    code: str
    title: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawing: Drawing | None = None
    notes: str = ""

    @property
    def is_short(self) -> bool:
        """Return whether the table may stand open on a page with others."""
        return len(self.rows) <= SHORT

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return self.columns[self.place(name)]

    def place(self, name: str) -> int:
        """Return where the column of this name stands."""
        return [column.name for column in self.columns].index(name)

    def lines(self) -> list[list[tuple[Column, str]]]:
        """Return the rows as people read them, each value with its column."""
        return [
            [(column, column.shown(value)) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the figure as JSON keeps it."""
        return asdict(self)


def figure_from(stored: Mapping[str, Any]) -> Figure:
    """Return the figure that ``as_json`` gave."""
    drawing = stored["drawing"]
    return Figure(
        code=stored["code"], title=stored["title"], summary=stored["summary"], notes=stored["notes"],
        columns=tuple(Column(**column) for column in stored["columns"]),
        rows=tuple(tuple(row) for row in stored["rows"]),
        drawing=Drawing(drawing["label"], tuple(drawing["values"])) if drawing else None,
    )  # fmt: skip


def records(figure: Figure) -> list[dict[str, Value]]:
    """Return the rows as objects by the names of the columns, as programs read them."""
    return [dict(zip([column.name for column in figure.columns], row, strict=True)) for row in figure.rows]


def share(part: int, whole: int) -> str:
    """Return a part of a whole as a percentage with one decimal, ``–`` for a part of nothing."""
    if not whole:
        return "–"
    return f"{format_decimal_vi((Decimal(100 * part) / whole).quantize(Decimal('0.1')))} %"


def bucketed(values: Sequence[tuple[int, int]], bounds: Sequence[int]) -> list[int]:
    """Count (value, number) pairs into the ranges that the upper bounds (included) make; the last range is open."""
    counts = [0] * (len(bounds) + 1)
    for value, number in values:
        counts[next((index for index, bound in enumerate(bounds) if value <= bound), len(bounds))] += number
    return counts
