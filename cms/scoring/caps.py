"""How many may hold a level: counted, ranked and shown. Nobody is demoted here; a person decides.

Article 20 of the decree: at most 20 % (25 % by decision) of those classified Good, within one agency and one group of
similar duties. Whether that base is Good alone or Good and better is a setting; so are the groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cms.scoring import wording_rules as words
from cms.scoring.definition.classification import Cap
from cms.scoring.definition.words import LEVELS
from cms.scoring.exact import to_vietnamese

WITHIN, ON_THE_LINE, OVER = "within", "on_the_line", "over"


@dataclass(frozen=True)
class Classified:
    """A person, or an organisation, with the level that total and conditions give; ``level`` None: not decided yet.

    ``pool`` names the groups that a decision puts together, where the cap allows it.
    """

    id: str
    total: Fraction
    level: str | None
    agency: str = ""
    position_group: str = ""
    pool: str = ""


@dataclass(frozen=True)
class Ranked:
    """One who has the capped level: the rank (equal totals share one) and where it stands to the allowance."""

    id: str
    total: Fraction
    rank: int
    standing: str


@dataclass(frozen=True)
class CapGroup:
    """One group: how many count as the base, how many may hold the level, and who does by points."""

    key: tuple[str, ...]
    eligible: int
    allowance: int
    exception: str
    ranked: tuple[Ranked, ...]
    undecided: tuple[str, ...]
    sentence: str

    @property
    def breached(self) -> bool:
        """Say whether more have the level than may hold it."""
        return len(self.ranked) > self.allowance


@dataclass(frozen=True)
class CapResult:
    """The groups in the order of their keys."""

    cap: Cap
    groups: tuple[CapGroup, ...]


def allowance(cap: Cap, eligible: int, *, exception: bool = False) -> int:
    """Return how many may hold the level where so many have Good or better; rounded down.

    ``good_only``: x is at most the rate of those left at Good, x ≤ r(N − x), so x = ⌊rN ÷ (100 + r)⌋;
    ``good_or_better``: x = ⌊rN ÷ 100⌋.
    """
    rate = cap.exception_rate.value if exception else cap.rate.value
    whole = 100 + rate if cap.base.value == "good_only" else Fraction(100)
    return int(rate * eligible // whole)


def rank(cap: Cap, people: Iterable[Classified], *, exceptions: Mapping[str, str] | None = None) -> CapResult:
    """Rank, in each group, those who have the capped level, by total; equal totals stay equal.

    The base is those who have the capped level or the one below it; who is not decided yet is named and not counted.
    ``exceptions`` are decisions that allow the higher rate, by agency: a group has it when all its agencies do.
    """
    groups: dict[tuple[str, ...], list[Classified]] = {}
    for person in people:
        groups.setdefault(group_key(cap, person), []).append(person)
    return CapResult(cap, tuple(_group(cap, key, groups[key], exceptions or {}) for key in sorted(groups)))


def group_key(cap: Cap, person: Classified) -> tuple[str, ...]:
    """Return the key of the group in which a person counts under a cap."""
    if person.pool and cap.small_groups.value == "pooled_by_decision":
        return (person.pool,)
    return tuple(getattr(person, name) for name in cap.groups.value)


def _group(cap: Cap, key: tuple[str, ...], people: list[Classified], exceptions: Mapping[str, str]) -> CapGroup:
    eligible = sum(person.level in _base(cap) for person in people)
    agencies = {person.agency for person in people}
    exception = "; ".join(sorted({exceptions[each] for each in agencies})) if agencies <= exceptions.keys() else ""
    allowed = allowance(cap, eligible, exception=bool(exception))
    ranked = _ranked([person for person in people if person.level == cap.level], allowed)
    undecided = tuple(sorted(person.id for person in people if person.level is None))
    sentence = _sentence(cap, eligible, allowed, exception, ranked, undecided)
    return CapGroup(key, eligible, allowed, exception, ranked, undecided, sentence)


def level_below(level: str) -> str:
    """Return the level below one (Excellent: Good); of the lowest, itself."""
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def _base(cap: Cap) -> tuple[str, ...]:
    """Return the capped level and the one below it (Excellent: Good and better)."""
    return LEVELS[: LEVELS.index(cap.level) + 2]


def _ranked(people: list[Classified], allowed: int) -> tuple[Ranked, ...]:
    """Rank by total: equal totals share the better rank and are on the line together when the line falls on them."""
    people = sorted(people, key=lambda person: (-person.total, person.id))
    equal = Counter(person.total for person in people)
    ranked: list[Ranked] = []
    for place, person in enumerate(people, start=1):
        tied = bool(ranked) and ranked[-1].total == person.total
        rank_ = ranked[-1].rank if tied else place
        last = rank_ + equal[person.total] - 1
        standing = WITHIN if last <= allowed else OVER if rank_ > allowed else ON_THE_LINE
        ranked.append(Ranked(person.id, person.total, rank_, standing))
    return tuple(ranked)


def _sentence(
    cap: Cap, eligible: int, allowed: int, exception: str, ranked: tuple[Ranked, ...], undecided: tuple[str, ...]
) -> str:
    """Say the calculation as a person would write it, and what is left for a person to decide."""
    rate = cap.exception_rate.value if exception else cap.rate.value
    arithmetic = words.CAP_ARITHMETIC[cap.base.value].format(rate=to_vietnamese(rate), eligible=eligible)
    level = words.LEVEL_TITLES[cap.level]
    sentences = [words.CAP_ALLOWED.format(eligible=eligible, allowed=allowed, arithmetic=arithmetic, level=level)]
    over = len(ranked) - allowed
    sentences.append((words.CAP_BREACHED if over > 0 else words.CAP_RESPECTED).format(holding=len(ranked), over=over))
    line = [each for each in ranked if each.standing == ON_THE_LINE]
    if line:
        left = allowed - line[0].rank + 1
        sentences.append(words.CAP_TIE.format(count=len(line), total=words.points(line[0].total), left=left))
    if exception:
        sentences.append(words.CAP_EXCEPTION.format(decision=exception))
    if undecided:
        sentences.append(words.CAP_UNDECIDED.format(count=len(undecided)))
    return " ".join(sentences)
