"""The cap on a level as it stands in a period: how many may hold it, who does by the points, who was decided.

Nobody is demoted here: a person decides, and says why (``actions.decide``).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction

from cms.evaluations.models import Period, Result
from cms.frameworks.models import FrameworkVersion
from cms.scoring import caps
from cms.scoring.caps import Classified, Ranked
from cms.scoring.definition.classification import Cap
from cms.scoring.exact import read_number


@dataclass(frozen=True)
class BoardGroup:
    """One group under one cap; ``decided`` counts those who were decided to hold the level."""

    cap: Cap
    position_group: str
    eligible: int
    allowance: int
    ranked: tuple[Ranked, ...]
    decided: int
    sentence: str

    @property
    def holding(self) -> int:
        """Return how many have the level by the points and the cases that hold it down."""
        return len(self.ranked)

    @property
    def breached(self) -> bool:
        """Return whether more have the level by the points than may hold it."""
        return self.holding > self.allowance

    def cap_with(self, base: str) -> Cap:
        """Return the cap as it would be with another reading of its base."""
        return dataclasses.replace(self.cap, base=dataclasses.replace(self.cap.base, value=base))


def cap_board(period: Period) -> list[BoardGroup]:
    """Return the groups of every cap of the frameworks of a period, in the order of their position groups.

    The agency of the cap is that of the period: its units count together.
    """
    results = Result.objects.in_period(period).filter(evaluation__framework__isnull=False)
    columns = (
        "evaluation__framework", "evaluation__officer__code", "evaluation__position_group", "total", "level",
        "evaluation__level",
    )  # fmt: skip
    people: dict[int, list[Classified]] = {}
    decided: dict[tuple[int, str, str], int] = {}
    for framework, code, group, total, level, chosen in results.order_by().values_list(*columns):
        points = read_number(total) or Fraction(0)
        person = Classified(code, points, level if total is not None else None, period.agency.code, group)
        people.setdefault(framework, []).append(person)
        decided[framework, group, chosen] = decided.get((framework, group, chosen), 0) + 1
    board = []
    for framework, version in FrameworkVersion.objects.in_bulk(people).items():
        for cap in version.definition.classification.caps:
            for found in caps.rank(cap, people[framework]).groups:
                group = found.key[-1] if "position_group" in cap.groups.value else ""
                board.append(BoardGroup(
                    cap, group, found.eligible, found.allowance, found.ranked,
                    sum(n for (of, own, level), n in decided.items()
                        if of == framework and level == cap.level and group in ("", own)),
                    found.sentence,
                ))  # fmt: skip
    return sorted(board, key=lambda each: each.position_group)
