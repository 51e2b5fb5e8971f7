"""What a calculation left out, and why: nothing that was sent disappears without a word."""

from __future__ import annotations

from collections.abc import Iterator

from cms.scoring import wording as words
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.engine import Score
from cms.scoring.indicators import IndicatorsPlan
from cms.scoring.receipt_weights import why_weightless
from cms.scoring.scored import LED, NOT_APPLICABLE
from cms.scoring.vocabulary import Vocabulary, vocabulary_of

_Entries = Iterator[tuple[str, str]]


def left_out(score: Score) -> _Entries:
    """Walk what was left out and why: what does not apply, what is not for the role, what lies outside a field."""
    yield from _not_applicable(score)
    yield from _weightless(score)
    yield from _not_for_role(score, vocabulary_of(score.plan.definition))
    yield from _unused(score)
    yield from _outside_field(score)


def _not_applicable(score: Score) -> _Entries:
    for section in score.sections:
        for marked in section.marks:
            if marked.mark is not None and marked.points is None:
                yield words.named(marked.criterion.code, marked.criterion.title), words.DOES_NOT_APPLY
    for each in score.components:
        if each.source == NOT_APPLICABLE and each.counted is None:
            yield words.named(each.plan.indicator.code, each.plan.indicator.title), words.DOES_NOT_APPLY


def _weightless(score: Score) -> _Entries:
    for plan in score.plan.sections:
        for each in plan.weightless if isinstance(plan, IndicatorsPlan) else ():
            yield words.named(each.code, each.title), why_weightless(each, score.subject)


def _not_for_role(score: Score, known: Vocabulary) -> _Entries:
    """Walk the values that were given for criteria and indicators that the form of this role has not."""
    leaves = {leaf.code for plan in score.plan.sections if isinstance(plan, CriteriaPlan) for leaf in plan.leaves}
    measured = {each.plan.indicator.code for each in score.components} | _weightless_codes(score)
    why = words.NOT_FOR_ROLE.format(role=words.role_of(score.subject.role, score.subject.category))
    subject = score.subject
    codes = subject.criteria.keys() | ((subject.comments.keys() | subject.evidence.keys()) & known.criteria.keys())
    for code in sorted(codes - leaves):
        yield words.named(code, known.criteria[code].title), why
    for code in sorted(score.subject.indicators.keys() - measured):
        yield words.named(code, known.indicators[code].title), why


def _weightless_codes(score: Score) -> set[str]:
    plans = (plan for plan in score.plan.sections if isinstance(plan, IndicatorsPlan))
    return {each.code for plan in plans for each in plan.weightless}


def _unused(score: Score) -> _Entries:
    """Say that lines or subordinates were sent where nothing is measured by them."""
    why = words.NOT_FOR_ROLE.format(role=words.role_of(score.subject.role, score.subject.category))
    measures = {each.plan.indicator.measure for each in score.components}
    if score.subject.work and not score.plan.line_rules:
        yield words.WORK_UNUSED, why
    if score.subject.subordinates and "subordinates" not in measures:
        yield words.SUBORDINATES_UNUSED, why


def _outside_field(score: Score) -> _Entries:
    for component in score.components:
        if component.source == LED:
            looked_at = {id(each) for each in component.led}
            others = [each for each in score.subject.subordinates or () if id(each) not in looked_at]
            for each in sorted(others, key=lambda each: str(each.id)):
                yield words.OUTSIDE_FIELD.format(id=each.id), words.OUTSIDE_FIELD_WHY
