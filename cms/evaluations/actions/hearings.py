"""Being heard: objections and their review, complaints before a decision, cancellations by two people."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.core.errors import NotAllowed, WrongState, require_words
from cms.evaluations.actions.stale import mark_above_stale
from cms.evaluations.actions.steps import marks_or_decision, record_evaluation, take_back
from cms.evaluations.consequences import chain_of
from cms.evaluations.enums import Act, CancelGround, ObjectionOutcome
from cms.evaluations.errors import InvalidEvaluation, OwnEvaluation
from cms.evaluations.hearing_permissions import can_appoint, is_involved
from cms.evaluations.hearing_terms import last_day_to_object
from cms.evaluations.models import (
    Cancellation,
    Complaint,
    Evaluation,
    EvaluationAct,
    Objection,
    Reopening,
    Result,
)
from cms.evaluations.permissions import can_decide, can_keep_evaluation, is_own
from cms.organisations.access import access_for
from cms.organisations.permissions import require
from cms.users.enums import Role
from cms.users.models import User


@transaction.atomic
def object_to(*, by: User, evaluation: Evaluation, grounds: str) -> Objection:
    """Object to one's own result, within the term from the day on which it was made known; once to each result."""
    evaluation = _row(evaluation)
    if evaluation.officer is None or not is_own(by, evaluation):
        raise NotAllowed(_("Officers object to their own results; nobody does it for them."))
    last_day = last_day_to_object(evaluation)
    result = Result.objects.of([evaluation.pk]).first()
    if last_day is None or result is None:
        raise WrongState(_("There is no result yet to object to."))
    if Objection.objects.filter(result=result).exists():
        raise WrongState(_("You have objected to this result already."))
    if timezone.localdate() > last_day:
        raise WrongState(_("The last day to object was %(day)s.") % {"day": format_date_vi(last_day)})
    grounds = require_words(grounds, InvalidEvaluation(_("Say what you object to, and why.")))
    objection = Objection.objects.create(
        evaluation=evaluation, result=result, grounds=grounds, made_by=by, made_at=timezone.now()
    )
    record_evaluation(by, "evaluation.object", evaluation)
    return objection


@transaction.atomic
def appoint_reviewer(*, by: User, objection: Objection, reviewer: User) -> Objection:
    """Appoint who reviews an objection: somebody who had no part in any step of the evaluation."""
    evaluation = _row(objection.evaluation)
    objection = _open(objection)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody chooses who reviews their own objection."))
    require(can_appoint(by, evaluation))
    if is_involved(reviewer, evaluation):
        raise InvalidEvaluation(_("This person had a part in the evaluation; the review is for somebody independent."))
    if not reviewer.is_active:
        raise InvalidEvaluation(_("This account is closed."))
    objection.reviewer, objection.appointed_by, objection.appointed_at = reviewer, by, timezone.now()
    objection.save()
    record_evaluation(by, "evaluation.appoint_reviewer", evaluation)
    return objection


@transaction.atomic
def answer_objection(*, by: User, objection: Objection, outcome: str, reasons: str) -> Objection:
    """Answer an objection with the reasons, as its reviewer.

    ``changed`` sends the evaluation back for a new decision; after the lock it proposes a reopening, which a second
    person approves. The result that was objected to stays.
    """
    evaluation = _row(objection.evaluation)
    objection = _open(objection)
    if objection.reviewer_id != by.pk:
        raise NotAllowed(_("The reviewer who was appointed answers an objection."))
    if is_involved(by, evaluation):
        raise InvalidEvaluation(_("You had a part in the evaluation meanwhile; somebody independent has to review it."))
    if outcome not in ObjectionOutcome.values:
        raise InvalidEvaluation(_("Say whether the result is upheld or changed."))
    objection.outcome, objection.reasons = outcome, require_words(reasons, InvalidEvaluation(_("Give the reasons.")))
    objection.decided_at = timezone.now()
    objection.save()
    if outcome == ObjectionOutcome.CHANGED:
        _let_change(by, evaluation, objection.reasons)
    record_evaluation(by, "evaluation.answer_objection", evaluation)
    return objection


