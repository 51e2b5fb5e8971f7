"""Writes about position groups: the menus of weights and the peers of caps."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cms.audit.actions import record
from cms.frameworks import permissions
from cms.organisations.models import PositionGroup

_FIELDS = ("code", "name", "note")


@transaction.atomic
def save_position_group(*, by: Any, group_id: int | None = None, **fields: Any) -> PositionGroup:
    """Add a position group (no ``group_id``) or change one; its code lasts, since definitions name it.

    Raises ValidationError for a code that is taken.
    """
    permissions.require(permissions.can_add(by))
    if unknown := set(fields) - set(_FIELDS):
        raise TypeError(f"not a field of a position group: {sorted(unknown)}")
    group = PositionGroup.objects.select_for_update().get(pk=group_id) if group_id else PositionGroup()
    if group_id:
        fields.pop("code", None)
    before = {name: getattr(group, name) for name, value in fields.items() if getattr(group, name) != value}
    if group_id and not before:
        return group
    for name, value in fields.items():
        setattr(group, name, value)
    group.full_clean()
    group.save()
    record(
        by=by, action="position_group.edit" if group_id else "position_group.add", subject=group,
        before=before if group_id else {}, after={name: fields[name] for name in before} if group_id else fields,
    )  # fmt: skip
    return group
