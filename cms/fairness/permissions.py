"""Who compares coefficients."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES


def can_compare(user: Any) -> bool:
    """Return whether the person compares coefficients and reads what was found: who appraises for the whole province.

    A comparison names lists of every block before they are public.
    """
    return access_for(user).has(*APPRAISING_ROLES)


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow comparing coefficients."))
