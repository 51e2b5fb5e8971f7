"""For whom a head or deputy answers (article 15.3, component d), asked of many postings at once without the database.

It says what ``PostingQuerySet.led_by`` says; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cms.organisations.enums import PostingRole
from cms.organisations.models import Agency


@dataclass(frozen=True)
class Place:
    """Where somebody works: the agency's path in the tree, the role, the folded fields of work or in charge."""

    officer: int
    path: str
    role: str
    fields: frozenset[str]


def answers_for(leading: Place, other: Place, names: Mapping[str, frozenset[str]]) -> bool:
    """Say whether somebody leads another; ``names`` are the folded codes and names of agencies, by path."""
    if leading.officer == other.officer or not other.path.startswith(leading.path):
        return False
    if leading.role == PostingRole.HEAD:
        return True
    if leading.role != PostingRole.DEPUTY or (other.path == leading.path and other.role != PostingRole.STAFF):
        return False
    return bool(shared_fields(leading, other, names))


def shared_fields(leading: Place, other: Place, names: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the leader's folded fields that are another's too, or that name a unit in which the other works."""
    step = Agency.steplen
    units = (other.path[:end] for end in range(len(leading.path) + step, len(other.path) + 1, step))
    return leading.fields & other.fields.union(*(names.get(path, frozenset()) for path in units))
