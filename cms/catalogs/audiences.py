"""Whose columns a person sees: the one rule about the audience of columns that the province added."""

from __future__ import annotations

from typing import Any

from cms.catalogs.enums import Audience
from cms.organisations.access import access_for
from cms.users.enums import PARTIAL_ROLES

_EVERY = frozenset(Audience)
_OFFICES = frozenset({Audience.EVERYONE, Audience.OFFICES})
_EVERYONE = frozenset({Audience.EVERYONE})


def audiences_seen(user: Any, path: str = "", block: str = "") -> frozenset[Audience]:
    """Return the audiences that the person belongs to in the catalog of the agency at this path, of this block.

    Without them: in everybody's catalogs alike.
    """
    access = access_for(user)
    if access.covers(path, block, *PARTIAL_ROLES):
        return _EVERY
    if path and any(path.startswith(own) for own in access.own_paths):
        return _OFFICES
    return _EVERYONE


def audiences_seen_anywhere(user: Any) -> frozenset[Audience]:
    """Return the audiences that the person belongs to in at least one catalog."""
    access = access_for(user)
    if access.holds(*PARTIAL_ROLES):
        return _EVERY
    return audiences_seen(user, next(iter(access.own_paths), ""))
