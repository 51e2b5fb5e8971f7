"""What may be published of the classes that people were put into: whole tens, and never a person. Pure.

1. Everybody is counted in one unit at most. A unit is published as a whole, or by its parts where these lose few of
   its people; what is published of a unit by its parts is the sum of their rows.
2. A unit of fewer than BASE people has no row. A row hands out as many tens as the people of the unit fill: each class
   gets the full tens of its people, and the tens that are left go to the classes with the largest remainders.
3. A period is published once, in all its units together; corrections do not change what was published. In a new period
   a row stays as it was until at least FEW people of the unit have come, gone or changed class since it was new. A new
   unit waits until that many of its people have not been published with the same class elsewhere.

4. To the sum at the top, which is a part of nothing, the people are added whom rounding left out of those rows that are
   new in the period and have tens in several classes: where they are MANY in every class, or can be made so by taking
   what others lack from the largest. What comes out is rounded like a row.

Whether a unit or its parts are published follows from how many people the units have, never from their classes. The
proof that nobody is found out, also by those who know these rules, all that was ever published, and up to three of the
people, is docs/adr/0029; tests/disclosure tries every small province.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

BASE = 10
FEW = BASE // 2
# A unit is published by its parts where they cover at least this share of its people, in percent.
COVERED = 90
# So many people whom rounding left out are added to each class of the top at least: as many as four units leave.
MANY = 4 * BASE

# What a person is known by, and the class.
People = Mapping[Any, str]
NoRowReason = Literal["", "sum", "part", "small", "waits"]


@dataclass(frozen=True)
class Disclosure:
    """The people whom a unit's row counts, as they were when the row was ``new_in`` a period.

    ``period`` is when the row was published last.
    """

    period: str
    new_in: str
    people: People


@dataclass(frozen=True)
class UnitRow:
    """A unit's row: people by class in tens. ``reason`` is empty for a row of its own, ``sum`` for one of its parts.

    Otherwise there is none, ``counts`` is empty, and ``reason`` says that the unit is published with the one above
    (``part``), has too few people (``small``), or had too few changes since its people were published (``waits``).
    ``total`` is how many people the row is of, in full tens: as many as are counted, and in a sum those besides whom
    rounding left out.
    """

    unit: str
    counts: Mapping[str, int]
    reason: NoRowReason = ""
    total: int | None = None

    @property
    def is_published(self) -> bool:
        """Return whether the row has published counts."""
        return bool(self.counts)


class UnitTree:
    """Units, how many people each has, and which they are parts of; says which have rows of their own."""

    def __init__(self, sizes: Mapping[str, int], parents: Mapping[str, str]) -> None:
        self.sizes, self.parents = sizes, parents
        self.parts: dict[str, list[str]] = defaultdict(list)
        for part, whole in parents.items():
            self.parts[whole].append(part)

    def units_with_rows(self, unit: str, before: Mapping[str, Disclosure]) -> list[str]:
        """Return the unit, or those below it, that have rows of their own; published units stay as they were."""
        below = list(chain.from_iterable(self.units_with_rows(part, before) for part in self.parts.get(unit, ())))
        if unit not in before and (self._covers(below, unit) or any(part in before for part in self.below(unit))):
            return below
        return [unit] if self.sizes[unit] >= BASE else []

    def _covers(self, parts: Sequence[str], unit: str) -> bool:
        people = sum(self.sizes[part] for part in parts)
        return people > 0 and 100 * people >= COVERED * self.sizes[unit]

    def below(self, unit: str) -> Iterator[str]:
        """Return all units that it is made up of."""
        for part in self.parts.get(unit, ()):
            yield part
            yield from self.below(part)

    def above(self, unit: str) -> Iterator[str]:
        """Return all units that it is a part of."""
        while unit in self.parents:
            unit = self.parents[unit]
            yield unit


def choose_disclosures(
    units: Mapping[str, People], *, period: str, parents: Mapping[str, str], before: Mapping[str, Disclosure]
) -> dict[str, Disclosure]:
    """Return the units that have rows of their own, with the people that these count: rules 1 and 3.

    ``units`` maps a unit to its people and their classes; ``parents`` a unit to the one that it is a part of, whose
    people are those of all its parts and stand in ``units`` too. ``before`` is what this returned for the last
    publication of each unit, the latest last. A period never comes again after a later one.
    Raises ValueError where somebody would be counted in two units.
    """
    if any(disclosure.period == period for disclosure in before.values()):
        return {
            unit: disclosure for unit, disclosure in before.items() if disclosure.period == period and unit in units
        }
    tree = UnitTree({unit: len(people) for unit, people in units.items()}, parents)
    chosen = [unit for root in units if root not in parents for unit in tree.units_with_rows(root, before)]
    if len(set(chain.from_iterable(units[unit] for unit in chosen))) < sum(len(units[unit]) for unit in chosen):
        raise ValueError("somebody stands in two units, neither of which is a part of the other")
    published = dict(chain.from_iterable(disclosure.people.items() for disclosure in before.values()))
    candidates = {unit: _disclosure(period, units[unit], before.get(unit), published) for unit in chosen}
    return {unit: disclosure for unit, disclosure in candidates.items() if disclosure is not None}


def _disclosure(period: str, now: People, previous: Disclosure | None, published: People) -> Disclosure | None:
    """Return the people that a row counts: those of now, those it counted before, or None for no row.

    ``published`` maps everybody who was counted in any row to the class that they were counted in.
    """
    last = previous.people if previous else {person: published[person] for person in now if person in published}
    if _count_changes(now, last) >= FEW:
        return Disclosure(period, period, now)
    return Disclosure(period, previous.new_in, last) if previous else None


def _count_changes(people: People, last: People) -> int:
    """Count the people who came, went, or have another class now."""
    return sum(people.get(person) != last.get(person) for person in {*people, *last})


def unit_rows(
    units: Mapping[str, People],
    classes: Sequence[str],
    *,
    parents: Mapping[str, str],
    disclosures: Mapping[str, Disclosure],
) -> list[UnitRow]:
    """Return a row for each unit, in the order of ``units``; ``disclosures`` is from ``choose_disclosures``."""
    tree = UnitTree({unit: len(people) for unit, people in units.items()}, parents)
    own = {unit: _count_people(disclosure.people, classes) for unit, disclosure in disclosures.items()}
    new = {unit for unit, disclosure in disclosures.items() if disclosure.new_in == disclosure.period}
    return [_unit_row(unit, tree, own, new) for unit in units]


@dataclass(frozen=True)
class _UnitCounts:
    """True counts of a unit in the order of the classes, and the published ones."""

    classes: Sequence[str]
    true: Sequence[int]
    rounded: Sequence[int]

    @property
    def is_mixed(self) -> bool:
        """Return whether several classes have tens."""
        return sum(count > 0 for count in self.rounded) > 1


def _count_people(people: People, classes: Sequence[str]) -> _UnitCounts:
    by_class = Counter(people.values())
    if unknown := by_class.keys() - set(classes):
        raise ValueError(f"there are no such classes: {', '.join(sorted(unknown))}")
    true = [by_class[name] for name in classes]
    return _UnitCounts(classes, true, in_tens(true))


def _unit_row(unit: str, tree: UnitTree, own: Mapping[str, _UnitCounts], new: Set[str]) -> UnitRow:
    if unit in own:
        return UnitRow(unit, dict(zip(own[unit].classes, own[unit].rounded, strict=True)), total=sum(own[unit].rounded))
    parts = [part for part in tree.below(unit) if part in own]
    if parts:
        left_out = [own[part] for part in parts if part in new and own[part].is_mixed and unit not in tree.parents]
        return _sum_row(unit, sum(tree.sizes[part] for part in parts), [own[part] for part in parts], left_out)
    if any(whole in own for whole in tree.above(unit)):
        return UnitRow(unit, {}, "part")
    return UnitRow(unit, {}, "small" if tree.sizes[unit] < BASE else "waits")


def _sum_row(unit: str, people: int, parts: Sequence[_UnitCounts], left_out: Sequence[_UnitCounts]) -> UnitRow:
    rounded = _add_up(part.rounded for part in parts)
    rest = _add_up([exact - tens for exact, tens in zip(part.true, part.rounded, strict=True)] for part in left_out)
    if sum(rest) >= MANY * len(rounded):
        rounded = in_tens(_add_up([rounded, _raise_to_minimum(rest)]))
    return UnitRow(
        unit, dict(zip(parts[0].classes, rounded, strict=True)), "sum", max(people // BASE * BASE, sum(rounded))
    )


def _add_up(lists_of_counts: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*lists_of_counts, strict=True)]


def _raise_to_minimum(rest: Sequence[int]) -> list[int]:
    """Return numbers with the same sum, each at least MANY: what others lack is taken from the largest, one by one."""
    counts = [max(count, MANY) for count in rest]
    for _ in range(sum(counts) - sum(rest)):
        counts[counts.index(max(counts))] -= 1
    return counts


def in_tens(counts: Sequence[int]) -> list[int]:
    """Round counts to multiples of BASE that add up to the full tens of their sum, by largest remainders.

    Of equal remainders the first gets the ten. No count is off by BASE or more.
    """
    tens = [count // BASE for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(counts[place] % BASE))
    for place in by_remainder[: sum(counts) // BASE - sum(tens)]:
        tens[place] += 1
    return [ten * BASE for ten in tens]
