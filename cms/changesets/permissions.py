"""Who proposes, answers, appraises and decides changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.catalogs.models import Catalog
from cms.changesets.models import ChangeSet, Proposal
from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.users.enums import (
    APPRAISING_ROLES,
    CONTENT_ROLES,
    PARTIAL_ROLES,
    SENDING_AGENCY_ROLES,
    WRITING_AGENCY_ROLES,
    Role,
)


def can_see_proposals(user: Any) -> bool:
    """Return whether the person may have proposals to read: everybody with a part in catalogs."""
    return access_for(user).holds(*CONTENT_ROLES)


def can_see_sets(user: Any) -> bool:
    """Return whether the person appraises or decides, be it over a part of the province."""
    return access_for(user).holds(*PARTIAL_ROLES)


def can_appraise_any(user: Any) -> bool:
    """Return whether the person appraises lists of any agency."""
    return access_for(user).holds(*APPRAISING_ROLES)


def can_gather(user: Any) -> bool:
    """Return whether the person opens change sets and puts proposals into them."""
    return access_for(user).holds(Role.EDITOR)


def can_decide_any(user: Any) -> bool:
    """Return whether the person decides lists of any agency."""
    return access_for(user).holds(Role.PROVINCIAL_APPROVER)


def can_propose(user: Any, catalog: Catalog) -> bool:
    """Return whether the person proposes changes of this catalog: its own people and programs, and who appraises it."""
    access = access_for(user)
    return access.over(catalog.agency, *APPRAISING_ROLES) or access.acts_for(catalog.agency, *SENDING_AGENCY_ROLES)


def can_answer(user: Any, proposal: Proposal) -> bool:
    """Return whether the person answers for the agency; what it proposed itself needs no answer."""
    acts = access_for(user).acts_for(proposal.catalog.agency, *WRITING_AGENCY_ROLES)
    return acts and proposal.by_id != user.pk and not proposal.is_fixed


def can_judge(user: Any, proposal: Proposal) -> bool:
    """Return whether the person accepts or refuses the proposal now, never their own."""
    over = access_for(user).over(proposal.catalog.agency, *APPRAISING_ROLES)
    return over and proposal.by_id != user.pk and proposal.is_being_appraised


def over_agency(user: Any, proposal: Proposal, *roles: Role) -> bool:
    """Return whether one of the province's roles is held over the agency of a proposal."""
    return access_for(user).over(proposal.catalog.agency, *roles)


def keeps_whole_set(user: Any, change_set: ChangeSet, *roles: Role) -> bool:
    """Return whether one of the roles is held over every agency of the set."""
    access = access_for(user)
    if access.has(*roles):
        return True
    outside = change_set.proposals.exclude(access.rows_over("catalog__agency", *roles))
    return access.holds(*roles) and not outside.exists()


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow this, or the change set is no longer where it can be done."))
