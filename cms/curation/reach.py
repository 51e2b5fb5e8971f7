"""How far somebody judges alike works: who appraises, as far as they do; and a program of the whole province."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, Role


def reaches_province(user: Any) -> bool:
    """Return whether works of every agency are theirs to judge."""
    return access_for(user).has(*APPRAISING_ROLES) or _is_program_of_province(user)


def reaches_some(user: Any) -> bool:
    """Return whether works of some agencies are theirs to judge."""
    return access_for(user).holds(*APPRAISING_ROLES) or _is_program_of_province(user)


def rows_within(user: Any, agency: str) -> Q:
    """Return the condition on rows of agencies whose works are theirs to judge: ``agency`` is the way to it."""
    return ~Q(pk__in=[]) if reaches_province(user) else access_for(user).rows_over(agency, *APPRAISING_ROLES)


def _is_program_of_province(user: Any) -> bool:
    """Return whether a program asks that was added for the root of the tree; its scopes say what it may do."""
    return any(len(path) == Agency.steplen for path in access_for(user).paths.get(Role.API_CLIENT, ()))
