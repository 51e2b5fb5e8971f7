"""Who may upload for an agency, and confirm or drop what was uploaded (security matrix, rows upload and commit)."""

from __future__ import annotations

from typing import Any

from cms.catalogs.models import Catalog
from cms.catalogs.permissions import can_write
from cms.organisations.access import access_for
from cms.organisations.enums import CATALOG_KINDS
from cms.organisations.models import Agency, AgencyQuerySet
from cms.users.enums import SENDING_AGENCY_ROLES, WRITING_AGENCY_ROLES, Role
from importers.kinds import KINDS, USUAL
from importers.models import ImportBatch


def agencies_to_upload_for(user: Any, kind: str = USUAL) -> AgencyQuerySet:
    """Return the agencies that keep a catalog and for which the person may upload files of a kind."""
    keeping = Agency.objects.active().filter(kind__in=CATALOG_KINDS)
    access = access_for(user)
    if KINDS[kind].is_own:
        return keeping.within(
            frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        )
    own = keeping.within(frozenset().union(*(access.paths.get(role, frozenset()) for role in SENDING_AGENCY_ROLES)))
    return own | keeping.filter(access.rows_over("", Role.EDITOR)) if access.holds(Role.EDITOR) else own


def can_upload(user: Any, agency: Agency, kind: str = USUAL) -> bool:
    """Return whether the person may upload: the agency's own people, or an editor on its behalf where the kind has it.

    What tells of people is sent by people: a program does not.
    """
    keeps = agency.kind in CATALOG_KINDS and agency.dissolved_on is None
    access = access_for(user)
    if KINDS[kind].is_own:
        return keeps and access.acts_for(agency, *WRITING_AGENCY_ROLES)
    if KINDS[kind].is_personal and not (access.has(Role.EDITOR) or access.acts_for(agency, *WRITING_AGENCY_ROLES)):
        return False
    return keeps and can_write(user, Catalog(agency=agency))


def acts_on_behalf(user: Any, agency: Agency) -> bool:
    """Return whether the person would act for the agency from outside, which is marked."""
    return not access_for(user).acts_for(agency, *SENDING_AGENCY_ROLES)


def can_commit(user: Any, batch: ImportBatch) -> bool:
    """Return whether the person may confirm or drop it: who uploaded it, the agency's head, or an editor."""
    if not can_upload(user, batch.agency, batch.kind):
        return False
    access = access_for(user)
    return (
        batch.by_id == user.pk
        or access.over(batch.agency, Role.EDITOR)
        or access.acts_for(batch.agency, Role.AGENCY_HEAD)
    )


def may_see_uploads(user: Any) -> bool:
    """Return whether the person works with uploads at all: people of an agency, and editors."""
    return access_for(user).holds(Role.EDITOR, *WRITING_AGENCY_ROLES)
