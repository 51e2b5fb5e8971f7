"""Who may look at and write agencies, accounts, memberships, officers and positions (authorisation matrix)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Membership, MembershipQuerySet, Officer
from cms.users.enums import APPRAISING_ROLES, CONFIRMING_ROLES, WRITING_AGENCY_ROLES, Role


def can_administer(user: Any) -> bool:
    """Return whether the person keeps agencies, accounts and memberships: technical administrators alone."""
    return access_for(user).has(Role.TECHNICAL_ADMIN)


def can_see_agencies(user: Any) -> bool:
    """Return whether the person reads the tree in the admin."""
    return access_for(user).has(Role.EDITOR, Role.APPROVER, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN)


def can_see_memberships(user: Any) -> bool:
    """Return whether the person reads who holds which role."""
    return access_for(user).has(*CONFIRMING_ROLES)


def can_confirm(user: Any, membership: Membership) -> bool:
    """Return whether the person may be the second one for a role that waits."""
    return waiting_for(user).filter(pk=membership.pk).exists()


def waiting_for(user: Any) -> MembershipQuerySet:
    """Return the roles that wait and that this person may confirm or refuse: an administrator or approver.

    Not the holder, not the giver, and nobody who got their own role after it was given (docs/adr, 26).
    """
    waiting = Membership.objects.unconfirmed().exclude(user=user).exclude(granted_by=user)
    memberships = Membership.objects.filter(user=user, user__is_active=True, role__in=CONFIRMING_ROLES).active().whole()
    if memberships.filter(granted_by=None).exists():
        # Who was made a second person at the server was made so by nobody whose grants wait.
        return waiting
    since = memberships.aggregate(first=Min("confirmed_at"))["first"]
    return waiting.filter(granted_at__gte=since) if since else waiting.none()


def require_administrator(user: Any) -> None:
    """Raise ``NotAllowed`` unless the act is the system's own (None) or a technical administrator's."""
    if user is not None and not can_administer(user):
        raise NotAllowed(_("Only a technical administrator may do this."))


def has_left(day: datetime.date) -> Q:
    """Return the condition on accounts whose access has ended: an officer posted nowhere any more, and no role."""
    officer = Officer.objects.without_posting(day).filter(account=OuterRef("pk"))
    membership = Membership.objects.active(day).filter(user=OuterRef("pk"))
    return Q(Exists(officer), ~Exists(membership))


def is_officer(user: Any) -> bool:
    """Return whether the account is an officer's, who then has pages of their own."""
    return hasattr(user, "officer")


def can_see_officers(user: Any) -> bool:
    """Return whether the person sees any officers: an agency's people their own, Sở Nội vụ all."""
    return access_for(user).has(*APPRAISING_ROLES, *WRITING_AGENCY_ROLES)


def can_staff(user: Any) -> bool:
    """Return whether the person writes any officers and postings: an agency's own people, and editors."""
    return access_for(user).has(Role.EDITOR, *WRITING_AGENCY_ROLES)


def agencies_staffed_by(user: Any) -> AgencyQuerySet:
    """Return the agencies whose officers the person writes."""
    access = access_for(user)
    if access.has(Role.EDITOR):
        return Agency.objects.all()
    own = (access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES)
    return Agency.objects.within(frozenset().union(*own))


def can_staff_agency(user: Any, agency: Agency) -> bool:
    """Return whether the person writes the officers of this agency."""
    access = access_for(user)
    return access.has(Role.EDITOR) or access.acts_for(agency, *WRITING_AGENCY_ROLES)


def can_link_accounts(user: Any) -> bool:
    """Return whether the person says which account is which officer's: who may sign in as whom is no agency's word."""
    return access_for(user).has(Role.EDITOR)


def can_see_positions(user: Any) -> bool:
    """Return whether the person reads any positions: whoever sees officers."""
    return can_see_officers(user)


def can_edit_positions(user: Any) -> bool:
    """Return whether the person keeps the list of positions: editors of Sở Nội vụ."""
    return access_for(user).has(Role.EDITOR)


def can_edit_authority(user: Any) -> bool:
    """Return whether the person writes drafts of authority tables: editors of Sở Nội vụ."""
    return access_for(user).has(Role.EDITOR)


def can_issue_authority(user: Any) -> bool:
    """Return whether the person issues authority tables that another wrote: approvers of Sở Nội vụ."""
    return access_for(user).has(Role.APPROVER)


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow this for this agency."))
