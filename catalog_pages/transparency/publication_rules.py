"""What may be published of the classes that people were put into: rounded counts, and never a person. Pure.

The one table that exists has a row for each unit (agencies, and what they are summed up to) and a column for each
class.

1. A unit of fewer than MIN_UNIT people has no row.
2. A count is shown when at least MIN_CELL people have the class and at least MIN_CELL of the unit have not: no class is
   ever told to be nobody's or everybody's. What is shown is rounded to ROUND, the total of the row too.
3. Where what is shown would leave too little room for what is withheld (in the row, or among the units of which another
   is made up), more is withheld, until there is room for at least MIN_CELL people more or fewer.
4. A row is not published again while fewer than MIN_CELL people of the unit have come, gone or changed class since its
   last publication: between two tables nobody is the only one who moved. A correction waits for the next publication.

Source: the usual floor of official statistics (cells under 5), and what is known of re-identification by difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

MIN_UNIT = 10
MIN_CELL = 5
ROUND = 5
# A rounded count is at most this far from the true one.
_OFF = ROUND // 2

People = Mapping[Hashable, str]


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
    parts: dict[str, list[str]] = {}
    for unit, parent in parents.items():
        parts.setdefault(parent, []).append(unit)
    # Each round withholds at least one count more, so this ends.
    while any(
        [_make_room_in(row) for row in rows.values()] + [_make_room_above(rows, *family) for family in parts.items()]
    ):
        pass
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


def _make_room_in(row: Row) -> bool:
    """Withhold the smallest count of a row whose total would tell too much about those withheld; say whether so."""
    if not row.is_shown or row.total is None or not row.shown or None not in row.counts.values():
        return False
    if _has_room(row.total, row.shown):
        return False
    smallest = min(row.shown)
    row.counts[next(name for name, count in row.counts.items() if count == smallest)] = None
    return True


def _make_room_above(rows: Mapping[str, Row], parent: str, parts: Sequence[str]) -> bool:
    """Withhold where a unit's count and those of its parts would tell too much about each other."""
    whole, changed = rows[parent], False
    for name, told in list(whole.counts.items()):
        counts = [rows[part].counts[name] for part in parts]
        known = [count for count in counts if count is not None]
        if told is not None and len(known) < len(counts) and not _has_room(told, known):
            whole.counts[name] = None
            changed = True
        elif told is None and whole.is_shown and known and len(known) == len(counts):
            # All parts together are the whole: one of them has to be silent too.
            largest = max(known)
            rows[next(part for part in parts if rows[part].counts[name] == largest)].counts[name] = None
            changed = True
    return changed


def _has_room(total: int, known: Sequence[int]) -> bool:
    """Return whether what is left of a total beside known counts may be at least MIN_CELL people, and as many more."""
    most = total + _OFF - sum(count - _OFF for count in known)
    least = max(0, total - _OFF - sum(count + _OFF for count in known))
    return most >= MIN_CELL and most - least >= MIN_CELL - 1
