"""The distribution before and after as bars: whole-number places in a drawing, which a template writes as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cms.frameworks.trials.comparison import BAND

WIDTH, HEIGHT = 960, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 8, 12, 44
_GRID_LINES = 4
_NICE = (1, 2, 5)


@dataclass(frozen=True)
class TrialBar:
    """One bar, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class TrialBand:
    """Totals from ``low`` to under ``high`` (100 itself in the last band): how many, before and after."""

    label: str
    middle: int
    before: int
    after: int
    before_bar: TrialBar
    after_bar: TrialBar


@dataclass(frozen=True)
class GridLine:
    """A line across the drawing at a number of people."""

    y: int
    count: int


@dataclass(frozen=True)
class TrialChart:
    """The drawing."""

    width: int
    height: int
    left: int
    right: int
    base: int
    bands: tuple[TrialBand, ...]
    grid: tuple[GridLine, ...]


def chart(before: Sequence[int], after: Sequence[int]) -> TrialChart:
    """Return the bars of both distributions, from the lowest band in which anybody is."""
    first = next((index for index, pair in enumerate(zip(before, after, strict=True)) if any(pair)), len(before) - 1)
    top = _top(max(*before, *after, 1))
    room = (WIDTH - _LEFT - _RIGHT) // (len(before) - first)
    bands = tuple(
        _band(index, _LEFT + (index - first) * room, room, before[index], after[index], top)
        for index in range(first, len(before))
    )
    lines = range(0, top + 1, max(1, top // _GRID_LINES))
    grid = tuple(GridLine(_height_at(count, top), count) for count in lines)
    return TrialChart(WIDTH, HEIGHT, _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM, bands, grid)


def band_label(index: int) -> str:
    """Name a band of totals."""
    low = index * BAND
    return f"{low}–{low + BAND}"


def _band(index: int, x: int, room: int, before: int, after: int, top: int) -> TrialBand:
    gap = max(2, room // 8)
    width = (room - 2 * gap) // 2
    return TrialBand(
        label=band_label(index),
        middle=x + room // 2,
        before=before,
        after=after,
        before_bar=_bar(x + gap, width, before, top),
        after_bar=_bar(x + gap + width, width, after, top),
    )


def _bar(x: int, width: int, count: int, top: int) -> TrialBar:
    y = _height_at(count, top)
    return TrialBar(x, y, width, HEIGHT - _BOTTOM - y)


def _height_at(count: int, top: int) -> int:
    base = HEIGHT - _BOTTOM
    return base - count * (base - _TOP) // top


def _top(most: int) -> int:
    """Return the round number that the drawing reaches to: 1, 2 or 5 times a power of ten, in whole grid lines."""
    step = 1
    while True:
        for nice in _NICE:
            if nice * step * _GRID_LINES >= most:
                return nice * step * _GRID_LINES
        step *= 10
