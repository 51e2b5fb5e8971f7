"""Writes about agencies and who acts for them."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.organisations.errors import CannotGrantToSelf
from cms.organisations.models import Agency, AgencyCode, Membership
from cms.users.enums import AGENCY_ROLES, Role
from cms.users.models import User


@transaction.atomic
def add_agency(
    *, by: User | None, code: str, name: str, kind: str, item_prefix: str, block: str = "government", parent: Agency | None
) -> Agency:
    """Add an agency below ``parent`` (None for the province itself) and the group that will hold its page rights."""
    fields = {"code": code, "name": name, "kind": kind, "block": block, "item_prefix": item_prefix}
    agency: Agency = parent.add_child(**fields) if parent else Agency.add_root(**fields)
    Group.objects.get_or_create(name=agency.group_name)
    record(by=by, action="agency.add", subject=agency, agency_code=code, after=fields | {"parent": parent and parent.code})
    return agency


@transaction.atomic
def edit_agency(*, by: User | None, agency: Agency, **changes: Any) -> Agency:
    """Change fields of an agency (name, kind, block, item_prefix, dissolved_on); unchanged values leave no trace."""
    before = {name: getattr(agency, name) for name, value in changes.items() if getattr(agency, name) != value}
    if not before:
        return agency
    for name in before:
        setattr(agency, name, changes[name])
    agency.save()
    after = {name: changes[name] for name in before}
    record(by=by, action="agency.edit", subject=agency, agency_code=agency.code, before=before, after=after)
    return agency


@transaction.atomic
def move_agency(*, by: User, agency: Agency, parent: Agency) -> Agency:
    """Move an agency, with all that is below it, under another parent."""
    before = agency.get_parent()
    agency.move(parent, pos="last-child")
    agency.refresh_from_db()
    record(
        by=by,
        action="agency.move",
        subject=agency,
        agency_code=agency.code,
        before={"parent": before and before.code},
        after={"parent": parent.code},
    )
    return agency


@transaction.atomic
def add_identifier_code(
    *, by: User | None, agency: Agency, value: str, form: str, valid_from: datetime.date
) -> AgencyCode:
    """Give an agency a new identifier code; the current one of the same form ends the day before and stays on record."""
    ended = agency.identifier_codes.filter(form=form, valid_to__isnull=True)
    ended.update(valid_to=valid_from - datetime.timedelta(days=1))
    code = agency.identifier_codes.create(value=value, form=form, valid_from=valid_from)
    record(
        by=by,
        action="agency.identifier_code",
        subject=agency,
        agency_code=agency.code,
        after={"value": value, "form": form, "valid_from": valid_from},
    )
    return code


@transaction.atomic
def grant_membership(
    *,
    by: User | None,
    user: User,
    role: str,
    agency: Agency,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> Membership:
    """Let a person act in a role for an agency. Nobody grants a role to themselves (security rule 2)."""
    if by is not None and by.pk == user.pk:
        raise CannotGrantToSelf(_("You cannot give yourself a role. Ask another administrator."))
    membership = Membership(
        user=user,
        role=role,
        agency=agency,
        valid_from=valid_from or timezone.localdate(),
        valid_to=valid_to,
        granted_by=by,
    )
    membership.full_clean()
    membership.save()
    sync_groups(user=user)
    record(by=by, action="membership.grant", subject=membership, agency_code=agency.code, after=_described(membership))
    return membership


@transaction.atomic
def revoke_membership(*, by: User | None, membership: Membership, reason: str = "") -> None:
    """End a membership now; the person's sessions end with it, so the next request acts without it."""
    membership.revoked_at = timezone.now()
    membership.revoked_by = by
    membership.save(update_fields=["revoked_at", "revoked_by"])
    sync_groups(user=membership.user)
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
    wanted: set[str] = set()
    for membership in Membership.objects.filter(user=user).active().select_related("agency"):
        wanted.add(Role(membership.role).group_name)
        if membership.role in AGENCY_ROLES:
            wanted.add(membership.agency.group_name)
    user.groups.set(Group.objects.filter(name__in=wanted))
    user.groups_synced_on = timezone.localdate()
    user.save(update_fields=["groups_synced_on"])


def end_sessions(*, user: User) -> None:
    """Sign a person out everywhere: every session carries a hash that this number is part of."""
    user.session_version += 1
    user.save(update_fields=["session_version"])


def _described(membership: Membership) -> dict[str, Any]:
    return {
        "user": membership.user.username,
        "role": membership.role,
        "agency": membership.agency.code,
        "valid_from": membership.valid_from,
        "valid_to": membership.valid_to,
    }
