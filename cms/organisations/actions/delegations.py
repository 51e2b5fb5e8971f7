"""Writes about delegations: who manages or decides for some days otherwise than by postings."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.errors import WrongState
from cms.core.text import clean_text
from cms.organisations.enums import LEADING_ROLES, DelegationKind, Hole, PostingRole
from cms.organisations.errors import CannotGrantToSelf, InvalidDelegation
from cms.organisations.managers import managers_of
from cms.organisations.models import Agency, Delegation, Officer, Posting
from cms.organisations.permissions import can_staff_agency, require
from cms.users.models import User


@dataclass(frozen=True, kw_only=True)
class DelegationValues:
    """What ``Delegation`` says of a kind; ``agency`` is asked for where somebody acts, else it is the officer's own."""

    kind: str
    valid_from: datetime.date
    reason: str
    valid_to: datetime.date | None = None
    from_officer: Officer | None = None
    to_officer: Officer | None = None
    agency: Agency | None = None
    to_agency: Agency | None = None


@transaction.atomic
def delegate(*, by: User | None, values: DelegationValues) -> Delegation:
    """Write a delegation down. Who sends an officer to another agency writes for both.

    Raises ``InvalidDelegation``: to oneself, from a day that is over, a second one of its kind at one time, for a post
    that is not vacant, or when managers would stand in a circle; ``CannotGrantToSelf``, ``NotAllowed``.
    """
    _lock(values)
    delegation = _made(by, values)
    require(by is None or all(can_staff_agency(by, one) for one in (delegation.agency, delegation.to_agency) if one))
    if by is not None and delegation.to_officer and delegation.to_officer.account_id == by.pk:
        raise CannotGrantToSelf(_("You cannot put officers under yourself. Ask another person of your agency."))
    _save(delegation)
    _require_no_circle(delegation)
    record(
        by=by, action="delegation.give", subject=delegation, label=_label(delegation),
        agency_code=delegation.agency.code, after=_described(delegation), reason=delegation.reason,
    )  # fmt: skip
    return delegation


@transaction.atomic
def revoke_delegation(*, by: User | None, delegation: Delegation, reason: str) -> Delegation:
    """End a delegation with yesterday; what it did until then stays. Raises ``InvalidDelegation``, ``WrongState``."""
    delegation = Delegation.objects.select_for_update(of=("self",)).with_names().get(pk=delegation.pk)
    require(by is None or can_staff_agency(by, delegation.agency))
    if delegation.state in ("revoked", "ended"):
        raise WrongState(_("This delegation is over already."))
    reason = clean_text(reason).text
    if not reason:
        raise InvalidDelegation(_("Say why the delegation is revoked."))
    delegation.revoked_on, delegation.revoked_by, delegation.revocation_reason = timezone.localdate(), by, reason
    delegation.save(update_fields=["revoked_on", "revoked_by", "revocation_reason"])
    record(
        by=by, action="delegation.revoke", subject=delegation, label=_label(delegation),
        agency_code=delegation.agency.code, before=_described(delegation), reason=reason,
    )  # fmt: skip
    return delegation


def _lock(values: DelegationValues) -> None:
    """Let nobody else delegate from or to these officers until the transaction ends."""
    people = [one.pk for one in (values.from_officer, values.to_officer) if one]
    list(Officer.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))


def _made(by: User | None, values: DelegationValues) -> Delegation:
    kind, giver, to = values.kind, values.from_officer, values.to_officer
    if giver is not None and giver == to:
        raise InvalidDelegation(_("Nobody delegates to themselves, or manages themselves."))
    if values.valid_from < timezone.localdate():
        raise InvalidDelegation(_("A delegation begins today at the earliest: days that are over stay as they were."))
    acts, moves = kind == DelegationKind.ACTING, kind == DelegationKind.SECONDMENT
    agency = values.agency if acts else _agency_of(giver, values.valid_from)
    if agency is None:
        raise InvalidDelegation(_("Say which agency has no head.") if acts else _("Say whom it is from."))
    delegation = Delegation(
        kind=kind, agency=agency, to_agency=values.to_agency if moves else None,
        from_officer=None if acts else giver, to_officer=None if moves else to,
        valid_from=values.valid_from, valid_to=values.valid_to, reason=clean_text(values.reason).text, given_by=by,
    )  # fmt: skip
    _require_fitting(delegation)
    return delegation


