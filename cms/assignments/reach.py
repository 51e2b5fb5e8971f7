"""Which agencies a person reaches by the roles that they hold: as a subquery, for conditions on rows."""

from __future__ import annotations

from typing import Any

from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import Role


def agencies_of(user: Any, *roles: Role) -> Any:
    """Return the keys of the agencies for which a person holds one of the agency roles, and of those below."""
    paths = access_for(user).paths
    held = frozenset().union(*(paths.get(role, frozenset()) for role in roles))
    return Agency.objects.within(held).order_by().values("pk")
