"""When the province's framework moves: agencies' own follow it or are confirmed beside it, by a day."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState
from cms.frameworks import conversion, limits, permissions
from cms.frameworks.actions.drafting import require_unlocked, save_draft
from cms.frameworks.bases import Beside, unmet
from cms.frameworks.errors import NotConfirmable
from cms.frameworks.models import BaseConfirmation, CriteriaFramework, FrameworkVersion
from cms.scoring.definition import Definition, read_definition


@transaction.atomic
def set_confirm_by(*, by: Any, draft: CriteriaFramework, day: datetime.date) -> None:
    """Say, as who may publish the draft, by when agencies' frameworks made of it are confirmed beside it.

    Raises DomainError for a day that is over when the draft is published.
    """
    permissions.require(permissions.can_publish(by, draft) and draft.agency is None)
    today = timezone.localdate()
    published_on = max(today, timezone.localdate(draft.go_live_at)) if draft.go_live_at else today
    if day < published_on:
        message = _("Agencies' frameworks cannot be confirmed by a day before %(day)s, when this is published.")
        raise DomainError(message % {"day": format_date_vi(published_on)}, code="confirm_by_is_over")
    CriteriaFramework.objects.filter(pk=draft.pk).update(confirm_by=day)
    record(by=by, action="framework.set_confirm_by", subject=draft, after={"confirm_by": day})


@transaction.atomic
def confirm_beside_base(*, by: Any, version: FrameworkVersion, base_version: FrameworkVersion) -> BaseConfirmation:
    """Say that an agency's version goes on beside a later version of its base; from today on, never for days before.

    By an approver who wrote none of the version. Raises NotConfirmable with each departure where the version goes
    beyond the limits of that base, and WrongState where nothing is due.
    """
    permissions.require(permissions.can_confirm(by, version))
    beside = next((each for each in unmet(version.framework) if each == Beside(version, base_version)), None)
    if beside is None:
        raise WrongState(_("This version does not wait for a confirmation beside that version of its base."))
    if beside.departures:
        raise NotConfirmable(beside.departures)
    try:
        with transaction.atomic():
            confirmed = BaseConfirmation.objects.create(
                version=version, base_version=base_version, confirmed_on=timezone.localdate(),
                confirmed_at=timezone.now(), confirmed_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("Somebody else has just confirmed this.")) from None
    record(
        by=by, action="framework.confirm_beside_base", subject=version.framework, label=str(version),
        agency_code=version.framework.agency.code if version.framework.agency else "",
        after={"version": version.number, "base_version": base_version.number, "base_hash": base_version.content_hash},
    )  # fmt: skip
    return confirmed


@transaction.atomic
def follow_base(*, by: Any, framework: CriteriaFramework) -> CriteriaFramework:
    """Write the next draft of an agency's framework: the last version of its base, with what the agency may write.

    What the draft says of the rest now stays in its history. Raises WrongState while the draft is locked or waits.
    """
    permissions.require(permissions.can_change(by, framework))
    require_unlocked(framework, by)
    base = FrameworkVersion.objects.filter(framework=framework.base_id).order_by("-number").first()
    last = FrameworkVersion.objects.filter(framework=framework).order_by("-number").first()
    draft = framework.get_latest_revision_as_object()
    own = _readable(draft) or (last.definition if last else None)
    if base is None or own is None:
        raise WrongState(_("The framework is made of no published framework of the province, or cannot be read."))
    first = max(base.effective_from, timezone.localdate(), last.effective_from if last else base.effective_from)
    conversion.fill(draft, limits.follow(own, base.definition, first))
    save_draft(draft, by)
    record(
        by=by, action="framework.follow_base", subject=framework, after={"base_version": base.number},
        agency_code=framework.agency.code if framework.agency else "",
    )  # fmt: skip
    return framework


def _readable(draft: CriteriaFramework) -> Definition | None:
    return read_definition(conversion.definition_data(draft))[0]