def _agency_of(officer: Officer | None, day: datetime.date) -> Agency | None:
    if officer is None:
        return None
    posting = Posting.objects.on(day).filter(officer=officer, is_main=True).select_related("agency").first()
    if posting is None:
        raise InvalidDelegation(
            _("%(officer)s holds no main posting on %(day)s.") % {"officer": officer, "day": format_date_vi(day)}
        )
    return posting.agency


def _require_fitting(delegation: Delegation) -> None:
    day, giver = delegation.valid_from, delegation.from_officer
    _agency_of(delegation.to_officer, day)
    if delegation.kind == DelegationKind.DELEGATION:
        leads = Posting.objects.on(day).filter(officer=giver, role__in=LEADING_ROLES).exists()
        if not leads and not Delegation.objects.on(day).filter(kind=DelegationKind.ACTING, to_officer=giver).exists():
            raise InvalidDelegation(_("%(officer)s leads nothing that could be delegated.") % {"officer": giver})
    heads = Posting.objects.on(day).filter(agency=delegation.agency, role=PostingRole.HEAD)
    if delegation.kind == DelegationKind.ACTING and heads.exists():
        raise InvalidDelegation(_("%(agency)s has a head on this day.") % {"agency": delegation.agency})
    if delegation.to_agency == delegation.agency:
        raise InvalidDelegation(_("The officer works for this agency already."))
    if delegation.to_agency and delegation.to_agency.dissolved_on:
        sentence = _("%(agency)s has been dissolved; nobody begins there.")
        raise InvalidDelegation(sentence % {"agency": delegation.to_agency})


def _save(delegation: Delegation) -> None:
    try:
        delegation.full_clean()
    except ValidationError as error:
        raise InvalidDelegation(" ".join(error.messages)) from error
    same = Q(from_officer=delegation.from_officer) if delegation.from_officer else Q(agency=delegation.agency)
    others = Delegation.objects.filter(same, kind=delegation.kind)
    other = others.overlapping(delegation.valid_from, delegation.valid_to).order_by("valid_from").first()
    if other is not None:
        sentence = _("Another of this kind holds from %(first)s to %(last)s. Revoke it first.")
        last = format_date_vi(other.valid_to) if other.valid_to else "…"
        raise InvalidDelegation(sentence % {"first": format_date_vi(other.valid_from), "last": last})
    delegation.save()


def _require_no_circle(delegation: Delegation) -> None:
    """Refuse a circle on the first day, and on those on which another delegation of the same people begins."""
    people = [pk for pk in (delegation.from_officer_id, delegation.to_officer_id) if pk]
    near = Delegation.objects.filter(Q(from_officer__in=people) | Q(to_officer__in=people))
    later = near.overlapping(delegation.valid_from, delegation.valid_to).filter(valid_from__gt=delegation.valid_from)
    for day in sorted({delegation.valid_from, *later.values_list("valid_from", flat=True)}):
        for answer in managers_of(people, day).values():
            if answer.hole == Hole.CYCLE:
                raise InvalidDelegation(answer.reason)


def _label(delegation: Delegation) -> str:
    sides = (delegation.from_officer, delegation.to_officer)
    return " → ".join(one.code for one in sides if one)


def _described(delegation: Delegation) -> dict[str, Any]:
    """Return what a delegation says, as the ledger keeps it: codes, no names."""
    giver, to, receiving = delegation.from_officer, delegation.to_officer, delegation.to_agency
    return {
        "kind": delegation.kind, "agency": delegation.agency.code, "to_agency": receiving.code if receiving else "",
        "from_officer": giver.code if giver else "", "to_officer": to.code if to else "",
        "valid_from": delegation.valid_from, "valid_to": delegation.valid_to,
    }  # fmt: skip