@transaction.atomic
def order_verification(*, by: User, evaluation: Evaluation, content: str) -> Complaint:
    """Order that a complaint is verified before the evaluation is decided: by the desk, or by who decides."""
    evaluation = _row(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody decides about their own evaluation."))
    require(can_keep_evaluation(by, evaluation) or can_decide(by, evaluation))
    if not evaluation.awaits or evaluation.absence or evaluation.is_decided:
        raise WrongState(_("It is decided already; after the decision there is the objection, or the cancellation."))
    if evaluation.complaints.open().exists():
        raise WrongState(_("A complaint is being verified already."))
    words = require_words(content, InvalidEvaluation(_("Say what is complained of.")))
    complaint = Complaint.objects.create(evaluation=evaluation, content=words, ordered_by=by, ordered_at=timezone.now())
    record_evaluation(by, "evaluation.order_verification", evaluation)
    return complaint


@transaction.atomic
def conclude_verification(*, by: User, complaint: Complaint, conclusion: str) -> Complaint:
    """Conclude a verification; the evaluation can then be decided. Not by who ordered it."""
    evaluation = _row(complaint.evaluation)
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if is_own(by, evaluation) or complaint.ordered_by_id == by.pk:
        raise OwnEvaluation(_("Somebody else verifies a complaint than who ordered it, and never the officer."))
    require(can_keep_evaluation(by, evaluation))
    if complaint.verified_at:
        raise WrongState(_("This complaint was verified already."))
    complaint.conclusion = require_words(conclusion, InvalidEvaluation(_("Say what came of it.")))
    complaint.verified_by, complaint.verified_at = by, timezone.now()
    complaint.save()
    record_evaluation(by, "evaluation.conclude_verification", evaluation)
    return complaint


@transaction.atomic
def propose_cancellation(
    *, by: User, evaluation: Evaluation, ground: str, reason: str, document: str
) -> Cancellation:  # fmt: skip
    """Propose to cancel a locked result for dishonesty, faults or wrong authority; what follows is kept with it."""
    evaluation = _row(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody cancels their own result."))
    require(can_keep_evaluation(by, evaluation) or can_decide(by, evaluation))
    result = Result.objects.of([evaluation.pk]).first()
    if result is None or not result.frozen_at or evaluation.reopenings.filter(closed_at=None).exists():
        raise WrongState(_("Only a locked result is cancelled, and not while it is open again."))
    if ground not in CancelGround.values:
        raise InvalidEvaluation(_("Choose the ground."))
    if result.cancellations.exists():
        raise WrongState(_("The cancellation of this result is proposed already."))
    reason = require_words(reason, InvalidEvaluation(_("Give the reasons.")))
    document = require_words(document, InvalidEvaluation(_("Name the document that establishes it.")))
    cancellation = Cancellation.objects.create(
        evaluation=evaluation, result=result, ground=ground, reason=reason, document=document[:300],
        chain=chain_of(evaluation), proposed_by=by, proposed_at=timezone.now(),
    )  # fmt: skip
    record_evaluation(by, "evaluation.propose_cancellation", evaluation)
    return cancellation


@transaction.atomic
def approve_cancellation(*, by: User, cancellation: Cancellation) -> Evaluation:
    """Cancel the result as the second person, the head of the agency: the evaluation is open again.

    Raises ``WrongState`` where what follows is no longer what was shown when it was proposed.
    """
    evaluation = _row(cancellation.evaluation)
    cancellation = Cancellation.objects.select_for_update().get(pk=cancellation.pk)
    if cancellation.proposed_by_id == by.pk or is_own(by, evaluation):
        raise OwnEvaluation(_("A cancellation is the act of two people, neither of whom is the officer."))
    if not access_for(by).acts_for(evaluation.period.agency, Role.AGENCY_HEAD):
        raise NotAllowed(_("The head of the agency approves a cancellation."))
    if cancellation.approved_at or evaluation.reopenings.filter(closed_at=None).exists():
        raise WrongState(_("This result was cancelled already, or is open again."))
    now = timezone.now()
    cancellation.approved_by, cancellation.approved_at, cancellation.chain = by, now, chain_of(evaluation)
    cancellation.save()
    Reopening.objects.create(
        evaluation=evaluation, reason=cancellation.reason, proposed_by=cancellation.proposed_by,
        proposed_at=cancellation.proposed_at, approved_by=by, approved_at=now,
    )  # fmt: skip
    _back(by, evaluation, Act.REOPEN, cancellation.reason)
    record_evaluation(by, "evaluation.cancel", evaluation)
    return evaluation


def _let_change(by: User, evaluation: Evaluation, reasons: str) -> None:
    """Let the evaluation be decided anew: before the lock at once, after it when a second person approves."""
    if not evaluation.period.is_locked:
        _back(by, evaluation, Act.SEND_BACK, reasons)
        return
    if evaluation.reopenings.filter(closed_at=None).exists():
        raise WrongState(_("A reopening is under way already."))
    Reopening.objects.create(evaluation=evaluation, reason=reasons, proposed_by=by, proposed_at=timezone.now())


def _back(by: User, evaluation: Evaluation, act: Act, words: str) -> None:
    EvaluationAct.objects.create(evaluation=evaluation, act=act, words=words, done_by=by, done_at=timezone.now())
    mark_above_stale(evaluation)
    take_back(evaluation, marks_or_decision(evaluation))
    evaluation.save()


def _open(objection: Objection) -> Objection:
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.decided_at:
        raise WrongState(_("This objection was answered already; there is no second review of the same result."))
    return objection


def _row(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "period__agency", "officer", "organisation", "agency", "framework", "evaluator", "decider"
    )
    return rows.get(pk=evaluation.pk)
