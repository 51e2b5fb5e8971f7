"""Which of several frameworks judges somebody: one decision over plain rows, without a database.

A framework made of another takes its place. Of the rest the one with the narrower scope wins: single agencies, then
subtrees (the deeper first; an agency's own framework is for its subtree), then kinds or blocks, then everybody. Two of
the same scope have no winner: ADR 53.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from cms.scoring.definition.whole import AppliesTo
from cms.scoring.definition.words import ORGANISATION

# Beside the lists of ``AppliesTo``: the agency whose own framework it is.
OWN_AGENCY = "agency"
_OF_OFFICERS = ("categories", "position_groups")


class AgencyScope(IntEnum):
    """How narrowly a framework names the agencies that it is for; the narrowest wins."""

    EVERYWHERE = 0
    KIND_OR_BLOCK = 1
    SUBTREE = 2
    SINGLE = 3


@dataclass(frozen=True)
class SubjectFacts:
    """What of an officer's posting, or of an organisation, decides which framework it falls under, on one day."""

    subject: str
    agency_code: str
    agency_kind: str
    agency_block: str
    agency_path: str
    category: str = ""
    role: str = ORGANISATION
    position_group: str = ""

    def values(self) -> dict[str, str]:
        """Return what each list of ``AppliesTo`` is compared with; subtrees are compared by path."""
        return {
            "categories": self.category, "roles": self.role, "position_groups": self.position_group,
            "kinds": self.agency_kind, "blocks": self.agency_block, "agencies": self.agency_code,
        }  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A version that holds on the day: ``paths`` are the places in the tree of the agencies in ``subtrees``, by code.

    ``own_code`` and ``own_path`` are of the agency whose own framework it is; both empty for the province's.
    """

    version: int
    framework: int
    base: int | None
    subject: str
    applies: AppliesTo
    paths: Mapping[str, str] = field(default_factory=dict)
    own_code: str = ""
    own_path: str = ""

    @property
    def scope(self) -> AgencyScope:
        """Return how narrowly the framework names its agencies."""
        if self.applies.agencies:
            return AgencyScope.SINGLE
        if self.applies.subtrees or self.own_path:
            return AgencyScope.SUBTREE
        return AgencyScope.KIND_OR_BLOCK if self.applies.kinds or self.applies.blocks else AgencyScope.EVERYWHERE

    @property
    def roots(self) -> frozenset[str]:
        """Return the codes of the agencies below which the framework holds."""
        return frozenset(self.applies.subtrees) | ({self.own_code} if self.own_code else frozenset())


@dataclass(frozen=True)
class Decision:
    """The candidate that judges, those it wins over; or those of which none wins."""

    winner: Candidate | None = None
    beaten: tuple[Candidate, ...] = ()
    tied: tuple[Candidate, ...] = ()


def decide(candidates: Iterable[Candidate], facts: SubjectFacts) -> Decision:
    """Return which of the candidates judges, among those that fit."""
    fitting = [each for each in candidates if each.subject == facts.subject and not misfits(each, facts)]
    replaced = {each.base for each in fitting if each.base is not None}
    standing = [each for each in fitting if each.framework not in replaced]
    if not standing:
        return Decision()
    best = max(_rank(each, facts) for each in standing)
    first = [each for each in standing if _rank(each, facts) == best]
    if len(first) > 1:
        return Decision(tied=tuple(first))
    return Decision(first[0], tuple(each for each in fitting if each is not first[0]))


def misfits(candidate: Candidate, facts: SubjectFacts) -> tuple[str, ...]:
    """Return the lists of ``AppliesTo`` that leave the subject out, and ``OWN_AGENCY``; empty when it fits."""
    left_out = [
        name
        for name, value in facts.values().items()
        if getattr(candidate.applies, name)
        and value not in getattr(candidate.applies, name)
        and not (facts.subject == ORGANISATION and name in _OF_OFFICERS)
    ]
    if candidate.applies.subtrees and not _depths(candidate, facts):
        left_out.append("subtrees")
    if candidate.own_path and not facts.agency_path.startswith(candidate.own_path):
        left_out.append(OWN_AGENCY)
    return tuple(left_out)


def is_undecided(one: Candidate, other: Candidate) -> bool:
    """Return whether somebody whom both fit would have no winner: neither replaces the other, nor is it narrower."""
    if one.scope != other.scope or one.base == other.framework or other.base == one.framework:
        return False
    if one.scope == AgencyScope.SINGLE:
        return not set(one.applies.agencies).isdisjoint(other.applies.agencies)
    return one.scope != AgencyScope.SUBTREE or not one.roots.isdisjoint(other.roots)


def placings(candidate: Candidate) -> list[tuple[tuple[int, int], str]]:
    """Return each rank that a candidate can have, with the place in the tree at or below which it has that one.

    Below several of them the highest counts; the empty place is anywhere.
    """
    if candidate.scope != AgencyScope.SUBTREE:
        return [((candidate.scope, 0), "")]
    own = candidate.own_path
    places = [max(path, own, key=len) for path in candidate.paths.values()] if candidate.applies.subtrees else [own]
    return [((AgencyScope.SUBTREE, len(place)), place) for place in places]


def _rank(candidate: Candidate, facts: SubjectFacts) -> tuple[int, int]:
    depth = max(_depths(candidate, facts), default=0) if candidate.scope == AgencyScope.SUBTREE else 0
    return candidate.scope, max(depth, len(candidate.own_path) if candidate.scope == AgencyScope.SUBTREE else 0)


def _depths(candidate: Candidate, facts: SubjectFacts) -> list[int]:
    return [
        len(candidate.paths[code])
        for code in candidate.applies.subtrees
        if code in candidate.paths and facts.agency_path.startswith(candidate.paths[code])
    ]
