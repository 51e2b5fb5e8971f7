"""Who may judge which works are the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES


def can_curate(user: Any) -> bool:
    """Return whether the person judges alike works: who appraises, be it over a part of the province."""
    return access_for(user).holds(*APPRAISING_ROLES)


def can_keep_abbreviations(user: Any) -> bool:
    """Return whether the person adds and changes abbreviations: they hold for the whole province."""
    return access_for(user).has(*APPRAISING_ROLES)


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow judging these works."))
