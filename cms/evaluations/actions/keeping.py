"""What the agency's desk records: who did not work in the period, and cases that hold a level down."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.errors import WrongState, require_words
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.steps import locked, record_evaluation
from cms.evaluations.errors import InvalidEvaluation, OwnEvaluation
from cms.evaluations.models import Evaluation, Finding
from cms.evaluations.permissions import can_keep_evaluation, is_own
from cms.organisations.permissions import require
from cms.scoring.vocabulary import vocabulary_of
from cms.users.models import User


@transaction.atomic
def excuse(*, by: User, evaluation: Evaluation, reason: str) -> Evaluation:
    """Take an officer who did not work in the period out of it, with the reason: there is then no result.

    What was marked stays written down. Raises ``WrongState`` for one that was decided.
    """
    evaluation = _kept(by, evaluation)
    if evaluation.absence or evaluation.is_decided:
        raise WrongState(_("The officer is out of the period already, or was decided about."))
    reason = require_words(reason, InvalidEvaluation(_("Say why the officer did not work in this period.")))
    evaluation.absence = reason
    evaluation.save()
    record_evaluation(by, "evaluation.excuse", evaluation)
    _compute_above(evaluation)
    return evaluation


@transaction.atomic
def include(*, by: User, evaluation: Evaluation) -> Evaluation:
    """Take an officer into the period again."""
    evaluation = _kept(by, evaluation)
    if not evaluation.absence:
        raise WrongState(_("The officer is in the period."))
    evaluation.absence = ""
    evaluation.save()
    record_evaluation(by, "evaluation.include", evaluation)
    _compute_above(evaluation)
    return evaluation


@transaction.atomic
def find(*, by: User, evaluation: Evaluation, code: str, document: str) -> Finding:
    """Record that a case of the framework holds the level down, by the document that establishes it."""
    evaluation = _kept(by, evaluation)
    assert evaluation.framework is not None  # noqa: S101 (``locked`` asked)
    if code not in vocabulary_of(evaluation.framework.definition).flags:
        raise InvalidEvaluation(_("The framework knows no such case."))
    document = require_words(document, InvalidEvaluation(_("Name the document that establishes it.")))
    if evaluation.is_decided:
        raise WrongState(_("The evaluation is decided; send it back first."))
    if evaluation.findings.standing().filter(code=code).exists():
        raise WrongState(_("This case is recorded already."))
    finding = Finding.objects.create(
        evaluation=evaluation, code=code, document=document, recorded_by=by, recorded_at=timezone.now()
    )
    record_evaluation(by, "evaluation.find", evaluation)
    compute(evaluation.period, [evaluation.pk])
    return finding


@transaction.atomic
def withdraw_finding(*, by: User, finding: Finding, reason: str) -> Finding:
    """Withdraw what was recorded, with the reason."""
    evaluation = _kept(by, finding.evaluation)
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if finding.withdrawn_at:
        raise WrongState(_("This was withdrawn already."))
    if evaluation.is_decided:
        raise WrongState(_("The evaluation is decided; send it back first."))
    reason = require_words(reason, InvalidEvaluation(_("Say why it is withdrawn.")))
    finding.withdrawn_by, finding.withdrawn_at, finding.withdrawn_because = by, timezone.now(), reason
    finding.save()
    record_evaluation(by, "evaluation.withdraw_finding", evaluation)
    compute(evaluation.period, [evaluation.pk])
    return finding


def _kept(by: User, evaluation: Evaluation) -> Evaluation:
    evaluation = locked(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody records anything about their own evaluation."))
    require(can_keep_evaluation(by, evaluation))
    return evaluation


def _compute_above(evaluation: Evaluation) -> None:
    """Score those who answer for an officer who came into the period or left it."""
    compute(evaluation.period)
