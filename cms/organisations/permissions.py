"""Who may look at and write agencies, accounts and memberships (authorisation matrix: users, groups, tokens)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.organisations.models import Membership
from cms.users.enums import Role


def can_administer(user: Any) -> bool:
    """Return whether the person keeps agencies, accounts and memberships: technical administrators alone."""
    return access_for(user).has(Role.TECHNICAL_ADMIN)


def can_see_agencies(user: Any) -> bool:
    """Return whether the person reads the tree in the admin."""
    return access_for(user).has(Role.EDITOR, Role.APPROVER, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN)


def can_see_memberships(user: Any) -> bool:
    """Return whether the person reads who holds which role."""
    return access_for(user).has(Role.APPROVER, Role.TECHNICAL_ADMIN)


def can_confirm(user: Any, membership: Membership) -> bool:
    """Return whether the person may be the second one: not the holder, not the giver, an administrator or approver."""
    return can_see_memberships(user) and user.pk not in (membership.user_id, membership.granted_by_id)


def require_administrator(user: Any) -> None:
    """Raise ``NotAllowed`` unless the act is the system's own (None) or a technical administrator's."""
    if user is not None and not can_administer(user):
        raise NotAllowed(_("Only a technical administrator may do this."))
