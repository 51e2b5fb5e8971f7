"""Issuing: the People's Committee's decision is recorded, and the version that Sở Nội vụ published begins to hold."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState
from cms.frameworks import permissions
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, IssuingDecision


@transaction.atomic
def issue_version(
    *,
    by: Any,
    version: FrameworkVersion,
    number: str,
    signed_on: datetime.date,
    signer: str,
    effective_from: datetime.date,
) -> IssuingDecision:
    """Record the decision that issues a version, as who holds that role and neither wrote nor published it.

    Raises DomainError for a decision without number or signer, of another day than the version, or whose days run
    backwards, and WrongState where the version is an agency's own, is issued, or a later one of its framework is.
    """
    permissions.require(permissions.can_issue(by))
    permissions.require_uninvolved(by, version)
    number, signer = number.strip(), signer.strip()
    if not number or not signer:
        raise DomainError(_("A decision has a number and a signer."), code="decision_incomplete")
    _check_days(version, signed_on, effective_from)
    _check_turn(version)
    return write_decision(
        by=by, version=version, number=number, signed_on=signed_on, signer=signer, effective_from=effective_from
    )


@transaction.atomic
def write_decision(*, by: Any, version: FrameworkVersion, **decided: Any) -> IssuingDecision:
    """Write a decision that was checked, and its entry in the ledger."""
    decision = IssuingDecision.objects.create(version=version, recorded_by=by, recorded_at=timezone.now(), **decided)
    record(
        by=by, action="framework.issue", subject=version.framework, label=str(version),
        after={"version": version.number, "hash": version.content_hash, **decided},
    )  # fmt: skip
    return decision


def _check_days(version: FrameworkVersion, signed_on: datetime.date, effective_from: datetime.date) -> None:
    """Refuse a decision of another day than the version's, one not yet signed, and one for days before it was."""
    if effective_from != version.effective_from:
        message = _("The decision takes effect on another day than the version (%(day)s). Publish one with its day.")
        raise DomainError(message % {"day": format_date_vi(version.effective_from)}, code="decision_of_another_day")
    if signed_on > timezone.localdate():
        raise DomainError(_("The decision is signed on a day to come."), code="decision_to_come")
    if signed_on > effective_from and not version.backdating_reason:
        message = _("The decision is signed after its day of effect, and the version is not for days that were over.")
        raise DomainError(message, code="decision_backwards")


def _check_turn(version: FrameworkVersion) -> None:
    """Refuse what needs no decision, has one, or comes after a later version's; nobody else decides meanwhile."""
    CriteriaFramework.objects.select_for_update().get(pk=version.framework_id)
    if version.framework.agency_id is not None:
        raise WrongState(_("An agency's own framework is made within the province's and needs no decision of its own."))
    issued = IssuingDecision.objects.filter(version__framework=version.framework_id)
    if issued.filter(version=version).exists():
        raise WrongState(_("This version is issued already."))
    if issued.filter(version__number__gt=version.number).exists():
        raise WrongState(_("A later version of this framework is issued already."))
