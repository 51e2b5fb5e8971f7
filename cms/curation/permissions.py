"""Who may judge which works are the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.catalogs.models import CatalogVersion
from cms.core.errors import NotAllowed
from cms.curation.models import CommonLink
from cms.curation.reach import reaches_some
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, Role


def can_curate(user: Any) -> bool:
    """Return whether the person judges alike works, be it in a part of the province."""
    return reaches_some(user)


def can_keep_abbreviations(user: Any) -> bool:
    """Return whether the person adds and changes abbreviations: they hold for the whole province."""
    return access_for(user).has(*APPRAISING_ROLES)


def can_promote(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person promotes works of a version into the common list: an editor of the whole province."""
    return access_for(user).has(Role.EDITOR) and access_for(user).over(version.catalog.agency, Role.EDITOR)


def can_end_link(user: Any, link: CommonLink) -> bool:
    """Return whether the person ends links of an agency's items: who appraises its lists."""
    return access_for(user).over(link.catalog.agency, *APPRAISING_ROLES)


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow judging these works."))
