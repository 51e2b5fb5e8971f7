"""The rule that stood before ADR 29, kept for the enumerator to win against, and for what both leave to be read.

What may be published of the classes that people were put into: rounded counts, and never a person.

The one table that exists has a row for each unit (agencies, and what they are summed up to) and a column for each
class.

1. A unit of fewer than MIN_UNIT people has no row.
2. A count is shown when at least MIN_CELL people have the class and at least MIN_CELL of the unit have not: no class is
   ever told to be nobody's or everybody's. What is shown is rounded to ROUND, the total of the row too.
3. Where what is shown would leave too little room for what is withheld, more is withheld, until each number that is
   withheld may be any of MIN_CELL numbers, and not few people's alone. Room is looked for as somebody would who knows
   how many people each unit has: in the row, and over all levels of units of which others are made up, since what a
   division withholds may follow from the province and the other divisions.
4. A row is not published again while fewer than MIN_CELL people of the unit have come, gone or changed class since its
   last publication: between two tables nobody is the only one who moved. A correction waits for the next publication.

Source: the usual floor of official statistics (cells under 5), and what is known of re-identification by difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MIN_UNIT = 10
MIN_CELL = 5
ROUND = 5
# A rounded count is at most this far from the true one.
_OFF = ROUND // 2

# What a person is known by, and the class.
People = Mapping[Any, str]
Cell = tuple[str, str]  # unit and class
Terms = Sequence[tuple[Cell, int]]
# Counts, each with its sign, and what they add up to.
Sum = tuple[int, Terms]


@dataclass
class Row:
    """A unit's row: rounded total and counts by class; None is withheld. ``why`` says why a whole row is."""

    unit: str
    total: int | None
    counts: dict[str, int | None] = field(default_factory=dict)
    why: str = ""

    @property
    def is_shown(self) -> bool:
        """Return whether the row tells anything."""
        return not self.why

    @property
    def shown(self) -> list[int]:
        """Return the counts that are told."""
        return [count for count in self.counts.values() if count is not None]


def publishable(
    units: Mapping[str, People],
    classes: Sequence[str],
    *,
    parents: Mapping[str, str],
    before: Mapping[str, People] | None = None,
) -> list[Row]:
    """Return the rows that may be published, in the order of ``units``.

    ``units`` maps a unit to its people and their classes; ``parents`` a unit to the one that it is a part of, whose
    people are those of all its parts and stand in ``units`` too. ``before`` holds of each unit the people of its last
    publication.
    """
    rows = {unit: _row(unit, people, classes, (before or {}).get(unit)) for unit, people in units.items()}
    sizes = {unit: len(people) for unit, people in units.items()}
    sums = _sums(sizes, classes, parents)
    # Each round withholds one count more, so this ends.
    while (cell := _shown_too_much(rows, sizes, sums)) is not None:
        unit, name = cell
        rows[unit].counts[name] = None
    return list(rows.values())


def _row(unit: str, people: People, classes: Sequence[str], last: People | None) -> Row:
    size = len(people)
    if size < MIN_UNIT:
        return Row(unit, None, dict.fromkeys(classes), "small")
    if last is not None and 0 < _moved(people, last) < MIN_CELL:
        return Row(unit, None, dict.fromkeys(classes), "few_changes")
    having = Counter(people.values())
    counts = {name: rounded(having[name]) if MIN_CELL <= having[name] <= size - MIN_CELL else None for name in classes}
    return Row(unit, rounded(size), counts)


def _moved(people: People, last: People) -> int:
    """Count the people who came, went, or have another class now."""
    return sum(people.get(person) != last.get(person) for person in {*people, *last})


def rounded(count: int) -> int:
    """Return the nearest multiple of ROUND; with an odd ROUND there is never a tie."""
    return (count + _OFF) // ROUND * ROUND


def _sums(sizes: Mapping[str, int], classes: Sequence[str], parents: Mapping[str, str]) -> list[Sum]:
    """Return what adds up: the classes of each unit to its size, and in each class the parts of a unit to the whole."""
    parts: dict[str, list[str]] = {}
    for unit, parent in parents.items():
        parts.setdefault(parent, []).append(unit)
    sums: list[Sum] = [(size, [((unit, name), 1) for name in classes]) for unit, size in sizes.items()]
    for whole, family in parts.items():
        sums += [(0, [((whole, name), -1), *(((part, name), 1) for part in family)]) for name in classes]
    return sums


def _shown_too_much(rows: Mapping[str, Row], sizes: Mapping[str, int], sums: Sequence[Sum]) -> Cell | None:
    """Return a count to be withheld because one that is withheld has too little room; None where all have room."""
    ranges = _ranges(rows, sizes, sums)
    for (unit, name), (least, most) in ranges.items():
        # Of fewer people than that, nothing at all can be told and each may still have any class.
        has_room = most - least >= min(MIN_CELL - 1, sizes[unit]) and most >= min(MIN_CELL, sizes[unit])
        if rows[unit].counts[name] is None and not has_room:
            found = _nearest_shown((unit, name), rows, sums)
            if found is not None:
                return found
    return None


def _ranges(rows: Mapping[str, Row], sizes: Mapping[str, int], sums: Sequence[Sum]) -> dict[Cell, tuple[int, int]]:
    """Return what each count can be to somebody who adds and subtracts until nothing more follows."""
    ranges: dict[Cell, tuple[int, int]] = {}
    for unit, row in rows.items():
        for name, count in row.counts.items():
            reported = (0, sizes[unit]) if count is None else (count - _OFF, count + _OFF)
            known = (0, sizes[unit]) if count is None else (MIN_CELL, sizes[unit] - MIN_CELL)
            ranges[unit, name] = max(reported[0], known[0]), min(reported[1], known[1])
    while any([_narrowed(ranges, total, terms) for total, terms in sums]):
        pass
    return ranges


def _narrowed(ranges: dict[Cell, tuple[int, int]], total: int, terms: Terms) -> bool:
    """Narrow the ranges of counts that add up to a total by each other; say whether anything followed."""
    signed = [_signed(ranges[cell], sign) for cell, sign in terms]
    low, high = sum(each[0] for each in signed), sum(each[1] for each in signed)
    changed = False
    for (cell, sign), (least, most) in zip(terms, signed, strict=True):
        follows = _signed((total - (high - most), total - (low - least)), sign)
        before = ranges[cell]
        ranges[cell] = max(before[0], follows[0]), min(before[1], follows[1])
        changed = changed or ranges[cell] != before
    return changed


def _signed(span: tuple[int, int], sign: int) -> tuple[int, int]:
    return span if sign > 0 else (-span[1], -span[0])


def _nearest_shown(cell: Cell, rows: Mapping[str, Row], sums: Sequence[Sum]) -> Cell | None:
    """Return the smallest of the shown counts that are fewest sums away; None where all that adds up is withheld."""
    seen, edge = {cell}, {cell}
    while edge:
        reached = {other for _total, terms in sums if edge & {each for each, _ in terms} for other, _ in terms} - seen
        shown = [(count, other) for other in reached if (count := rows[other[0]].counts[other[1]]) is not None]
        if shown:
            return min(shown)[1]
        seen, edge = seen | reached, reached
    return None
