"""Officers and their lines of work as columns of integers: what ``batch`` scores, with no object for a line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

MISSING = -1
LINE = (
    "assigned", "completed", "coefficient", "quality_failures", "late_occurrences", "quality_exempt", "late_exempt",
    "days_late",
)  # fmt: skip


class OfficerInput(NamedTuple):
    """An officer on the way into columns.

    Common points and marks in percent are ten-thousandths; each line is a tuple of eight whole numbers as in ``LINE``:
    quantities in ten-thousandths, the coefficient in millionths, counts, exemptions as 0 or 1, and days late, which are
    ``MISSING`` where nobody gave them.
    """

    id: object
    role: str
    common: int
    lines: Iterable[Sequence[int]]
    marks: Mapping[str, int] = {}
    flags: Collection[str] = ()


@dataclass(frozen=True)
class BatchColumns:
    """Lines of work in the order of their officers, and the officers; units as in ``Officer``.

    The lines of officer ``n`` are ``offsets[n]`` up to ``offsets[n + 1]``, so there is one offset more than officers.
    ``marks`` has a column for each marked indicator. Common points or a mark that nobody gave are ``MISSING``.
    ``flags`` has the officers who carry any, by their place.
    """

    offsets: Sequence[int]
    assigned: Sequence[int]
    completed: Sequence[int]
    coefficient: Sequence[int]
    quality_failures: Sequence[int]
    late_occurrences: Sequence[int]
    quality_exempt: Sequence[int]
    late_exempt: Sequence[int]
    days_late: Sequence[int]
    roles: Sequence[str]
    common: Sequence[int]
    marks: Mapping[str, Sequence[int]] = field(default_factory=dict)
    flags: Mapping[int, Collection[str]] = field(default_factory=dict)


def to_columns(officers: Sequence[OfficerInput]) -> BatchColumns:
    """Return the columns of some officers."""
    lines = [list(officer.lines) for officer in officers]
    columns = {name: [*map(itemgetter(place), chain.from_iterable(lines))] for place, name in enumerate(LINE)}
    return BatchColumns(
        offsets=[*accumulate(map(len, lines), initial=0)],
        **columns,
        roles=[officer.role for officer in officers],
        common=[officer.common for officer in officers],
        marks=dict(_marks(officers)),
        flags={place: officer.flags for place, officer in enumerate(officers) if officer.flags},
    )


def _marks(officers: Sequence[OfficerInput]) -> Iterator[tuple[str, list[int]]]:
    """Yield the column of each indicator that anybody has a mark for."""
    for code in {code for officer in officers for code in officer.marks}:
        yield code, [officer.marks.get(code, MISSING) for officer in officers]
