"""An attacker who reads everything that was published of people's results, and asks what each count can be."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from catalog_pages.transparency.publication_rules import BASE

Cell = tuple[int, str, str]
People = Mapping[Hashable, str]


class Attacker:
    """Knows the rules, how many people each unit has, how many of them moved between two periods, and every table.

    That is more than ADR 29 promises to withstand, which allows for people who are known, not for how many moved. A
    count is a variable (period, unit, class) of one linear programme over all tables and periods together.
    """

    def __init__(self, classes: Sequence[str]) -> None:
        self.classes = classes
        self.cells: dict[Cell, int] = {}
        self._rows: list[list[tuple[int, int]]] = []
        self._limits: list[float] = []

    def knows_staff(self, period: int, people: Mapping[str, People]) -> None:
        """Learn how many people each unit has."""
        for unit, staff in people.items():
            self._between([(self._cell(period, unit, name), 1) for name in self.classes], len(staff), len(staff))

    def knows_moves(self, period: int, before: Mapping[str, People], now: Mapping[str, People]) -> None:
        """Learn how many of each unit came, went or changed class since the period before."""
        for unit, staff in now.items():
            moved = sum(before[unit].get(each) != staff.get(each) for each in {*before[unit], *staff})
            for name in self.classes:
                pair = [(self._cell(period, unit, name), 1), (self._cell(period - 1, unit, name), -1)]
                self._between(pair, -moved, moved)

    def reads(self, period: int, unit: str, counts: Mapping[str, int | None]) -> None:
        """Learn what a row tells that is new: no class got a ten that another had the larger remainder for.

        ``counts`` stand in the order of the classes. A row of sums tells nothing that the rows below it do not.
        """
        shown = [(self._cell(period, unit, name), count) for name, count in counts.items() if count is not None]
        for (one, more), (other, less) in combinations(shown, 2):
            self._between([(one, 1), (other, -1)], more - less - BASE, more - less + BASE - 1)

    def possible(self, cells: Iterable[Cell]) -> dict[Cell, tuple[float, float]]:
        """Return for cells the least and the most that each can be, whatever is known taken together."""
        entries = [(line, cell, sign) for line, row in enumerate(self._rows) for cell, sign in row]
        lines, columns, signs = zip(*entries, strict=True)
        matrix = coo_matrix((signs, (lines, columns)), shape=(len(self._rows), len(self.cells))).tocsr()
        return {cell: self._range(matrix, self.cells[cell]) for cell in cells if cell in self.cells}

    def _range(self, matrix: object, place: int) -> tuple[float, float]:
        wanted = np.zeros(len(self.cells))
        wanted[place] = 1
        found = [linprog(side * wanted, A_ub=matrix, b_ub=self._limits, bounds=(0, None)) for side in (1, -1)]
        if not all(one.status == 0 for one in found):
            raise AssertionError(f"what was read does not agree with what is known: {found[0].message}")
        return found[0].fun, -found[1].fun

    def _cell(self, *name: object) -> int:
        return self.cells.setdefault(name, len(self.cells))  # type: ignore[arg-type]

    def _between(self, terms: list[tuple[int, int]], low: float, high: float) -> None:
        self._rows += [terms, [(cell, -sign) for cell, sign in terms]]
        self._limits += [high, -low]
