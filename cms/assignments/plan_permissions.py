"""Who may do what with plan tasks: agencies give them to themselves and below, the provincial Office to all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q

from cms.assignments.enums import PlanGiver, PlanState
from cms.assignments.models import PlanTask
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role


def can_see_plans(user: Any) -> bool:
    """Return whether the person works with plan tasks of any agency, or reads them for Sở Nội vụ."""
    return access_for(user).holds(*WRITING_AGENCY_ROLES, *APPRAISING_ROLES, Role.PROVINCIAL_APPROVER)


def provincial_office() -> Agency | None:
    """Return the agency that gives key tasks to the whole province (THUOCDO_PROVINCIAL_OFFICE); None without one."""
    code = settings.THUOCDO_PROVINCIAL_OFFICE
    return Agency.objects.active().filter(code=code).first() if code else None


def serves_the_office(user: Any) -> bool:
    """Return whether the person writes for the provincial Office."""
    office = provincial_office()
    return office is not None and access_for(user).acts_for(office, *WRITING_AGENCY_ROLES)


def agencies_given_plans_by(user: Any) -> AgencyQuerySet:
    """Return the agencies to which the person gives plan tasks: their own and below; everybody, for the Office."""
    if serves_the_office(user):
        return Agency.objects.active()
    paths = access_for(user).paths
    held = frozenset().union(*(paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
    return Agency.objects.active().filter(_at_or_below(held))


def _at_or_below(paths: frozenset[str]) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def can_give_plan(user: Any, *, agency: Agency, giver: Agency, kind: str) -> bool:
    """Return whether the person gives a task of this kind to the agency, for the giver."""
    if not access_for(user).acts_for(giver, *WRITING_AGENCY_ROLES):
        return False
    if kind == PlanGiver.OWN:
        return giver.pk == agency.pk
    if kind == PlanGiver.SUPERIOR:
        return agency.path.startswith(giver.path) and giver.pk != agency.pk
    office = provincial_office()
    return office is not None and office.pk == giver.pk != agency.pk


def can_change_plan(user: Any, task: PlanTask) -> bool:
    """Return whether the person changes or withdraws what is asked: whoever writes for the giver, while it is open."""
    return task.is_open and access_for(user).acts_for(task.giver, *WRITING_AGENCY_ROLES)


def can_report_plan(user: Any, task: PlanTask) -> bool:
    """Return whether the person reports on the task now: whoever writes for the owner, while it is open."""
    return task.is_open and access_for(user).acts_for(task.agency, *WRITING_AGENCY_ROLES)


def can_confirm_plan(user: Any, task: PlanTask) -> bool:
    """Return whether the person confirms or returns the report now: who heads the giver, and did not report it."""
    waits = task.state == PlanState.REPORTED and task.reported_by_id != getattr(user, "pk", None)
    return waits and access_for(user).acts_for(task.giver, Role.AGENCY_HEAD)


def can_correct_plan(user: Any, task: PlanTask) -> bool:
    """Return whether the person corrects the confirmed result: who heads the giver, and did not report it."""
    is_other = task.reported_by_id != getattr(user, "pk", None)
    return task.is_confirmed and is_other and access_for(user).acts_for(task.giver, Role.AGENCY_HEAD)
