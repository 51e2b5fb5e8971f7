"""What the front page says at a glance: findings of the release with a drawing each, and every agency's progress."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog_pages.transparency.figures import Figure

# A figure, and what of it is drawn: a bar for each row of one column, or for the sum of each of several.
_STATES = ("not_started", "drafting", "submitted", "appraised", "approved")
_FINDINGS = (("tien-do", _STATES), ("thoi-han", ("agencies",)), ("quy-mo-nhom", ("items",)))
_PROGRESS, _AGENCIES = "tien-do", "bang-thoi-han"
_MOST_AGENCIES = 300
_HIGH, _STEP, _WIDE = 40, 12, 9


@dataclass(frozen=True)
class Finding:
    """A figure in a few words: what was found, of what, and bars (x, y, height) of its rows in a box ``width`` wide."""

    code: str
    headline: str
    title: str
    bars: tuple[tuple[int, int, int], ...]

    @property
    def width(self) -> int:
        return max(len(self.bars) * _STEP, 1)


@dataclass(frozen=True)
class AgencyGrid:
    """Each agency as the number of its state, with its name, the furthest first; and the states with their counts."""

    squares: tuple[tuple[int, str], ...]
    legend: tuple[tuple[int, str, int], ...]


def findings(figures: dict[str, Figure]) -> list[Finding]:
    """Return the findings that the release holds."""
    found = [(figures[code], columns) for code, columns in _FINDINGS if code in figures]
    return [
        Finding(figure.code, figure.headline, figure.title, _bars(figure, columns))
        for figure, columns in found
        if figure.headline
    ]


def agency_grid(figures: dict[str, Figure]) -> AgencyGrid | None:
    """Return the progress of each agency; None where the release does not tell it, or tells of too many."""
    progress, agencies = figures.get(_PROGRESS), figures.get(_AGENCIES)
    if progress is None or agencies is None or not 0 < len(agencies.rows) <= _MOST_AGENCIES:
        return None
    states = [progress.columns[_place(progress, column)].label for column in _STATES]
    name, state = _place(agencies, "agency"), _place(agencies, "state")
    rows = [(str(row[name]), str(row[state])) for row in agencies.rows]
    known = [(states.index(state), f"{name}: {state}") for name, state in rows if state in states]
    counts = Counter(number for number, _name in known)
    legend = tuple((number, states[number], counts[number]) for number in reversed(range(len(states))))
    return AgencyGrid(tuple(sorted(known, key=lambda square: (-square[0], square[1]))), legend)


def _bars(figure: Figure, columns: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    drawn = [[Decimal(str(row[_place(figure, column)] or 0)) for row in figure.rows] for column in columns]
    values = [sum(column, Decimal(0)) for column in drawn] if len(drawn) > 1 else drawn[0]
    most = max(values, default=Decimal(0)) or Decimal(1)
    heights = [int(value * _HIGH / most) for value in values]
    return tuple((number * _STEP, _HIGH - height, height) for number, height in enumerate(heights))


def _place(figure: Figure, column: str) -> int:
    return next(place for place, each in enumerate(figure.columns) if each.name == column)


def present(release: Any) -> dict[str, Any]:
    """Return what the front page shows of a release; nothing before the first."""
    figures = release.figures if release else {}
    return {"findings": findings(figures), "grid": agency_grid(figures)}
