"""Writes about caps on levels: the higher rate and pooled groups by decision, and who holds the level by choice."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Sequence

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.checked_files import check_file, stored_with_row
from cms.core.errors import NotAllowed, WrongState
from cms.core.stored_files import stored_name
from cms.core.text import clean_text
from cms.evaluations.actions.steps import locked, record_evaluation
from cms.evaluations.cap_board import caps_of
from cms.evaluations.enums import CapDecisionKind, Step
from cms.evaluations.errors import InvalidDossierFile, InvalidEvaluation
from cms.evaluations.models import CapChoice, CapDecision, Evaluation, Period, Result
from cms.evaluations.permissions import can_keep, may_do
from cms.users.models import User


def record_cap_decision(
    *, by: User, period: Period, kind: str, number: str, signed_on: datetime.date, reason: str,
    groups: Collection[str] = (), file: File[bytes] | None = None,
) -> CapDecision:  # fmt: skip
    """Record the decision that allows the agency the higher rate, or that puts small position groups together.

    ``file`` is the decision itself. Raises ``InvalidEvaluation`` for groups that the framework does not let be pooled,
    or without number, day or reason, and ``InvalidDossierFile`` for a file that cannot be taken.
    """
    decision = CapDecision(
        period=period, kind=kind, number=clean_text(number).text, signed_on=signed_on, reason=clean_text(reason).text,
        groups=sorted(set(groups)) if kind == CapDecisionKind.POOL else [], recorded_by=by,
        recorded_at=timezone.now(),
    )  # fmt: skip
    if file is not None:
        decision.name = stored_name(file.name or "") or _("File")
        check_file(decision, file, InvalidDossierFile)
    with stored_with_row(decision):
        _write_decision(by, decision, file)
    return decision


def _write_decision(by: User, decision: CapDecision, file: File[bytes] | None) -> None:
    period = _open_to(by, decision.period)
    if not decision.number or not decision.reason:
        raise InvalidEvaluation(_("A decision on the cap has a number and a reason."))
    if decision.signed_on > timezone.localdate():
        raise InvalidEvaluation(_("The decision is signed today at the latest."))
    standing = CapDecision.objects.standing().filter(period=period)
    if decision.kind == CapDecisionKind.EXCEPTION and standing.filter(kind=decision.kind).exists():
        raise WrongState(_("The higher rate is allowed already in this period; withdraw that decision first."))
    if decision.kind == CapDecisionKind.POOL:
        _require_poolable(period, decision.groups, standing)
    if file is not None:
        decision.file.save(uuid.uuid4().hex, file, save=False)
    decision.save(force_insert=True)
    _record(by, "period.cap_decision", decision)


@transaction.atomic
def withdraw_cap_decision(*, by: User, decision: CapDecision, reason: str) -> CapDecision:
    """Withdraw a decision on the cap, with the reason; it stays to be read."""
    decision = CapDecision.objects.select_for_update(of=("self",)).select_related("period__agency").get(pk=decision.pk)
    _open_to(by, decision.period)
    if decision.withdrawn_at:
        raise WrongState(_("This was withdrawn already."))
    if not reason.strip():
        raise InvalidEvaluation(_("Say why it is withdrawn."))
    decision.withdrawn_by, decision.withdrawn_at, decision.withdrawn_because = by, timezone.now(), reason.strip()
    decision.save()
    _record(by, "period.withdraw_cap_decision", decision)
    return decision


@transaction.atomic
def choose_under_cap(
    *, by: User, keep: Sequence[Evaluation], leave: Sequence[Evaluation], reason: str
) -> list[CapChoice]:  # fmt: skip
    """Choose, as who has authority to classify them, who of those with a capped level holds it; with the reason.

    Nothing is decided by it: each evaluation is decided afterwards, and follows the choice. An earlier choice is
    replaced. Raises ``NotAllowed`` where one of them is not the person's to decide, their own among them.
    """
    if not reason.strip():
        raise InvalidEvaluation(_("Say why these hold the level and the others do not."))
    if not keep and not leave:
        raise InvalidEvaluation(_("Choose at least one who holds the level or does not."))
    return [
        _choose(by, locked(each), is_kept, reason.strip()) for own, is_kept in ((keep, True), (leave, False))
        for each in sorted(own, key=lambda one: one.pk)
    ]  # fmt: skip


def _choose(by: User, evaluation: Evaluation, is_kept: bool, reason: str) -> CapChoice:
    if not may_do(by, evaluation, Step.DECIDE):
        raise NotAllowed(_("Who has authority to classify chooses under the cap, and never for themselves."))
    if evaluation.is_decided or evaluation.period.is_locked:
        raise WrongState(_("%(who)s is decided already.") % {"who": evaluation.subject})
    result = Result.objects.of([evaluation.pk]).first()
    capped = {cap.level for cap in caps_of(evaluation)}
    if result is None or result.level not in capped:
        raise InvalidEvaluation(_("%(who)s has no level that is capped.") % {"who": evaluation.subject})
    now = timezone.now()
    CapChoice.objects.standing().filter(evaluation=evaluation).update(withdrawn_at=now)
    choice = CapChoice.objects.create(
        evaluation=evaluation, level=result.level, is_kept=is_kept, reason=reason, chosen_by=by, chosen_at=now
    )
    record_evaluation(by, "evaluation.cap_choice", evaluation)
    return choice


def _open_to(by: User, period: Period) -> Period:
    period = Period.objects.select_for_update(of=("self",), no_key=True).select_related("agency").get(pk=period.pk)
    if not can_keep(by, period):
        raise NotAllowed(_("The agency's own people record decisions on the cap."))
    if period.is_locked:
        raise WrongState(_("The period is locked."))
    return period


def _require_poolable(period: Period, groups: Collection[str], standing: object) -> None:
    """Refuse a pool of one group, of groups that nobody is in, of groups pooled already or not to be pooled."""
    evaluations = period.evaluations.counted().filter(framework__isnull=False).select_related("framework")
    of_frameworks = {each.framework_id: each for each in evaluations}
    if not any(
        cap.small_groups.value == "pooled_by_decision" for each in of_frameworks.values() for cap in caps_of(each)
    ):
        raise InvalidEvaluation(_("The framework does not let groups be counted together."))
    own = set(groups)
    if len(own) < 2 or not own <= {each.position_group for each in evaluations}:
        raise InvalidEvaluation(_("Choose at least two position groups of this period."))
    pooled = {code for each in standing.filter(kind=CapDecisionKind.POOL) for code in each.groups}  # type: ignore[attr-defined]
    if own & pooled:
        raise InvalidEvaluation(_("One of these groups is counted together with others already."))


def _record(by: User, action: str, decision: CapDecision) -> None:
    period = decision.period
    after = {"sha256": decision.sha256} if decision.sha256 else None
    record(
        by=by, action=action, subject=decision, label=f"{period}: {decision.number}", agency_code=period.agency.code,
        after=after,
    )  # fmt: skip
