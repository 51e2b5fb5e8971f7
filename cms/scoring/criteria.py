"""Criteria that are marked: the common criteria, and the bonus and deduction sections (article 12 of the decree)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from cms.scoring.asked import COMMENT, EVIDENCE
from cms.scoring.definition.sections import Band, Criterion, Section
from cms.scoring.inputs import Subject
from cms.scoring.marks import NOT_APPLICABLE, Mark
from cms.scoring.scored import Marked, Reason, SectionScore
from cms.scoring.vocabulary import COMMON

OUTSIDE = ("bonus", "deduction")
COMMENT_MISSING, EVIDENCE_MISSING = "comment_missing", "evidence_missing"


@dataclass(frozen=True)
class CriteriaPlan:
    """A section of criteria for one role: the criteria that are marked, groups opened.

    ``asked`` is what is asked where points are cut, by code (``asked.asked_by_code``).
    """

    section: Section
    leaves: tuple[Criterion, ...]
    is_common: bool
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def outside(self) -> bool:
        """Say whether the section stands outside the 100 points, where a mark that is missing is nothing."""
        return self.section.kind in OUTSIDE

    @property
    def asked_of_whole(self) -> frozenset[str]:
        """Return what is asked of one mark for all: whatever any of its criteria asks."""
        return frozenset[str]().union(*(self.asked.get(each.code, frozenset()) for each in self.leaves))


def plan_criteria(section: Section, role: str, is_common: bool, asked: Mapping[str, frozenset[str]]) -> CriteriaPlan:
    """Prepare a section of criteria for a role."""
    return CriteriaPlan(section, tuple(_leaves(section.criteria, role)), is_common, asked)


def score_criteria(plan: CriteriaPlan, subject: Subject) -> SectionScore:
    """Add up the marks of a section, or take the one mark that the common section was given."""
    section = plan.section
    if plan.is_common and subject.common is not None:
        unsaid = tuple(_unsaid_of_all(plan, subject))
        points = None if unsaid else subject.common
        return SectionScore(section, points, raw=points, given=subject.common, reasons=unsaid)
    marks = tuple(_marked(plan, each, subject.criteria.get(each.code)) for each in plan.leaves)
    reasons = (*(() if plan.outside else _reasons(plan, marks)), *_unsaid(plan, marks, subject))
    if reasons:
        return SectionScore(section, None, marks=marks, reasons=reasons)
    raw = sum((each.points for each in marks if each.points is not None), Fraction(0))
    share = None if plan.outside else _share(section, marks)
    if share:
        raw = raw * share[0] / share[1]
    return SectionScore(section, min(raw, section.max), raw=raw, marks=marks, share=share)


def points_of(criterion: Criterion, mark: Mark) -> Fraction:
    """Return the points of a mark by the criterion's kind of marking, within 0 and its maximum."""
    marking = criterion.marking
    if marking.kind == "levels":
        percent = next(level.percent for level in marking.levels if level.code == mark)
        return criterion.max * percent / 100
    if marking.kind == "yes_no":
        return criterion.max if mark else Fraction(0)
    number = Fraction(mark)
    if marking.kind == "bands":
        return min(criterion.max, banded(marking.bands, number))
    if marking.kind == "points_off":
        return max(Fraction(0), criterion.max - number * (marking.each or 0))
    if marking.kind == "points_each":
        return min(criterion.max, number * (marking.each or 0))
    return number


def banded(bands: tuple[Band, ...], measured: Fraction) -> Fraction:
    """Return what the highest band that is reached gives; 0 below every band."""
    band = band_of(bands, measured)
    return band.points if band else Fraction(0)


def band_of(bands: tuple[Band, ...], measured: Fraction) -> Band | None:
    """Return the highest band that is reached, in whatever order they stand."""
    return max((band for band in bands if measured >= band.from_), key=lambda band: band.from_, default=None)


def is_for(roles: tuple[str, ...], role: str) -> bool:
    """Say whether a part of the form is for a role; no roles named means all."""
    return not roles or role in roles


def _leaves(criteria: tuple[Criterion, ...], role: str) -> Iterator[Criterion]:
    """Walk the criteria that are marked for a role; what is not for it takes its parts with it."""
    for each in criteria:
        if is_for(each.roles, role):
            yield from _leaves(each.criteria, role) if each.criteria else (each,)


def _marked(plan: CriteriaPlan, criterion: Criterion, mark: Mark | None) -> Marked:
    if mark is None:
        return Marked(criterion, None, None)
    if mark != NOT_APPLICABLE:
        return Marked(criterion, mark, points_of(criterion, mark))
    rule = "rescale" if plan.outside else plan.section.not_applicable.value
    points = {"rescale": None, "full": criterion.max, "zero": Fraction(0)}[rule]
    return Marked(criterion, mark, points)


def _reasons(plan: CriteriaPlan, marks: tuple[Marked, ...]) -> tuple[Reason, ...]:
    """Return why a section cannot be added up: marks that are missing, or nothing in it that applies."""
    section = plan.section
    missing = [each.criterion for each in marks if each.mark is None]
    if missing and len(missing) == len(marks) and plan.is_common:
        return (Reason("common_missing", section.code, section.title),)
    if missing:
        return tuple(Reason("criterion_missing", each.code, each.title) for each in missing)
    if not any(each.points is not None for each in marks):
        return (Reason("nothing_applies", section.code, section.title),)
    return ()


def _unsaid(plan: CriteriaPlan, marks: tuple[Marked, ...], subject: Subject) -> Iterator[Reason]:
    """Return what is asked of who cut points, and was not said (ADR 0043)."""
    for each in marks if plan.asked else ():
        own = each.criterion
        if is_cut(each, plan.section):
            yield from _missing(plan.asked.get(own.code, frozenset()), own.code, subject, own.code, own.title)


def is_cut(marked: Marked, section: Section) -> bool:
    """Say whether points were cut by a mark; what does not apply is nobody's judgement."""
    if marked.points is None or marked.mark == NOT_APPLICABLE:
        return False
    return marked.points > 0 if section.kind == "deduction" else marked.points < marked.criterion.max


def _unsaid_of_all(plan: CriteriaPlan, subject: Subject) -> Iterator[Reason]:
    """Return what is asked of who gave one mark for all and cut points, and was not said."""
    section = plan.section
    if plan.asked and subject.common is not None and subject.common < section.max:
        yield from _missing(plan.asked_of_whole, COMMON, subject, section.code, section.title)


def _missing(asked: frozenset[str], key: str, subject: Subject, what: str, title: str) -> Iterator[Reason]:
    if COMMENT in asked and key not in subject.comments:
        yield Reason(COMMENT_MISSING, what, title)
    if EVIDENCE in asked and key not in subject.evidence:
        yield Reason(EVIDENCE_MISSING, what, title)


def _share(section: Section, marks: tuple[Marked, ...]) -> tuple[Fraction, Fraction] | None:
    """Return all maxima and those that apply, where something is left out."""
    applied = sum((each.criterion.max for each in marks if each.points is not None), Fraction(0))
    whole = sum((each.criterion.max for each in marks), Fraction(0))
    return None if applied == whole or not applied else (whole, applied)
