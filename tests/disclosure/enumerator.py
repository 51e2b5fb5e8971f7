"""An attacker who imagines every world that there can be, and keeps those in which the same would be published.

Written from the words of the rule that the page tells everybody, and from nothing else: it imports no code of the rule.
A world is a table of counts, or a history: how many people went through the classes in each possible way.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

TEN, FEW = 10, 5
AWAY = -1
Table = tuple[int, ...]


@cache
def tables(size: int, classes: int) -> tuple[Table, ...]:
    """Return every way to put so many people into the classes."""
    if classes == 1:
        return ((size,),)
    return tuple((first, *rest) for first in range(size + 1) for rest in tables(size - first, classes - 1))


@cache
def described(table: Table) -> Table:
    """Return the row of a unit as the rule is described: of all rows of as many full tens, the one that is nearest.

    Nearest by the sum of the squares of what each count is off; of rows as near, the one with more in the classes that
    stand first. Fewer than ten people have no row.
    """
    tens = tables(sum(table) // TEN, len(table)) if sum(table) >= TEN else ((),)
    rows = [tuple(TEN * number for number in row) for row in tens]
    return min(rows, key=lambda row: (_distance(row, table), [-number for number in row]))


def _distance(row: Table, table: Table) -> int:
    return sum((shown - count) ** 2 for shown, count in zip(row, table, strict=False))


def alike(worlds: Sequence[Table], publish: Callable[[Table], Hashable]) -> list[list[Table]]:
    """Return the worlds in heaps of those of which the same is published."""
    heaps: dict[Hashable, list[Table]] = defaultdict(list)
    for world in worlds:
        heaps[publish(world)].append(world)
    return list(heaps.values())


def least_room(heaps: Sequence[Sequence[Table]], known: Table) -> int:
    """Return the fewest values that any count can have to somebody who knows so many people of each class."""
    rooms = [_room([world for world in heap if _agrees(world, known)]) for heap in heaps]
    return min(room for room in rooms if room is not None)


def _room(worlds: Sequence[Table]) -> int | None:
    return min(len(set(values)) for values in zip(*worlds, strict=True)) if worlds else None


def _agrees(world: Table, known: Table) -> bool:
    return all(count >= least for count, least in zip(world, known, strict=True))


# ---- Histories -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Histories:
    """Every history of one unit over some periods.

    ``ways`` are the ways through the classes (AWAY before somebody comes and after somebody goes), ``people`` has a
    line for each history and a column for each way: how many went it.
    """

    ways: tuple[tuple[int, ...], ...]
    people: np.ndarray
    classes: int

    @classmethod
    def every(cls, size: int, classes: int, periods: int, *, leave: int = 0, come: int = 0) -> Histories:
        """Return all of a unit of so many people who stay, with others who leave after and come in the last period."""
        stay = list(itertools.product(range(classes), repeat=periods))
        go = [(*way, AWAY) for way in itertools.product(range(classes), repeat=periods - 1)]
        new = [(*[AWAY] * (periods - 1), name) for name in range(classes)]
        kinds = [(ways, number) for ways, number in ((stay, size), (go, leave), (new, come)) if number]
        people = np.zeros((1, 0), dtype=np.int8)
        for ways, number in kinds:
            parts = np.array(tables(number, len(ways)), dtype=np.int8)
            people = np.hstack([np.repeat(people, len(parts), axis=0), np.tile(parts, (len(people), 1))])
        return cls(tuple(way for ways, _number in kinds for way in ways), people, classes)

    @property
    def periods(self) -> int:
        """Return over how many periods they go."""
        return len(self.ways[0])

    def counts(self, period: int) -> np.ndarray:
        """Return how many people have each class in a period: a line for each history."""
        having = [[way[period] == name for way in self.ways] for name in range(self.classes)]
        return self.people @ np.array(having, dtype=np.int8).T

    def moved(self, since: int, period: int) -> np.ndarray:
        """Return how many came, went or changed class between two periods."""
        return self.people @ np.array([way[since] != way[period] for way in self.ways], dtype=np.int8)

    def knowing(self, ways: Sequence[int]) -> Histories:
        """Return the histories in which somebody known went each of these ways."""
        wanted = np.bincount(ways, minlength=len(self.ways)) if ways else np.zeros(len(self.ways))
        return Histories(self.ways, self.people[(self.people >= wanted).all(axis=1)], self.classes)

    def rows(self) -> list[np.ndarray]:
        """Return of each period the row as it would be new, as numbers that stand for rows."""
        return [_rows(self.counts(at)) for at in range(self.periods)]

    def published(self, *, silent: bool = False) -> list[np.ndarray]:
        """Return of each period what is published, as ``rows`` does.

        A row stays until FEW have moved since it was new; ``silent``: then nothing is told in the place of the row.
        """
        new = self.rows()
        reported, since = [new[0]], np.zeros(len(self.people), dtype=np.int8)
        for period in range(1, self.periods):
            moved = np.choose(since, [self.moved(before, period) for before in range(period)])
            is_new = moved >= FEW
            reported.append(np.where(is_new, new[period], -1 if silent else reported[-1]))
            since = np.where(is_new, period, since).astype(np.int8)
        return reported

    def least_room(self, *reported: np.ndarray) -> int:
        """Return the fewest values that any count of any period can have among histories that are told alike."""
        key = _lines(np.stack(reported, axis=1))
        return min(_fewest_values(key, column) for at in range(self.periods) for column in self.counts(at).T)


_ROWS: dict[Table, int] = {}


def _rows(counts: np.ndarray) -> np.ndarray:
    rows = (described(tuple(table)) for table in counts.tolist())
    return np.array([_ROWS.setdefault(row, len(_ROWS)) for row in rows], dtype=np.int32)


def _lines(columns: np.ndarray) -> np.ndarray:
    """Return a number for each line, the same for lines that are the same."""
    return np.unique(columns, axis=0, return_inverse=True)[1].ravel()


def _fewest_values(key: np.ndarray, values: np.ndarray) -> int:
    pairs = np.unique(key.astype(np.int64) * 1000 + values)
    return int(np.bincount(pairs // 1000).min())


def known_ways(histories: Histories, people: int) -> Iterator[tuple[int, ...]]:
    """Return every choice of ways for so many people whom somebody knows."""
    return itertools.combinations_with_replacement(range(len(histories.ways)), people)
