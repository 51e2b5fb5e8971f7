"""Which events a person or a program may read, and how far the ledger has come."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from api.clients.models import Scope
from cms.assignments.models import ExternalSystem
from cms.audit.acts import EventAudience, event_codes
from cms.audit.models import AuditEvent, AuditEventQuerySet, AuditHead
from cms.organisations.access import Access, access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, Role
from importers.kinds import kinds_for_programs


def readable_by(user: Any, scopes: Collection[str] | None = None) -> AuditEventQuerySet:
    """Return the events that somebody may read: public ones, and of unpublished work what is theirs to read.

    ``scopes`` are those of a program's token; a person (None) is bound by their roles alone. Lists of officers are told
    to nobody: an event is the same for whoever reads it. They come without content: ``present`` reads what it tells.
    """
    access = access_for(user)
    readable = Q(action__in=event_codes(EventAudience.EVERYBODY))
    if scopes is None or Scope.CATALOGS_READ in scopes:
        readable |= _of_catalogs(access)
    if scopes is None or Scope.IMPORTS_WRITE in scopes:
        readable |= _of_uploads(access)
    if scopes is None or {Scope.EVALUATIONS_READ, Scope.RESULTS_READ} & set(scopes):
        readable |= _of_evaluations(access)
    if scopes is None or Scope.ASSIGNMENTS_READ in scopes:
        readable |= _of_work(access, user)
    return AuditEvent.objects.filter(readable).without_content()


def head_sequence() -> int:
    """Return the number of the last event; every event up to it is there to be read, and none below it will come."""
    return AuditHead.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0


def first_since(moment: datetime.datetime) -> int:
    """Return the number of the first event at or after a moment; one beyond the last where there is none.

    Numbers have no gaps and grow with time, so it is found by halving.
    """

    def at(number: int) -> datetime.datetime:
        return AuditEvent.objects.values_list("at", flat=True).get(sequence=number)

    return bisect.bisect_left(range(1, head_sequence() + 1), moment, key=at) + 1


def _of_catalogs(access: Access) -> Q:
    """The scope of ``CatalogVersion.objects.worked_on_by``, told by action: a state of then is not that of now."""
    working = Q(action__in=event_codes(EventAudience.WORKING, EventAudience.APPRAISING))
    if access.reads_province:
        return working
    readable = Q(pk__in=[])
    if access.own_paths:
        readable |= working & Q(agency_code__in=access.own_agencies().values("code"))
    if access.holds(*APPRAISING_ROLES):
        readable |= working & _over(access, *APPRAISING_ROLES)
    if access.holds(Role.PROVINCIAL_APPROVER):
        readable |= Q(action__in=event_codes(EventAudience.APPRAISING)) & _over(access, Role.PROVINCIAL_APPROVER)
    return readable


def _of_uploads(access: Access) -> Q:
    """The scope of ``ImportBatch.objects.visible_to``, of the kinds that programs read."""
    uploads = Q(action__in=event_codes(EventAudience.UPLOADING), after__upload_kind__in=kinds_for_programs())
    if access.has(Role.EDITOR):
        return uploads
    theirs = Q(agency_code__in=access.own_agencies().values("code"))
    return uploads & (theirs | _over(access, Role.EDITOR) if access.holds(Role.EDITOR) else theirs)


def _of_evaluations(access: Access) -> Q:
    """The scope of the agency's desk and its programs, told by the agency whose period it is."""
    evaluating = Q(action__in=event_codes(EventAudience.EVALUATING))
    return evaluating & Q(agency_code__in=access.own_agencies().values("code"))


def _of_work(access: Access, user: Any) -> Q:
    """The scope of those who act for the agency whose work it is; of a program, no further than its systems reach."""
    theirs = access.own_agencies()
    if access.has(Role.API_CLIENT):
        theirs = theirs.filter(pk__in=ExternalSystem.objects.used_by(user).agencies().order_by().values("pk"))
    return Q(action__in=event_codes(EventAudience.WORK_READING), agency_code__in=theirs.order_by().values("code"))


def _over(access: Access, *roles: Role) -> Q:
    """Return the condition on events of agencies over which one of the roles is held."""
    if access.has(*roles):
        return ~Q(pk__in=[])
    return Q(agency_code__in=Agency.objects.filter(access.rows_over("", *roles)).values("code"))
