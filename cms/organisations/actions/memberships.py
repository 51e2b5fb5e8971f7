"""Writes about who acts in which role for which agency."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import WrongState, require_words
from cms.organisations.errors import CannotGrantToSelf, DutiesApart, InvalidMembership, SecondPersonNeeded
from cms.organisations.models import Agency, Membership
from cms.organisations.permissions import can_confirm, require_administrator
from cms.users.enums import AGENCY_ROLES, CONTENT_ROLES, SECOND_PERSON_ROLES, Role
from cms.users.models import User


@transaction.atomic
def grant_membership(
    *,
    by: User | None,
    user: User,
    role: str,
    agency: Agency,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    scope_block: str = "",
    scope_agency: Agency | None = None,
) -> Membership:
    """Let a person act in a role for an agency.

    A role of ``PARTIAL_ROLES`` is held over the whole province, or over a block, or over an agency and what is below.

    A role of ``SECOND_PERSON_ROLES`` takes effect when confirm_membership follows; with ``by=None`` (set-up from the
    command line) at once. Raises ``CannotGrantToSelf``, ``DutiesApart``, ``InvalidMembership``, ``NotAllowed``.
    """
    _refuse_own(by, user)
    require_administrator(by)
    valid_from = valid_from or timezone.localdate()
    _check_duties_apart(user, role)
    _close_expired(valid_from, user=user, role=role, agency=agency, scope_block=scope_block, scope_agency=scope_agency)
    membership = Membership(
        user=user,
        role=role,
        agency=agency,
        scope_block=scope_block,
        scope_agency=scope_agency,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=by,
        confirmed_at=timezone.now() if by is None or role not in SECOND_PERSON_ROLES else None,
    )
    try:
        membership.full_clean()
    except ValidationError as error:
        raise InvalidMembership(" ".join(error.messages)) from error
    membership.save()
    sync_groups(user=user)
    record(by=by, action="membership.grant", subject=membership, agency_code=agency.code, after=_described(membership))
    return membership


@transaction.atomic
def confirm_membership(*, by: User, membership: Membership) -> Membership:
    """Let a grant take effect, as the second person (an administrator or approver who neither gave nor holds it).

    Raises ``CannotGrantToSelf``, ``SecondPersonNeeded``, or ``WrongState`` when nothing waits.
    """
    membership = _locked_for_second_person(by, membership)
    membership.confirmed_at = timezone.now()
    membership.confirmed_by = by
    membership.save(update_fields=["confirmed_at", "confirmed_by"])
    sync_groups(user=membership.user)
    record(
        by=by,
        action="membership.confirm",
        subject=membership,
        agency_code=membership.agency.code,
        after=_described(membership),
    )
    return membership


@transaction.atomic
def refuse_membership(*, by: User, membership: Membership, reason: str) -> None:
    """Turn a grant down, as the second person; it never takes effect. Raises as ``confirm_membership`` does."""
    membership = _locked_for_second_person(by, membership)
    reason = require_words(reason, InvalidMembership(_("Say why the role is refused.")))
    _end(by, membership)
    record(
        by=by,
        action="membership.refuse",
        subject=membership,
        agency_code=membership.agency.code,
        before=_described(membership),
        reason=reason,
    )


def _locked_for_second_person(by: User, membership: Membership) -> Membership:
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "agency").get(pk=membership.pk)
    )
    _refuse_own(by, membership.user)
    if membership.state != "waiting":
        raise WrongState(_("This role does not wait for a confirmation."))
    if not can_confirm(by, membership):
        sentence = _(
            "A second person confirms a role: an administrator or approver who did not give it, and who held their own "
            "role when it was given."
        )
        raise SecondPersonNeeded(sentence)
    return membership


def _end(by: User | None, membership: Membership) -> None:
    membership.revoked_at = timezone.now()
    membership.revoked_by = by
    membership.save(update_fields=["revoked_at", "revoked_by"])
    sync_groups(user=membership.user)


@transaction.atomic
def revoke_membership(*, by: User | None, membership: Membership, reason: str = "") -> None:
    """End a membership now; the person's sessions end with it, so the next request acts without it.

    Raises ``CannotGrantToSelf`` for one's own (an administrator cannot leave nobody behind) and ``WrongState``.
    """
    _refuse_own(by, membership.user)
    require_administrator(by)
    membership = Membership.objects.select_for_update().select_related("user", "agency").get(pk=membership.pk)
    if membership.revoked_at:
        raise WrongState(_("This role has been revoked already."))
    _end(by, membership)
    end_sessions(user=membership.user)
    record(
        by=by,
        action="membership.revoke",
        subject=membership,
        agency_code=membership.agency.code,
        before=_described(membership),
        reason=reason,
    )


def sync_groups(*, user: User) -> None:
    """Bring a person's Django groups, which carry Wagtail's permissions, in line with the memberships of today."""
    group_names: set[str] = set()
    for membership in Membership.objects.filter(user=user).active().select_related("agency"):
        role = Role(membership.role)
        group_names.add(role.part_group_name if membership.is_partial else role.group_name)
        if membership.role in AGENCY_ROLES:
            group_names.add(membership.agency.group_name)
    user.groups.set(Group.objects.filter(name__in=group_names))
    user.groups_synced_on = timezone.localdate()
    user.save(update_fields=["groups_synced_on"])


def end_sessions(*, user: User) -> None:
    """Sign a person out everywhere: every session carries a hash that this number is part of."""
    user.session_version += 1
    user.save(update_fields=["session_version"])


def ask_confirmation_again(*, by: User | None, user: User) -> None:
    """Let the deciding roles of a person wait for a second person again, because ``by`` could now sign in as them."""
    waiting = Membership.objects.filter(user=user, role__in=SECOND_PERSON_ROLES).current()
    waiting.update(confirmed_at=None, confirmed_by=None, granted_by=by, granted_at=timezone.now())
    sync_groups(user=user)


def _refuse_own(by: User | None, user: User) -> None:
    if by is not None and by.pk == user.pk:
        raise CannotGrantToSelf(_("You cannot give, confirm or take your own roles. Ask another administrator."))


def _check_duties_apart(user: User, role: str) -> None:
    administers = {Role.TECHNICAL_ADMIN} if role in CONTENT_ROLES else set()
    apart = CONTENT_ROLES if role == Role.TECHNICAL_ADMIN else administers
    # What a program may send over the API must not become what a person may write on screens.
    apart |= set(Role) - {Role.API_CLIENT} if role == Role.API_CLIENT else {Role.API_CLIENT}
    if Membership.objects.filter(user=user, role__in=apart).current().exists():
        raise DutiesApart(_("Nobody administers the system and has power over content. Use a second person."))


def _close_expired(before: datetime.date, **like: Any) -> None:
    """Close the same role that has run out, which would otherwise stand in the way of the new one."""
    same = Membership.objects.filter(**like, revoked_at__isnull=True)
    same.filter(valid_to__lt=min(before, timezone.localdate())).update(revoked_at=timezone.now())


def _described(membership: Membership) -> dict[str, Any]:
    return {
        "user": membership.user.username,
        "role": membership.role,
        "agency": membership.agency.code,
        **({"scope_block": membership.scope_block} if membership.scope_block else {}),
        **({"scope_agency": membership.scope_agency.code} if membership.scope_agency else {}),
        "valid_from": membership.valid_from,
        "valid_to": membership.valid_to,
        "confirmed": not membership.needs_confirmation,
    }
