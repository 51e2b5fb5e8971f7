"""Marking many people at once: all of them, or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.steps import give_marks, locked
from cms.evaluations.enums import Act
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.models import Evaluation, EvaluationAct
from cms.users.models import User


@dataclass(frozen=True)
class Marking:
    """The marks of one evaluation as ``mark`` takes them; ``seen`` is the key of the act with the marks that counted
    when they were typed, 0 where there was none.
    """

    evaluation: Evaluation
    marks: Mapping[str, Any]
    words: str = ""
    seen: int = 0


class MarksRefused(InvalidEvaluation):
    """Nobody was marked; ``refused`` says why, by the key of the evaluation."""

    code = "marks_refused"

    def __init__(self, refused: Mapping[int, str]) -> None:
        super().__init__(_("Nothing was saved."))
        self.refused = refused


@transaction.atomic
def mark_many(*, by: User, markings: Sequence[Marking]) -> list[Evaluation]:
    """Give the marks of many evaluations as who has authority to evaluate, and calculate their results once.

    A level that was proposed with earlier marks stays proposed. Raises ``MarksRefused`` with everybody who cannot be
    marked so, also where somebody else has given marks since these were typed; then nothing is saved.
    """
    marked: list[Evaluation] = []
    refused: dict[int, str] = {}
    for each in sorted(markings, key=lambda marking: marking.evaluation.pk):
        try:
            evaluation = locked(each.evaluation)
            last = _unchanged(evaluation, each.seen)
            level = last.level if last else ""
            marked.append(give_marks(by, evaluation, each.marks, each.words, level))
        except DomainError as refusal:
            refused[each.evaluation.pk] = str(refusal)
    if refused:
        raise MarksRefused(refused)
    for period in {each.period for each in marked}:
        compute(period, [each.pk for each in marked if each.period_id == period.pk])
    return marked


def _unchanged(evaluation: Evaluation, seen: int) -> EvaluationAct | None:
    last = evaluation.acts.filter(act=Act.MARK).select_related("done_by").last()
    if last is not None and last.pk != seen:
        raise WrongState(_("Marked meanwhile by %(who)s.") % {"who": marked_by(last)})
    return last


def marked_by(act: EvaluationAct) -> str:
    """Return who gave marks, and when."""
    at = timezone.localtime(act.done_at)
    return _("%(name)s at %(time)s on %(day)s") % {
        "name": act.done_by.full_name, "time": f"{at:%H:%M}", "day": format_date_vi(at.date())
    }  # fmt: skip
