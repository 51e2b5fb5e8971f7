"""Lower before upper: whose evaluation waits for whose."""

from __future__ import annotations

from dataclasses import dataclass

from cms.evaluations.models import Evaluation, EvaluationQuerySet, Period
from cms.evaluations.scoring_inputs import Leading


@dataclass(frozen=True)
class Blocked:
    """An undecided evaluation of somebody who leads, and those it waits for."""

    evaluation: Evaluation
    waits_for: list[Evaluation]


def blockers_of(evaluation: Evaluation) -> list[Evaluation]:
    """Return the evaluations, not decided yet, of those whom the officer leads; by code."""
    led = Leading(evaluation.period).led.get(evaluation.pk, {})
    return list(_undecided(evaluation.period).filter(pk__in=led)) if led else []


def blocked_in(period: Period) -> list[Blocked]:
    """Return who cannot be decided yet because of whom, in a number of queries that does not grow."""
    leading = Leading(period)
    waiting = {each.pk: each for each in _undecided(period)}
    found = []
    for pk, led in leading.led.items():
        waits_for = [each for each in waiting.values() if each.pk in led]
        if pk in waiting and waits_for:
            found.append(Blocked(waiting[pk], waits_for))
    return found


def _undecided(period: Period) -> EvaluationQuerySet:
    undecided: EvaluationQuerySet = period.evaluations.counted().exclude(framework=None).filter(level="")
    related = ("officer", "organisation", "agency", "evaluator", "decider", "adviser")
    return undecided.select_related(*related).order_by("officer__code", "organisation__code")
