"""What comes of scoring the parts of the form; the receipt is written from these and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.definition.sections import Criterion, Indicator, Section
from cms.scoring.inputs import Subordinate
from cms.scoring.marks import Mark
from cms.scoring.work import EffectiveRules, Ratio

# Where a value comes from, or why there is none.
WORK, GIVEN, LED, PARTS = "work", "given", "led", "parts"
NOT_APPLICABLE, NOTHING_ASSIGNED, MISSING = "not_applicable", "nothing_assigned", "missing"

# Reasons that leave nothing to score from; they prevail over marks that are missing, which only block.
INSUFFICIENT = ("work_missing", "nothing_assigned", "nothing_applies")


@dataclass(frozen=True)
class Reason:
    """Why there is no total: a code, and the criterion, indicator or section that it is about."""

    code: str
    what: str = ""
    title: str = ""


@dataclass(frozen=True)
class Marked:
    """A criterion with its mark and the points of it; no points where it is missing or left out."""

    criterion: Criterion
    mark: Mark | None
    points: Fraction | None


@dataclass(frozen=True)
class IndicatorPlan:
    """An indicator as it counts for one role and position group; ``points`` is its maximum where points are added.

    ``level`` is the level that the threshold of an indicator of people led begins or stands in.
    """

    indicator: Indicator
    weight: Fraction
    points: Fraction | None
    rules: EffectiveRules | None
    parts: tuple[IndicatorPlan, ...] = ()
    level: str | None = None


@dataclass(frozen=True)
class Component:
    """An indicator measured: its percentage (0 to 100) and what it counts as, after bands, in percent or points.

    Not counted where it is left out or missing. ``led`` are the subordinates that were looked at.
    """

    plan: IndicatorPlan
    source: str
    percent: Fraction | None = None
    counted: Fraction | None = None
    ratio: Ratio | None = None
    parts: tuple[Component, ...] = ()
    led: tuple[Subordinate, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class SectionScore:
    """The points of a section, None where something is missing.

    ``share`` is how the rest stands for what does not apply: (all maxima, those that apply), None where nothing is
    left out. ``raw`` are the points before the maximum of the section holds them.
    """

    section: Section
    points: Fraction | None
    raw: Fraction | None = None
    marks: tuple[Marked, ...] = ()
    components: tuple[Component, ...] = ()
    given: Fraction | None = None
    share: tuple[Fraction, Fraction] | None = None
    reasons: tuple[Reason, ...] = ()
