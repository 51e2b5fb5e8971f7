"""What comes back where shorter periods are put together, and where levels are held against their caps."""

from __future__ import annotations

from dataclasses import dataclass

from cms.scoring.answer_shapes import (
    ARTICLES,
    ARTICLES_URL,
    FIGURES,
    LEVEL,
    STATUS,
    WORDS,
    FrameworkReference,
    LevelExplained,
    ReasonAnswer,
    Whole,
    many,
)
from cms.scoring.definition.words import LEVELS, PERIODS
from cms.scoring.input_shapes import Identifier
from cms.scoring.shape import Choice, Many, Maybe, Part, YesNo, declare

_FIGURE = Maybe(WORDS)


@dataclass(frozen=True)
class CountedPeriod:
    """A shorter period that counted."""

    label: str = declare(WORDS)
    total: str | None = declare(_FIGURE)
    status: str = declare(WORDS)
    note: str = declare(WORDS)


@dataclass(frozen=True)
class PeriodStep:
    """A step of the calculation; its arithmetic can be worked out again from its text."""

    code: str = declare(WORDS)
    title: str = declare(WORDS)
    arithmetic: str = declare(WORDS)
    citation: str = declare(WORDS)
    articles: tuple[str, ...] = declare(Many(WORDS), note=ARTICLES)


@dataclass(frozen=True)
class PeriodResult:
    """The longer period of one subject: its total, the level that follows, and the arithmetic."""

    id: str | int | None = declare(Maybe(Identifier()), note="As it was sent")
    framework: FrameworkReference = declare(Part(lambda: FrameworkReference))
    period: str = declare(Choice(PERIODS))
    made_of: str = declare(Choice(PERIODS))
    way: str = declare(WORDS, note="`mean` of the totals, or `cumulative`: numerators and denominators added up")
    rule: str = declare(WORDS)
    citation: str = declare(WORDS)
    articles: tuple[str, ...] = declare(Many(WORDS), note=ARTICLES)
    status: str = declare(STATUS)
    total: str | None = declare(_FIGURE, note="Rounded once, half up; this number decides the level")
    level: str | None = declare(LEVEL)
    parts: tuple[CountedPeriod, ...] = declare(many(CountedPeriod))
    components: dict[str, str | None] = declare(
        FIGURES, note="Percent by indicator, where a cumulative total rests on it"
    )
    steps: tuple[PeriodStep, ...] = declare(many(PeriodStep))
    left_out: tuple[str, ...] = declare(Many(WORDS), note="Periods that were not worked, and what becomes of them")
    reasons: tuple[ReasonAnswer, ...] = declare(many(ReasonAnswer))
    sentence: str = declare(WORDS)
    classification: LevelExplained = declare(Part(lambda: LevelExplained))


@dataclass(frozen=True)
class PeriodAnswer:
    """The longer periods, in the order in which the subjects were sent."""

    results: tuple[PeriodResult, ...] = declare(many(PeriodResult))
    articles_url: str = declare(WORDS, note=ARTICLES_URL)


@dataclass(frozen=True)
class RankedPerson:
    """One who has the capped level by points and conditions; equal totals share a rank."""

    id: str = declare(WORDS)
    total: str = declare(WORDS)
    rank: int = declare(Whole())
    standing: str = declare(Choice(("within", "on_the_line", "over")))


@dataclass(frozen=True)
class CapGroupOutcome:
    """One group: how many it counts, how many may hold the level, and who has it. Nobody is held down by this."""

    group: tuple[str, ...] = declare(Many(WORDS), note="The values of `grouped_by`, or the name of a pool")
    eligible: int = declare(Whole(), note="How many have the capped level or the one below it")
    allowance: int = declare(Whole())
    holding: int = declare(Whole())
    breached: bool = declare(YesNo())
    exception: str = declare(WORDS, note="The decision by which the higher rate holds")
    ranked: tuple[RankedPerson, ...] = declare(many(RankedPerson))
    undecided: tuple[str, ...] = declare(Many(WORDS), note="Who has no level yet, and is not counted")
    sentence: str = declare(WORDS)


@dataclass(frozen=True)
class CapOutcome:
    """A cap of the framework and what it comes to in each group."""

    level: str = declare(Choice(LEVELS))
    rate: str = declare(WORDS, note="Percent")
    exception_rate: str = declare(WORDS, note="Percent, by a decision")
    exception_needs: str = declare(WORDS)
    base: str = declare(Choice(("good_only", "good_or_better")))
    grouped_by: tuple[str, ...] = declare(Many(WORDS))
    citation: str = declare(WORDS)
    articles: tuple[str, ...] = declare(Many(WORDS), note=ARTICLES)
    groups: tuple[CapGroupOutcome, ...] = declare(many(CapGroupOutcome))


@dataclass(frozen=True)
class CapAnswer:
    """The caps of a framework; none where it caps no level."""

    framework: FrameworkReference = declare(Part(lambda: FrameworkReference))
    caps: tuple[CapOutcome, ...] = declare(many(CapOutcome))
    articles_url: str = declare(WORDS, note=ARTICLES_URL)
