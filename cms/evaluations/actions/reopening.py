"""Opening one evaluation of a locked period again, as the act of two people."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed, WrongState, require_words
from cms.evaluations.actions.stale import mark_above_stale
from cms.evaluations.actions.steps import marks_or_decision, record_evaluation, take_back
from cms.evaluations.enums import Act
from cms.evaluations.errors import InvalidEvaluation, OwnEvaluation
from cms.evaluations.models import Evaluation, EvaluationAct, Reopening
from cms.evaluations.permissions import can_decide, can_keep_evaluation, is_own
from cms.organisations.access import access_for
from cms.organisations.permissions import require
from cms.users.enums import Role
from cms.users.models import User


@transaction.atomic
def propose_reopening(*, by: User, evaluation: Evaluation, reason: str) -> Reopening:
    """Propose to open an evaluation of a locked period again, with the reason; a second person approves."""
    evaluation = _row(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody reopens their own evaluation."))
    require(can_keep_evaluation(by, evaluation) or can_decide(by, evaluation))
    if not evaluation.period.is_locked or evaluation.absence:
        raise WrongState(_("Only what is locked is reopened; before, it is sent back."))
    if evaluation.reopenings.filter(closed_at=None).exists():
        raise WrongState(_("A reopening is under way already."))
    reason = require_words(reason, InvalidEvaluation(_("Say why the result has to be corrected.")))
    reopening = Reopening.objects.create(
        evaluation=evaluation, reason=reason, proposed_by=by, proposed_at=timezone.now()
    )
    record_evaluation(by, "evaluation.propose_reopening", evaluation)
    return reopening


@transaction.atomic
def approve_reopening(*, by: User, reopening: Reopening) -> Evaluation:
    """Approve it as the second person, the head of the agency: work and marks of this officer can change again.

    The result that was locked stays as it is; the decision makes the next one.
    """
    evaluation = _row(reopening.evaluation)
    reopening = Reopening.objects.select_for_update().get(pk=reopening.pk)
    if reopening.proposed_by_id == by.pk or is_own(by, evaluation):
        raise OwnEvaluation(_("A reopening is the act of two people, neither of whom is the officer."))
    if not access_for(by).acts_for(evaluation.period.agency, Role.AGENCY_HEAD):
        raise NotAllowed(_("The head of the agency approves a reopening."))
    if reopening.approved_at or reopening.closed_at:
        raise WrongState(_("This reopening was approved already."))
    reopening.approved_by, reopening.approved_at = by, timezone.now()
    reopening.save()
    EvaluationAct.objects.create(
        evaluation=evaluation, act=Act.REOPEN, words=reopening.reason, done_by=by, done_at=timezone.now()
    )
    mark_above_stale(evaluation)
    take_back(evaluation, marks_or_decision(evaluation))
    evaluation.save()
    record_evaluation(by, "evaluation.reopen", evaluation)
    return evaluation


def _row(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "period__agency", "officer", "organisation", "decider"
    )
    return rows.get(pk=evaluation.pk)
