"""Who reads what of the audit ledger (authorisation matrix, audit log), as cms.audit.scope asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from cms.audit import acts
from cms.audit.models import AuditEvent, AuditEventQuerySet
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import PARTIAL_ROLES, Role

# Roles that read the whole province's ledger.
_PROVINCE = (Role.EDITOR, Role.APPROVER, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN)


class MembershipScope:
    """Reading follows memberships: the province, the own agency (its head), or one's own acts (its uploader)."""

    def readable_by(self, user: Any) -> AuditEventQuerySet:
        """Return the events that a person may read."""
        access = access_for(user)
        if access.has(*_PROVINCE):
            return AuditEvent.objects.all()
        headed = Agency.objects.within(access.paths.get(Role.AGENCY_HEAD, frozenset()))
        followed = headed | Agency.objects.filter(access.rows_over("", *PARTIAL_ROLES))
        if access.has(Role.AGENCY_HEAD) or access.holds(*PARTIAL_ROLES):
            return AuditEvent.objects.filter(Q(agency_code__in=followed.values("code")) | Q(actor_id=user.pk))
        if access.has(Role.UPLOADER):
            return AuditEvent.objects.filter(actor_id=user.pk)
        return AuditEvent.objects.none()

    def reads_content(self, user: Any, event: AuditEvent) -> bool:
        """Return whether an event's content is for this person: administrators see of catalogs only that they moved."""
        act = acts.find(event.action)
        is_content = act is None or act.is_content
        return not (is_content and event.actor_id != user.pk and access_for(user).has(Role.TECHNICAL_ADMIN))

    def agency_codes(self, text: str) -> list[str]:
        """Return the codes of the agencies that a search text finds."""
        return list(Agency.objects.search(text).values_list("code", flat=True))

    def agency_names(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the names of agencies by code."""
        return dict(Agency.objects.filter(code__in=set(codes)).values_list("code", "name"))
