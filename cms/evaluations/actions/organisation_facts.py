"""What is recorded of organisations: shortcomings and their remedies, force majeure."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import NotAllowed, WrongState, require_words
from cms.core.text import clean_text
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.steps import locked, record_evaluation
from cms.evaluations.errors import InvalidEvaluation, InvalidFact, OwnEvaluation
from cms.evaluations.models import Evaluation, ForceMajeure, Shortcoming
from cms.evaluations.models.evaluations import own_organisations
from cms.evaluations.permissions import can_decide, can_keep_facts, is_own
from cms.organisations.models import Agency
from cms.users.models import User


@transaction.atomic
def record_shortcoming(
    *, by: User, organisation: Agency, source: str, words: str, document: str, found_on: datetime.date,
    due_on: datetime.date | None = None,
) -> Shortcoming:  # fmt: skip
    """Record what an earlier evaluation or an inspection found at an organisation, by the document that says so."""
    _require_keeper(by, organisation)
    words, document = _required(words), _required(document)
    if found_on > timezone.localdate():
        raise InvalidFact(_("This day is still to come."))
    if due_on is not None and due_on < found_on:
        raise InvalidFact(_("The remedy cannot be due before the shortcoming was found."))
    shortcoming = Shortcoming.objects.create(
        organisation=organisation, source=source, words=words, document=document, found_on=found_on, due_on=due_on,
        recorded_by=by, recorded_at=timezone.now(),
    )  # fmt: skip
    _record(by, "shortcoming.record", shortcoming)
    _compute_for(organisation)
    return shortcoming


@transaction.atomic
def remedy_shortcoming(
    *, by: User, shortcoming: Shortcoming, remedied_on: datetime.date, remedy: str, document: str
) -> Shortcoming:
    """Record that it was remedied, how, and by which document."""
    shortcoming = _standing(by, shortcoming)
    if shortcoming.remedied_on is not None:
        raise WrongState(_("A remedy is recorded already."))
    if not shortcoming.found_on <= remedied_on <= timezone.localdate():
        raise InvalidFact(_("It was remedied after it was found, and not later than today."))
    shortcoming.remedied_on, shortcoming.remedy, shortcoming.remedy_document = (
        remedied_on,
        _required(remedy),
        _required(document),
    )
    shortcoming.remedy_recorded_by = by
    shortcoming.save()
    _record(by, "shortcoming.remedy", shortcoming)
    _compute_for(shortcoming.organisation)
    return shortcoming


@transaction.atomic
def withdraw_shortcoming(*, by: User, shortcoming: Shortcoming, reason: str) -> Shortcoming:
    """Withdraw what was recorded by mistake, with the reason; it stays to be read."""
    shortcoming = _standing(by, shortcoming)
    shortcoming.withdrawn_because = _required(reason)
    shortcoming.withdrawn_by, shortcoming.withdrawn_at = by, timezone.now()
    shortcoming.save()
    _record(by, "shortcoming.withdraw", shortcoming)
    _compute_for(shortcoming.organisation)
    return shortcoming


@transaction.atomic
def accept_force_majeure(
    *, by: User, evaluation: Evaluation, reasoning: str, document: str, decided_on: datetime.date
) -> ForceMajeure:
    """Accept, as who recognises the result, that tasks were not done for reasons that nobody could help.

    The level is then the authority's to choose, with its reason (Gia Lai plan, III.3.d).
    """
    evaluation = _decidable(by, evaluation)
    rules = evaluation.framework.definition.classification.disqualifiers if evaluation.framework else ()
    if not any(rule.unless for rule in rules):
        raise InvalidEvaluation(_("The framework excuses no case by force majeure."))
    if evaluation.force_majeure.filter(withdrawn_at=None).exists():
        raise WrongState(_("Force majeure is accepted already."))
    if decided_on > timezone.localdate():
        raise InvalidFact(_("This day is still to come."))
    accepted = ForceMajeure.objects.create(
        evaluation=evaluation, reasoning=_required(reasoning), document=_required(document), decided_on=decided_on,
        decided_by=by, recorded_at=timezone.now(),
    )  # fmt: skip
    record_evaluation(by, "evaluation.force_majeure", evaluation)
    compute(evaluation.period, [evaluation.pk])
    return accepted


@transaction.atomic
def withdraw_force_majeure(*, by: User, accepted: ForceMajeure, reason: str) -> ForceMajeure:
    """Withdraw it, with the reason, as who recognises the result."""
    evaluation = _decidable(by, accepted.evaluation)
    accepted = ForceMajeure.objects.select_for_update(of=("self",)).get(pk=accepted.pk)
    if accepted.withdrawn_at:
        raise WrongState(_("This was withdrawn already."))
    accepted.withdrawn_by, accepted.withdrawn_at, accepted.withdrawn_because = (
        by,
        timezone.now(),
        _required(reason),
    )
    accepted.save()
    record_evaluation(by, "evaluation.withdraw_force_majeure", evaluation)
    compute(evaluation.period, [evaluation.pk])
    return accepted


def _decidable(by: User, evaluation: Evaluation) -> Evaluation:
    evaluation = locked(evaluation)
    if is_own(by, evaluation):
        raise OwnEvaluation(_("Nobody decides about their own evaluation."))
    if evaluation.organisation is None or not can_decide(by, evaluation):
        raise NotAllowed(_("Force majeure is weighed by who recognises the organisation's result."))
    if not evaluation.awaits:
        raise WrongState(_("The evaluation is decided; send it back first."))
    return evaluation


def _standing(by: User, shortcoming: Shortcoming) -> Shortcoming:
    _require_keeper(by, shortcoming.organisation)
    shortcoming = Shortcoming.objects.select_for_update(of=("self",)).select_related("organisation").get(
        pk=shortcoming.pk
    )  # fmt: skip
    if shortcoming.withdrawn_at:
        raise WrongState(_("This was withdrawn already."))
    return shortcoming


def _require_keeper(by: User, organisation: Agency) -> None:
    if own_organisations(by).filter(pk=organisation.pk).exists():
        raise OwnEvaluation(_("Nobody records anything about their own organisation."))
    if not can_keep_facts(by, organisation):
        raise NotAllowed(_("This is recorded by the body that verifies the organisation's evaluation."))


def _required(words: str) -> str:
    return require_words(clean_text(words).text, InvalidFact(_("Say it in words, and name the document.")))


def _record(by: User, action: str, shortcoming: Shortcoming) -> None:
    organisation = shortcoming.organisation
    record(by=by, action=action, subject=shortcoming, label=str(shortcoming), agency_code=organisation.code)


def _compute_for(organisation: Agency) -> None:
    """Calculate anew what is open of the organisation."""
    open_ = organisation.evaluations.counted().filter(period__locked_at=None, period__made_of="")
    for each in open_.exclude(framework=None).select_related("period"):
        compute(each.period, [each.pk])
