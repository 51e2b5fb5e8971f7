"""Marking what was decided and rests on an evaluation that was opened again."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from cms.evaluations.models import Evaluation, StaleMark
from cms.evaluations.scoring_inputs import Leading


def mark_above_stale(evaluation: Evaluation) -> None:
    """Mark those who answer for somebody whose decided evaluation was opened again, where they are decided too.

    Nothing of theirs changes: the mark says so until figures and facts agree again, or they are decided anew.
    """
    if evaluation.framework_id is None:
        return
    above = evaluation.period.evaluations.decided().filter(pk__in=Leading(evaluation.period).above(evaluation.pk))
    now = timezone.now()
    StaleMark.objects.bulk_create(
        [StaleMark(evaluation=each, because_of=evaluation, marked_at=now) for each in above], ignore_conflicts=True
    )


def settle_stale(evaluation: Evaluation, left_behind: Iterable[Evaluation]) -> None:
    """Settle, once an evaluation is decided, its own marks, and those that it caused where the figures agree again."""
    standing, now = StaleMark.objects.standing(), timezone.now()
    standing.filter(evaluation=evaluation).update(settled_at=now)
    behind = [each.pk for each in left_behind]
    standing.filter(because_of=evaluation).exclude(evaluation__in=behind).update(settled_at=now)
