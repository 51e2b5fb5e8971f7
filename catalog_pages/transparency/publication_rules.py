"""What may be published of the classes that people were put into: whole tens, and never a person. Pure.

1. Everybody is told of in one unit at most. A unit is told of as a whole, or by its parts where these lose few of its
   people; what is told of a unit by its parts is the sum of their rows.
2. A unit of fewer than BASE people has no row. A row hands out as many tens as the people of the unit fill: each class
   gets the full tens of its people, and the tens that are left go to the classes with the largest remainders.
3. A period is told of once, in all its units together; corrections do not change what was told of it. In a new period
   a row stays as it was until at least FEW people of the unit have come, gone or changed class since it was new. A new
   unit waits until that many of its people have not been told of like that elsewhere.

4. To the sum at the top, which is a part of nothing, the people are added whom rounding left out of those rows that are
   new in the period and have tens in several classes: where they are MANY in every class, or can be made so by taking
   what others lack from the largest. What comes out is rounded like a row.

What is told by a unit or by its parts follows from how many people the units have, never from their classes. The proof
that nobody is found out, also by those who know these rules, all that was ever published, and up to three of the
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
# A unit is told of by its parts where they tell of at least this share of its people, in percent.
COVERED = 90
# So many people whom rounding left out are added to each class of the top at least: as many as four units leave.
MANY = 4 * BASE

# What a person is known by, and the class.
People = Mapping[Any, str]
Why = Literal["", "sum", "part", "small", "waits"]


@dataclass(frozen=True)
class Disclosure:
    """Of whom a unit's row tells: its people as they were when the row was ``new_in`` a period.

    ``period`` is when it was told last.
    """

    period: str
    new_in: str
    people: People


@dataclass(frozen=True)
class Row:
    """A unit's row: people by class in tens. ``why`` is empty for a row of its own, ``sum`` for one of its parts.

    Otherwise there is none, ``counts`` is empty, and ``why`` says that the unit is told of with the one above
    (``part``), has too few people (``small``), or had too few changes since its people were told of (``waits``).
    ``total`` is how many people the row is of, in full tens: as many as are counted, and in a sum those besides of whom
    rounding tells nothing.
    """

    unit: str
    counts: Mapping[str, int]
    why: Why = ""
    total: int | None = None

    @property
    def is_shown(self) -> bool:
        """Return whether the row tells anything."""
        return bool(self.counts)


class Tree:
    """Units, how many people each has, and which they are parts of; says which have rows of their own."""

    def __init__(self, sizes: Mapping[str, int], parents: Mapping[str, str]) -> None:
        self.sizes, self.parents = sizes, parents
        self.parts: dict[str, list[str]] = defaultdict(list)
        for part, whole in parents.items():
            self.parts[whole].append(part)

    def units_with_rows(self, unit: str, before: Mapping[str, Disclosure]) -> list[str]:
        """Return the unit, or those below it, that have rows of their own; what was told once stays told that way."""
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


def disclosures(
    units: Mapping[str, People], *, period: str, parents: Mapping[str, str], before: Mapping[str, Disclosure]
) -> dict[str, Disclosure]:
    """Return the units that have rows of their own, with the people that these tell of: rules 1 and 3.

    ``units`` maps a unit to its people and their classes; ``parents`` a unit to the one that it is a part of, whose
    people are those of all its parts and stand in ``units`` too. ``before`` is what this returned for the last
    publication of each unit, the latest last. A period never comes again after a later one.
    Raises ValueError where somebody would be told of in two units.
    """
    if any(told.period == period for told in before.values()):
        return {unit: told for unit, told in before.items() if told.period == period and unit in units}
    tree = Tree({unit: len(people) for unit, people in units.items()}, parents)
    chosen = [unit for root in units if root not in parents for unit in tree.units_with_rows(root, before)]
    if len(set(chain.from_iterable(units[unit] for unit in chosen))) < sum(len(units[unit]) for unit in chosen):
        raise ValueError("somebody stands in two units, neither of which is a part of the other")
    elsewhere = dict(chain.from_iterable(told.people.items() for told in before.values()))
    found = {unit: _disclosure(period, units[unit], before.get(unit), elsewhere) for unit in chosen}
    return {unit: each for unit, each in found.items() if each is not None}


def _disclosure(period: str, now: People, told: Disclosure | None, elsewhere: People) -> Disclosure | None:
    """Return of whom a row is to tell: of those now, of those it told of before, or None of nobody."""
    last = told.people if told else {person: elsewhere[person] for person in now if person in elsewhere}
    if _moved(now, last) >= FEW:
        return Disclosure(period, period, now)
    return Disclosure(period, told.new_in, last) if told else None


def _moved(people: People, last: People) -> int:
    """Count the people who came, went, or have another class now."""
    return sum(people.get(person) != last.get(person) for person in {*people, *last})


def rows(
    units: Mapping[str, People], classes: Sequence[str], *, parents: Mapping[str, str], told: Mapping[str, Disclosure]
) -> list[Row]:
    """Return a row for each unit, in the order of ``units``; ``told`` is what ``disclosures`` returned."""
    tree = Tree({unit: len(people) for unit, people in units.items()}, parents)
    own = {unit: _counted(each.people, classes) for unit, each in told.items()}
    new = {unit for unit, each in told.items() if each.new_in == each.period}
    return [_row(unit, tree, own, new) for unit in units]


@dataclass(frozen=True)
class _Counted:
    """True counts of a unit in the order of the classes, and what is shown of them."""

    classes: Sequence[str]
    true: Sequence[int]
    shown: Sequence[int]

    @property
    def is_mixed(self) -> bool:
        """Return whether several classes have tens."""
        return sum(count > 0 for count in self.shown) > 1


def _counted(people: People, classes: Sequence[str]) -> _Counted:
    having = Counter(people.values())
    if unknown := having.keys() - set(classes):
        raise ValueError(f"there are no such classes: {', '.join(sorted(unknown))}")
    true = [having[name] for name in classes]
    return _Counted(classes, true, in_tens(true))


def _row(unit: str, tree: Tree, own: Mapping[str, _Counted], new: Set[str]) -> Row:
    if unit in own:
        return Row(unit, dict(zip(own[unit].classes, own[unit].shown, strict=True)), total=sum(own[unit].shown))
    parts = [part for part in tree.below(unit) if part in own]
    if parts:
        left_out = [own[part] for part in parts if part in new and own[part].is_mixed and unit not in tree.parents]
        return _sum(unit, sum(tree.sizes[part] for part in parts), [own[part] for part in parts], left_out)
    if any(whole in own for whole in tree.above(unit)):
        return Row(unit, {}, "part")
    return Row(unit, {}, "small" if tree.sizes[unit] < BASE else "waits")


def _sum(unit: str, people: int, parts: Sequence[_Counted], left_out: Sequence[_Counted]) -> Row:
    shown = _added(part.shown for part in parts)
    rest = _added([true - told for true, told in zip(each.true, each.shown, strict=True)] for each in left_out)
    if sum(rest) >= MANY * len(shown):
        shown = in_tens(_added([shown, _many(rest)]))
    return Row(unit, dict(zip(parts[0].classes, shown, strict=True)), "sum", max(people // BASE * BASE, sum(shown)))


def _added(rows_: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows_, strict=True)]


def _many(rest: Sequence[int]) -> list[int]:
    """Return numbers with the same sum, each at least MANY: what others lack is taken from the largest, one by one."""
    raised = [max(count, MANY) for count in rest]
    for _ in range(sum(raised) - sum(rest)):
        raised[raised.index(max(raised))] -= 1
    return raised


def in_tens(counts: Sequence[int]) -> list[int]:
    """Round counts to multiples of BASE that add up to the full tens of their sum, by largest remainders.

    Of equal remainders the first gets the ten. No count is off by BASE or more.
    """
    tens = [count // BASE for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(counts[place] % BASE))
    for place in by_remainder[: sum(counts) // BASE - sum(tens)]:
        tens[place] += 1
    return [ten * BASE for ten in tens]
