"""Writes about rounds."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.models import CatalogRound
from cms.users.models import User

_FIELDS = (
    "year", "name", "block", "submit_by", "appraise_by", "approve_by", "standard_unit", "standard_score", "frames",
    "is_current",
)  # fmt: skip


@transaction.atomic
def save_round(*, by: User | None, round_id: int | None = None, **fields: Any) -> CatalogRound:
    """Add a round (no ``round_id``) or change one. Making it the current one ends the one of its block.

    For which block a round is never changes: its versions are of that block. Raises ValidationError when it would, and
    when the deadlines do not follow each other; NotAllowed where the person keeps no rounds of the block.
    """
    if unknown := set(fields) - set(_FIELDS):
        raise TypeError(f"not a field of a round: {sorted(unknown)}")
    round_ = CatalogRound.objects.select_for_update().get(pk=round_id) if round_id else CatalogRound()
    before = {name: getattr(round_, name) for name, value in fields.items() if getattr(round_, name) != value}
    if round_id and not before:
        return round_
    if round_id and "block" in before:
        raise ValidationError({"block": _("For whom a round is never changes. Add another round instead.")})
    for name, value in fields.items():
        setattr(round_, name, value)
    if by is not None:
        permissions.require_round(by, round_.block)
    if round_.is_current:
        _end_current(by, round_)
    round_.full_clean()
    round_.save()
    record(
        by=by, action="round.edit" if round_id else "round.add", subject=round_,
        before=before if round_id else {}, after={name: fields[name] for name in before} if round_id else fields,
    )  # fmt: skip
    return round_


def _end_current(by: User | None, successor: CatalogRound) -> None:
    for ended in CatalogRound.objects.current().filter(block=successor.block).exclude(pk=successor.pk):
        ended.is_current = False
        ended.save(update_fields=["is_current"])
        record(by=by, action="round.edit", subject=ended, before={"is_current": True}, after={"is_current": False})
