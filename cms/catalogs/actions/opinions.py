"""Writes about opinions: the steps of a block, and what bodies say of a version before it is decided."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import notifications, permissions
from cms.catalogs.errors import OwnWork, ReasonRequired, StepOfNobody
from cms.catalogs.models import CatalogVersion, OpinionStep, VersionOpinion
from cms.core.errors import require_words
from cms.organisations.models import Agency, Membership
from cms.users.enums import Role
from cms.users.models import User

_FIELDS = ("block", "order", "name", "role", "within")


@transaction.atomic
def save_opinion_step(*, by: User | None, step_id: int | None = None, **fields: Any) -> OpinionStep:
    """Add a step (no ``step_id``) or change one. Versions that were accepted before keep the steps of that day.

    Raises ``StepOfNobody`` where nobody holds the role over the block, and ValidationError for a place that is taken.
    """
    if unknown := set(fields) - set(_FIELDS):
        raise TypeError(f"not a field of a step: {sorted(unknown)}")
    permissions.require(by is None or permissions.can_keep_steps(by))
    step = OpinionStep.objects.select_for_update().get(pk=step_id) if step_id else OpinionStep()
    before = _facts(step) if step_id else {}
    for name, value in fields.items():
        setattr(step, name, value)
    step.full_clean()
    _require_agency(step)
    _require_holder(step)
    step.save()
    action = "opinion_step.edit" if step_id else "opinion_step.add"
    record(by=by, action=action, subject=step, before=before, after=_facts(step))
    return step


@transaction.atomic
def remove_opinion_step(*, by: User | None, step: OpinionStep) -> None:
    """Take a step away; versions that were accepted before still wait for it."""
    permissions.require(by is None or permissions.can_keep_steps(by))
    record(by=by, action="opinion_step.remove", subject=step, before=_facts(step))
    step.delete()


def ask_opinions(version: CatalogVersion) -> None:
    """Ask, of a version that has just been accepted, what the steps of its block ask; mail who is to act next."""
    steps = OpinionStep.objects.asked_for(version)
    now = timezone.now()
    VersionOpinion.objects.bulk_create(
        VersionOpinion(version=version, order=step.order, name=step.name, role=step.role, asked_at=now)
        for step in steps
    )
    _notify_next(version)


def drop_pending_opinions(version: CatalogVersion) -> None:
    """Ask no longer: the version goes back to its agency, and is asked about anew when it is accepted again."""
    version.opinions.filter(given_at=None).delete()


@transaction.atomic
def give_opinion(*, by: User, version: CatalogVersion, words: str) -> VersionOpinion:
    """Say, for the body that is asked now, what it found; the next one is asked, or the version waits to be decided.

    Nobody speaks on what they wrote or accepted, nor twice on one version (``OwnWork``). Raises ``NotAllowed`` for who
    does not hold the role that is asked, and ``ReasonRequired`` without words.
    """
    version = CatalogVersion.objects.select_for_update().get(pk=version.pk)
    permissions.require(permissions.can_give_opinion(by, version))
    permissions.require_not_own_work(by, version)
    given = version.opinions.filter(given_by=by, asked_at__gte=version.appraised_at)
    if version.appraised_by_id == by.pk or given.exists():
        raise OwnWork(_("You accepted this version or spoke on it already, so somebody else has to."))
    words = require_words(words, ReasonRequired(_("Write what the body found, with the number of its minutes.")))
    opinion = version.opinions.pending().get()
    opinion.given_by, opinion.given_at, opinion.words = by, timezone.now(), words
    opinion.save()
    record(
        by=by, action="catalog_version.give_opinion", subject=version, agency_code=version.catalog.agency.code,
        label=str(version), after={"step": opinion.name, "text": opinion.words},
    )  # fmt: skip
    _notify_next(version)
    return opinion


def _notify_next(version: CatalogVersion) -> None:
    pending = version.opinions.pending().first()
    if pending:
        notifications.notify_waits_for_opinion(version, pending)
    else:
        notifications.notify_waits_for_decision(version)


def _facts(step: OpinionStep) -> dict[str, Any]:
    own = {name: getattr(step, name) for name in _FIELDS}
    return own | {"within": step.within.code if step.within else ""}


def _require_agency(step: OpinionStep) -> None:
    """Refuse a part of the province without an agency of the block: nobody would ever be asked."""
    if step.within and not Agency.objects.within({step.within.path}).filter(block=step.block).exists():
        sentence = _("At %(agency)s and below there is no agency of the block %(block)s.")
        raise ValidationError(sentence % {"agency": step.within, "block": step.get_block_display()})


def _require_holder(step: OpinionStep) -> None:
    """Refuse a step that nobody could do: every version of the block would wait for ever."""
    held = Membership.objects.active().filter(role=step.role, user__is_active=True)
    over = held.over(step.within) if step.within else held.whole() | held.filter(scope_block=step.block)
    if not over.exists():
        sentence = _("Nobody holds the role “%(role)s” over the block %(block)s. Grant it first.")
        params = {"role": Role(step.role).label, "block": step.get_block_display()}
        raise StepOfNobody(sentence % params)
