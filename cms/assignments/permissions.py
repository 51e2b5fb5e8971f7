"""Who may do what with work: an agency's people for their own and what is below, an officer with their own."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from cms.assignments.enums import OPEN_STATES, WorkState
from cms.assignments.models import Claim, ExternalSystem, WorkAssignment
from cms.assignments.reach import agencies_of
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Officer, Posting, PostingQuerySet
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


def gives_to(user: Any, posting: Posting) -> bool:
    """Return whether the person gives work to the officer of a posting: for the agency, or as direct manager.

    A direct manager only while the officer is still posted there: each side of a transfer keeps its own part.
    """
    if can_give(user, posting.agency):
        return True
    if posting.officer_id not in access_for(user).managed:
        return False
    today = timezone.localdate()
    held = Posting.objects.on(today).filter(officer=posting.officer_id, agency=posting.agency_id)
    return posting.is_on(today) or held.exists()


def postings_given_work_by(user: Any) -> PostingQuerySet:
    """Return the postings of today to which the person gives work: those for which ``gives_to`` answers yes."""
    own = Q(agency__in=agencies_of(user, *WRITING_AGENCY_ROLES)) | access_for(user).is_managed("officer")
    return Posting.objects.on(timezone.localdate()).filter(own).select_related("officer", "position", "agency")


def agencies_planned_by(user: Any) -> AgencyQuerySet:
    """Return the agencies at which the person gives work: their own and below, and those of whom they manage."""
    held = Posting.objects.on(timezone.localdate()).filter(access_for(user).is_managed("officer"))
    own = Q(pk__in=agencies_of(user, *WRITING_AGENCY_ROLES)) | Q(pk__in=held.order_by().values("agency"))
    return Agency.objects.active().filter(own)


def can_write_for(user: Any, system: ExternalSystem) -> bool:
    """Return whether a program's account writes work for an external system now."""
    return ExternalSystem.objects.used_by(user).filter(pk=system.pk).exists()


def can_see_systems(user: Any) -> bool:
    """Return whether the person may look for external systems at all: administrators, and an agency's people."""
    return access_for(user).has(Role.TECHNICAL_ADMIN, *WRITING_AGENCY_ROLES)


def can_map(user: Any, system: ExternalSystem) -> bool:
    """Return whether the person says what the system's words stand for, and takes its kept messages up again."""
    return ExternalSystem.objects.managed_by(user).filter(pk=system.pk).exists()


def agency_paths_of_system(system: ExternalSystem, user: Any | None = None) -> frozenset[str]:
    """Return the tree paths at and below which a system writes: of its agencies, those that the program reaches."""
    paths = frozenset(system.agencies.values_list("path", flat=True))
    if user is None:
        return paths
    own = access_for(user).paths.get(Role.API_CLIENT, frozenset())
    pairs = ((path, mine) for path in paths for mine in own if path.startswith(mine) or mine.startswith(path))
    return frozenset(max(pair, key=len) for pair in pairs)


def is_own(user: Any, officer: Officer) -> bool:
    """Return whether the officer is the person."""
    return officer.account_id is not None and officer.account_id == getattr(user, "pk", None)


def can_report(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person may report on the work now: the officer while it is open."""
    return work.state in OPEN_STATES and is_own(user, work.officer)


def judges(user: Any, work: WorkAssignment) -> bool:
    """Return whether the work is the person's to judge: the direct manager of the day, or who heads the agency.

    Never the officer; and a manager only while the officer is posted where the work was given.
    """
    if is_own(user, work.officer):
        return False
    access = access_for(user)
    if access.acts_for(work.agency, Role.AGENCY_HEAD):
        return True
    held = Posting.objects.on(timezone.localdate()).filter(officer=work.officer_id, agency=work.agency_id)
    return work.officer_id in access.managed and held.exists()


def can_confirm(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person may confirm or return the work now."""
    return work.state == WorkState.DONE and judges(user, work)


def can_add_evidence(user: Any, work: WorkAssignment) -> bool:
    """Return whether somebody brings evidence of the work: the officer who does it, a program of the work's system."""
    return is_own(user, work.officer) or _speaks_for_system_of(user, work)


def _speaks_for_system_of(user: Any, work: WorkAssignment) -> bool:
    """Return whether a program speaks for the system that gave the work, and writes for its agency."""
    if not work.system or not access_for(user).has(Role.API_CLIENT):
        return False
    system = ExternalSystem.objects.used_by(user).filter(code=work.system).first()
    return system is not None and work.agency.path.startswith(tuple(agency_paths_of_system(system, user)))


def can_verify_evidence(user: Any, work: WorkAssignment) -> bool:
    """Return whether the person verifies evidence of the work: who judges the work."""
    return judges(user, work)


def can_decide_claim(user: Any, claim: Claim) -> bool:
    """Return whether the person decides the claim: who heads the agency, or the competent officer; never their own.

    Who lost the authority since the claim was made, by a transfer or a delegation that was revoked, no longer decides.
    """
    if is_own(user, claim.work.officer):
        return False
    access = access_for(user)
    if access.acts_for(claim.work.agency, Role.AGENCY_HEAD):
        return True
    is_named = claim.competent is not None and is_own(user, claim.competent)
    return is_named and claim.work.officer_id in access.under_authority
