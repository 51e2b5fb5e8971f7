"""The geometry of a chart: horizontal bars, one to a row of the table, each labelled with its own words. Pure.

Labels stand above their bars and never beside them, so that names of agencies fit and the drawing can shrink to a
phone. Every bar says its number; where a bar has several parts, parts differ in lightness and have a legend, and the
table beside gives every number.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog_pages.transparency.figures import Figure

WIDTH = 400
_BAR, _LINE, _GAP, _TOP = 18, 17, 14, 2
# Room to the right of the longest bar for its number, in the units of the drawing.
_ROOM = 64
_LETTERS = 56
# From light to dark: told apart in grey and by people who do not see colours.
SHADES = ("#e4ebf2", "#b3c6da", "#7ba0c4", "#3f74a6", "#123f6d")
_ONE = SHADES[3]


@dataclass(frozen=True)
class Part:
    """A piece of a bar: where it begins, how wide it is, its shade, and what it says."""

    x: str
    width: str
    shade: str
    says: str


@dataclass(frozen=True)
class Bar:
    """A row of the chart: the lines of its label with their heights, its parts, and the number at its end."""

    label: tuple[tuple[int, str], ...]
    y: int
    parts: tuple[Part, ...]
    end: str
    number: str
    number_y: int


@dataclass(frozen=True)
class Chart:
    """A drawing of ``height`` units; ``legend`` pairs shades with what they mean, empty where there is but one."""

    height: int
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    bar_height: int = _BAR
    width: int = WIDTH


def draw(figure: Figure) -> Chart | None:
    """Return the chart of a figure; None where it has none or nothing to draw."""
    drawing = figure.drawing
    if drawing is None or not figure.rows:
        return None
    columns = [figure.column(name) for name in drawing.values]
    places = [figure.place(name) for name in drawing.values]
    numbers = [[Decimal(str(row[place] or 0)) for place in places] for row in figure.rows]
    longest = max(sum(row, Decimal(0)) for row in numbers)
    if longest <= 0:
        return None
    scale = (WIDTH - _ROOM) / longest
    shades = SHADES[-len(columns) :] if len(columns) > 1 else (_ONE,)
    bars, y = [], _TOP
    for row, values in zip(figure.rows, numbers, strict=True):
        label = textwrap.wrap(str(row[figure.place(drawing.label)] or "–"), _LETTERS)[:2] or ["–"]
        top = y + _LINE * len(label)
        parts = _parts(values, scale, shades, [column.label for column in columns])
        total = sum(values, Decimal(0))
        bars.append(
            Bar(
                label=tuple((y + _LINE * number - 5, line) for number, line in enumerate(label, start=1)),
                y=top, parts=parts, end=_plain(total * scale + 6), number=columns[0].shown(_number(total)),
                number_y=top + 14,
            )
        )  # fmt: skip
        y = top + _BAR + _GAP
    legend = tuple(zip(shades, (column.label for column in columns), strict=True)) if len(columns) > 1 else ()
    return Chart(y - _GAP + _TOP, tuple(bars), legend)


def _parts(values: Sequence[Decimal], scale: Decimal, shades: Sequence[str], labels: Sequence[str]) -> tuple[Part, ...]:
    parts, x = [], Decimal(0)
    for value, shade, label in zip(values, shades, labels, strict=True):
        if value:
            parts.append(Part(_plain(x * scale), _plain(value * scale), shade, f"{label}: {_number(value)}"))
        x += value
    return tuple(parts)


def _plain(length: Decimal) -> str:
    return format(length.quantize(Decimal("0.1")), "f")


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
