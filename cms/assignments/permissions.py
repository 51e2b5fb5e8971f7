"""Who may do what with work: an agency's people for their own and what is below, an officer with their own."""

from __future__ import annotations

from typing import Any

from cms.assignments.enums import OPEN_STATES, WorkState
from cms.assignments.models import Claim, WorkAssignment
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Officer
from cms.users.enums import WRITING_AGENCY_ROLES, Role


def can_see_work(user: Any) -> bool:
    """Return whether the person works with the work of any agency."""
    return access_for(user).has(*WRITING_AGENCY_ROLES)


def agencies_given_work_by(user: Any) -> AgencyQuerySet:
    """Return the agencies whose officers the person gives work."""
    access = access_for(user)
    own = (access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES)
    return Agency.objects.within(frozenset().union(*own))


def can_give(user: Any, agency: Agency) -> bool:
    """Return whether the person gives work to officers of the agency."""
    return access_for(user).acts_for(agency, *WRITING_AGENCY_ROLES)


def is_own(user: Any, officer: Officer) -> bool:
    """Return whether the officer is the person."""
    return officer.account_id is not None and officer.account_id == getattr(user, "pk", None)


def can_report(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person may report on the work now: the officer while it is open."""
    return work.state in OPEN_STATES and is_own(user, work.officer)


def can_confirm(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person may confirm or return the work now: who heads the agency, never the officer."""
    heads = access_for(user).acts_for(work.agency, Role.AGENCY_HEAD)
    return work.state == WorkState.DONE and heads and not is_own(user, work.officer)


def can_add_evidence(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person brings evidence of the work: the officer who does it."""
    return is_own(user, work.officer)


def can_verify_evidence(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person verifies evidence of the work: who heads the agency, never the officer."""
    return access_for(user).acts_for(work.agency, Role.AGENCY_HEAD) and not is_own(user, work.officer)


def can_decide_claim(user: Any, claim: Claim) -> bool:
    """Return whether the person decides the claim: the competent officer, or who heads the agency; never their own."""
    if is_own(user, claim.work.officer):
        return False
    is_competent = claim.competent is not None and is_own(user, claim.competent)
    return is_competent or access_for(user).acts_for(claim.work.agency, Role.AGENCY_HEAD)
