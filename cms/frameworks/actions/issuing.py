"""Issuing: the People's Committee's decision is recorded, and the version that Sở Nội vụ published begins to hold."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState
from cms.frameworks import permissions
from cms.frameworks.models import FrameworkVersion, IssuingDecision


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

    Raises DomainError where the decision takes effect on another day than the version, and WrongState where the
    version is an agency's own or is issued already.
    """
    permissions.require(permissions.can_issue(by))
    if version.framework.agency_id is not None:
        raise WrongState(_("An agency's own framework is made within the province's and needs no decision of its own."))
    permissions.require_uninvolved(by, version)
    if effective_from != version.effective_from:
        message = _("The decision takes effect on another day than the version (%(day)s). Publish one with its day.")
        raise DomainError(message % {"day": format_date_vi(version.effective_from)}, code="decision_of_another_day")
    if signed_on > timezone.localdate():
        raise DomainError(_("The decision is signed on a day to come."), code="decision_to_come")
    try:
        with transaction.atomic():
            decision = IssuingDecision.objects.create(
                version=version, number=number.strip(), signed_on=signed_on, signer=signer.strip(),
                effective_from=effective_from, recorded_by=by, recorded_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("This version is issued already, or the decision has no number or signer.")) from None
    record(
        by=by, action="framework.issue", subject=version.framework, label=str(version),
        after={
            "version": version.number, "hash": version.content_hash, "number": decision.number,
            "signed_on": signed_on, "signer": decision.signer, "effective_from": effective_from,
        },
    )  # fmt: skip
    return decision
