"""The cap on a level as it stands in a period: how many may hold it, who does by the points, who was decided.

Nobody is demoted here: a person chooses and decides, and says why (``actions.choose_under_cap``, ``actions.decide``).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction

from cms.evaluations.enums import CapDecisionKind
from cms.evaluations.models import CapDecision, Evaluation, Period, Result
from cms.evaluations.models.evaluations import subject_code
from cms.frameworks.models import FrameworkVersion
from cms.scoring import caps
from cms.scoring.caps import Classified, Ranked
from cms.scoring.definition.classification import Cap
from cms.scoring.exact import read_number

# How many of those just below the level are shown.
_NEAR = 5


@dataclass(frozen=True)
class BoardGroup:
    """One group under one cap; ``decided`` counts those who were decided to hold the level.

    ``near`` are the codes and points of those just below it. ``groups`` are the position groups in it: one, or those
    that a decision puts together.
    """

    cap: Cap
    groups: tuple[str, ...]
    eligible: int
    allowance: int
    ranked: tuple[Ranked, ...]
    near: tuple[tuple[str, Fraction], ...]
    decided: int
    exception: str
    sentence: str

    @property
    def position_group(self) -> str:
        """Return the code of the position group; of several, the first."""
        return self.groups[0] if self.groups else ""

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


@dataclass(frozen=True)
class WhatIf:
    """What a board is calculated with instead of what was decided; nothing of it is kept.

    ``exception`` is the document that would allow the higher rate, ``base`` another reading of the base, ``pooled``
    position groups that would count together, ``without`` the codes of those who would not have the level.
    """

    exception: str = ""
    base: str = ""
    pooled: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


def caps_of(evaluation: Evaluation) -> tuple[Cap, ...]:
    """Return the caps of an evaluation's framework."""
    return evaluation.framework.definition.classification.caps if evaluation.framework else ()


def cap_board(period: Period, what_if: WhatIf | None = None) -> list[BoardGroup]:
    """Return the groups of every cap of the frameworks of a period, in the order of their position groups.

    The agency of the cap is that of the period: its units count together.
    """
    asked = what_if or WhatIf()
    exceptions, pools = _decided_for(period, asked)
    people, decided = _people(period, pools, asked)
    board = []
    for framework, version in FrameworkVersion.objects.in_bulk(people).items():
        for own in version.definition.classification.caps:
            cap = _as_asked(own, asked)
            listed = [_below(each, own.level) if each.id in asked.without else each for each in people[framework]]
            for found in caps.rank(cap, listed, exceptions=exceptions).groups:
                inside = _inside(cap, found.key, listed)
                groups = tuple(sorted({each.position_group for each in inside}))
                board.append(BoardGroup(
                    cap, groups if "position_group" in cap.groups.value else (), found.eligible, found.allowance,
                    found.ranked, _near(inside, cap.level),
                    sum(decided.get((framework, each.id), "") == cap.level for each in inside),
                    found.exception, found.sentence,
                ))  # fmt: skip
    return sorted(board, key=lambda each: each.position_group)


def _decided_for(period: Period, asked: WhatIf) -> tuple[dict[str, str], dict[str, str]]:
    """Return the document of the higher rate by agency, and the pool by position group."""
    exceptions: dict[str, str] = {}
    pools: dict[str, str] = {}
    for each in CapDecision.objects.standing().filter(period=period):
        if each.kind == CapDecisionKind.EXCEPTION:
            exceptions[period.agency.code] = f"{each.number}, {each.signed_on:%d/%m/%Y}"
        else:
            pools |= dict.fromkeys(each.groups, "+".join(each.groups))
    if asked.exception:
        exceptions[period.agency.code] = asked.exception
    return exceptions, pools | dict.fromkeys(asked.pooled, "+".join(asked.pooled))


def _people(
    period: Period, pools: dict[str, str], asked: WhatIf
) -> tuple[dict[int, list[Classified]], dict[tuple[int, str], str]]:
    """Return, by framework, those who are counted; and the level that was decided for each of them."""
    results = Result.objects.in_period(period).filter(evaluation__framework__isnull=False)
    columns = (
        "evaluation__framework", subject_code("evaluation"), "evaluation__position_group", "total", "level",
        "evaluation__level",
    )  # fmt: skip
    people: dict[int, list[Classified]] = {}
    decided: dict[tuple[int, str], str] = {}
    for framework, code, group, total, level, chosen in results.order_by().values_list(*columns):
        points = read_number(total) or Fraction(0)
        found = level if total is not None else None
        people.setdefault(framework, []).append(
            Classified(code, points, found, period.agency.code, group, pools.get(group, ""))
        )
        decided[framework, code] = chosen
    return people, decided


def _as_asked(cap: Cap, asked: WhatIf) -> Cap:
    if asked.base:
        cap = dataclasses.replace(cap, base=dataclasses.replace(cap.base, value=asked.base))
    if asked.pooled:
        small = dataclasses.replace(cap.small_groups, value="pooled_by_decision")
        cap = dataclasses.replace(cap, small_groups=small)
    return cap


def _below(person: Classified, level: str) -> Classified:
    """Return the person with the level below the capped one, where they have that."""
    return dataclasses.replace(person, level=caps.level_below(level)) if person.level == level else person


def _inside(cap: Cap, key: tuple[str, ...], people: list[Classified]) -> list[Classified]:
    return [each for each in people if caps.group_key(cap, each) == key]


def _near(people: list[Classified], level: str) -> tuple[tuple[str, Fraction], ...]:
    below = [each for each in people if each.level == caps.level_below(level)]
    return tuple((each.id, each.total) for each in sorted(below, key=lambda one: (-one.total, one.id))[:_NEAR])
