"""Sections of the form: criteria that are marked, indicators that are measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.definition.words import ASKED, MEASURES, ROLES
from cms.scoring.definition.work import OwnWorkRules
from cms.scoring.shape import Choice, Code, Many, Maybe, Number, Part, Setting, Sourced, Text, YesNo, cited, declare

_ROLES = Many(Choice(ROLES))
_CITATION = Text(500)
_POINTS = Number(places=4)
_ASKED = Maybe(Choice(ASKED))


@dataclass(frozen=True)
class Band:
    """From this measured percentage on (up to the band above it), so many points or percent; below every band: 0."""

    from_: Fraction = declare(Number(places=4, at_most=1_000))
    points: Fraction = declare(_POINTS)


@dataclass(frozen=True)
class MarkLevel:
    """A named level of a mark and its percentage of the maximum."""

    code: str = declare(Code())
    label: str = declare(Text(200, blank=False))
    percent: Fraction = declare(Number(at_most=100))


@dataclass(frozen=True)
class Marking:
    """How a criterion is marked.

    ``points`` typed in steps; ``levels`` chosen; ``bands`` of a measured percentage; ``points_off`` from the maximum
    for each occurrence; ``points_each`` up to the maximum for each occurrence; ``yes_no`` all or nothing.
    """

    kind: str = declare(Choice(("points", "levels", "bands", "points_off", "points_each", "yes_no")), "points")
    levels: tuple[MarkLevel, ...] = declare(Many(Part(lambda: MarkLevel), 20), ())
    bands: tuple[Band, ...] = declare(Many(Part(lambda: Band), 30), ())
    each: Fraction | None = declare(Maybe(_POINTS), None, note="Points for one occurrence (points_off, points_each)")


@dataclass(frozen=True)
class Criterion:
    """A criterion, or a group of criteria whose maxima add up to its own for every role."""

    code: str = declare(Code())
    title: str = declare(Text(1000, blank=False))
    max: Fraction = declare(_POINTS)
    step: Fraction = declare(_POINTS, Fraction(1, 4), note="Marks are multiples of it")
    roles: tuple[str, ...] = declare(_ROLES, (), note="Empty: for every role of the framework")
    may_not_apply: bool = declare(YesNo(), False)
    marking: Marking = declare(Part(lambda: Marking), Marking())
    guidance: str = declare(Text(2000), "")
    citation: str = declare(_CITATION, "")
    criteria: tuple[Criterion, ...] = declare(Many(Part(lambda: Criterion), 60), ())
    asks_when_cut: str | None = declare(
        _ASKED, None, note="Asked where the full points are not given; null: as around it", omit_default=True
    )


@dataclass(frozen=True)
class WeightFor:
    """Another weight for some position groups, for some roles, or for some roles within some groups.

    An empty list leaves that side open; which of several weights holds says ``cms.scoring.weights``.
    """

    position_groups: tuple[str, ...] = declare(Many(Code()))
    weight: Fraction = declare(Number(places=4))
    roles: tuple[str, ...] = declare(_ROLES, (), note="Empty: whatever the role", omit_default=True)


@dataclass(frozen=True)
class Indicator:
    """An indicator of results, measured in percent, or a group of indicators.

    ``measure`` says where the percentage comes from: lines of work (quantity, quality, progress), subordinates' totals
    (``threshold`` for all of them gives the first step, otherwise the last), a mark (one of the ``steps``), a survey
    or an outside figure (a number of ``full`` is 100 %), or the weighted mean of the group's own indicators. ``bands``
    turn the percentage into points where the section adds points, and into a percentage where it takes the mean.
    """

    code: str = declare(Code())
    title: str = declare(Text(1000, blank=False))
    measure: str = declare(Choice(MEASURES))
    weight: Fraction = declare(Number(places=4), Fraction(1))
    weights: tuple[WeightFor, ...] = declare(Many(Part(lambda: WeightFor), 50), ())
    max: Fraction | None = declare(Maybe(_POINTS), None, note="Points at 100 %, where the section adds points")
    steps: tuple[Fraction, ...] = declare(Many(Number(at_most=100), 20), (), note="Percentages that a mark may take")
    bands: tuple[Band, ...] = declare(Many(Part(lambda: Band), 30), ())
    threshold: Fraction | None = declare(
        Maybe(Number(at_most=100)), None, note="What every subordinate's total reaches"
    )
    full: Fraction = declare(Number(places=4), Fraction(100), note="The figure that is 100 %")
    roles: tuple[str, ...] = declare(_ROLES, ())
    when_not_applicable: str = declare(Choice(("leave_out", "full", "zero", "block")), "leave_out")
    work: OwnWorkRules = declare(Part(lambda: OwnWorkRules), OwnWorkRules())
    guidance: str = declare(Text(2000), "")
    citation: str = declare(_CITATION, "")
    indicators: tuple[Indicator, ...] = declare(Many(Part(lambda: Indicator), 60), ())
    heads_from: str = declare(
        Choice(("people", "organisation")),
        "people",
        note="Whose results count for a head: those of the people led, or that of the organisation headed",
        omit_default=True,
    )


@dataclass(frozen=True)
class Section:
    """A part of the form with maximum points.

    Kinds: ``criteria`` (points of criteria added up), ``indicators`` (``mean``: the weighted mean of percentages times
    the maximum; ``points``: points of the indicators added up), ``bonus`` and ``deduction`` (criteria outside the 100).
    """

    code: str = declare(Code())
    title: str = declare(Text(500, blank=False))
    kind: str = declare(Choice(("criteria", "indicators", "bonus", "deduction")))
    max: Fraction = declare(Number(at_most=100, places=4))
    combine: Setting[str] = declare(Sourced(Choice(("mean", "points"))), cited("mean"))
    not_applicable: Setting[str] = declare(
        Sourced(Choice(("rescale", "full", "zero"))),
        cited("rescale", "Nghị định không nêu; điểm quy về phần tiêu chí được áp dụng"),
        note="What a criterion that does not apply does to the rest of the section",
    )
    criteria: tuple[Criterion, ...] = declare(Many(Part(lambda: Criterion), 60), ())
    indicators: tuple[Indicator, ...] = declare(Many(Part(lambda: Indicator), 60), ())
    citation: str = declare(_CITATION, "")
    asks_when_cut: str | None = declare(
        _ASKED, None, note="Asked at each criterion; null: as the whole framework", omit_default=True
    )
