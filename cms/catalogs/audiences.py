"""Whose columns a person sees: the one rule about the audience of columns that the province added."""

from __future__ import annotations

from typing import Any

from cms.catalogs.enums import Audience
from cms.organisations.access import access_for
from cms.users.enums import Role

_EVERY = frozenset(Audience)
_OFFICES = frozenset({Audience.EVERYONE, Audience.OFFICES})
_EVERYONE = frozenset({Audience.EVERYONE})


def audiences_seen(user: Any, path: str = "") -> frozenset[Audience]:
    """Return the audiences that the person belongs to in the catalog of the agency at this path of the tree.

    Without a path: in everybody's catalogs alike.
    """
    access = access_for(user)
    if access.reads_province or access.has(Role.PROVINCIAL_APPROVER):
        return _EVERY
    if path and any(path.startswith(own) for own in access.own_paths):
        return _OFFICES
    return _EVERYONE


def audiences_seen_anywhere(user: Any) -> frozenset[Audience]:
    """Return the audiences that the person belongs to in at least one catalog."""
    return audiences_seen(user, next(iter(access_for(user).own_paths), ""))
