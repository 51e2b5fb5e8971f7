"""Writes about the list of positions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.audit.actions import record
from cms.organisations.errors import InvalidPosition
from cms.organisations.models import Position, PositionGroup
from cms.organisations.permissions import can_edit_positions, require
from cms.users.models import User


@transaction.atomic
def save_position(
    *, by: User | None, code: str, name: str, kind: str, group: PositionGroup, position: Position | None = None
) -> Position:
    """Add a position, or change one; its code lasts, since files and frameworks name it. Raises ``InvalidPosition``."""
    require(by is None or can_edit_positions(by))
    saved = Position() if position is None else Position.objects.select_for_update().get(pk=position.pk)
    values = {"name": name, "kind": kind, "group": group} | ({"code": code} if position is None else {})
    before = {field: getattr(saved, field) for field in values if position and getattr(saved, field) != values[field]}
    if position is not None and not before:
        return saved
    for field, value in values.items():
        setattr(saved, field, value)
    try:
        saved.full_clean()
    except ValidationError as error:
        raise InvalidPosition(" ".join(error.messages)) from error
    saved.save()
    after = {field: values[field] for field in before} if position else values
    record(by=by, action="position.edit" if position else "position.add", subject=saved, before=before, after=after)
    return saved
