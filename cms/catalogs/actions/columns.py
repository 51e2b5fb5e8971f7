"""Writes about the columns that the province adds to its catalogs."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.columns import RESERVED
from cms.catalogs.enums import Audience, ColumnKind
from cms.catalogs.errors import ReasonRequired
from cms.catalogs.models import CatalogVersion, ExtraColumn
from cms.catalogs.permissions import can_confirm_column, can_drop_proposal, require
from cms.core.errors import WrongState, require_words
from cms.core.text import clean_text, fold
from cms.users.models import User

_FIELDS = ("name", "kind", "choices", "required", "audience", "help_text", "position", "in_use")
MOST_COLUMNS = 30
_KEY_LENGTH = 40


# What decided versions are read by. Once any version holds something in a column, one person alone changes none of it.
_READ_BY = frozenset({"name", "help_text", "audience"})


@transaction.atomic
def save_column(*, by: User | None, column_id: int | None = None, **fields: Any) -> ExtraColumn:
    """Add a column (no ``column_id``) or change one. Its key is made of its first heading and never changes.

    Another heading, another guidance or a wider audience of a column that any version holds something in is only
    proposed, until ``confirm_column``; all else, and a narrower audience, is so at once. ``by`` is None at set-up.

    Raises ValidationError by field: a heading that another column or the platform itself has, a choice without choices,
    another kind for a column that exists, more than MOST_COLUMNS columns in use.
    """
    if unknown := set(fields) - set(_FIELDS):
        raise TypeError(f"not a field of a column: {sorted(unknown)}")
    column = ExtraColumn.objects.select_for_update().get(pk=column_id) if column_id else ExtraColumn()
    fields = _tidied(fields)
    if column_id and fields.get("kind", column.kind) != column.kind:
        raise ValidationError({"kind": _("What stands in a column never changes. Add another column instead.")})
    before = {name: getattr(column, name) for name, value in fields.items() if getattr(column, name) != value}
    if column_id and not before:
        return column
    for name, value in fields.items():
        setattr(column, name, value)
    if not column_id:
        column.key = _key(column.name)
        column.position = fields.get("position") or _last_position() + 1
    column.full_clean()
    _require_sense(column)
    if column_id and by is not None:
        _hold_back(by, column, before)
    column.save()
    if not column_id:
        record(by=by, action="column.add", subject=column, after=fields)
    elif before:
        after = {name: fields[name] for name in before}
        record(by=by, action="column.edit", subject=column, before=before, after=after)
    return column


def _hold_back(by: User, column: ExtraColumn, before: dict[str, Any]) -> None:
    """Take out of a change, on the column and in ``before``, what needs a second person, and keep it as proposed."""
    held = before.keys() & _READ_BY
    if "audience" in held and not Audience(column.audience).is_wider_than(before["audience"]):
        # Whoever closes a column closes it; a wish to open it, from before, is not to undo that.
        held -= {"audience"}
        column.proposed.pop("audience", None)
        if not column.proposed:
            _forget_proposal(column)
    if not held or not CatalogVersion.objects.holding(column.key).exists():
        return
    column.proposed = {name: getattr(column, name) for name in sorted(held)}
    column.proposed_by, column.proposed_at = by, timezone.now()
    now = {name: before.pop(name) for name in sorted(held)}
    for name, value in now.items():
        setattr(column, name, value)
    record(by=by, action="column.propose", subject=column, before=now, after=column.proposed)


@transaction.atomic
def confirm_column(*, by: User, column: ExtraColumn, seen: datetime.datetime) -> ExtraColumn:
    """Let what was proposed of a column be so, as the second person; ``seen`` is when what they looked at was proposed.

    Raises NotAllowed, and WrongState where nothing waits, something else does by now, or it can no longer be.
    """
    column = _locked_proposal(column)
    require(can_confirm_column(by, column))
    if column.proposed_at != seen:
        raise WrongState(_("Something else has been proposed since you looked. Look once more."))
    after = dict(column.proposed)
    before = {name: getattr(column, name) for name in after}
    for name, value in after.items():
        setattr(column, name, value)
    try:
        column.full_clean()
        _require_sense(column)
    except ValidationError as refused:
        raise WrongState(" ".join(refused.messages)) from refused
    _forget_proposal(column)
    column.save()
    record(by=by, action="column.confirm", subject=column, before=before, after=after)
    return column


@transaction.atomic
def refuse_column(*, by: User, column: ExtraColumn, reason: str) -> ExtraColumn:
    """Drop what was proposed of a column: as an approver, or whoever proposed it. Raises as ``confirm_column`` does."""
    column = _locked_proposal(column)
    require(can_drop_proposal(by, column))
    reason = require_words(reason, ReasonRequired(_("Say why the change is refused.")))
    before = dict(column.proposed)
    _forget_proposal(column)
    column.save()
    record(by=by, action="column.refuse", subject=column, before=before, reason=reason)
    return column


def _locked_proposal(column: ExtraColumn) -> ExtraColumn:
    column = ExtraColumn.objects.select_for_update().get(pk=column.pk)
    if column.proposed_at is None:
        raise WrongState(_("Nothing is proposed of this column any more."))
    return column


def _forget_proposal(column: ExtraColumn) -> None:
    column.proposed, column.proposed_by, column.proposed_at = {}, None, None


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    tidy = dict(fields)
    for name in {"name", "help_text"} & tidy.keys():
        tidy[name] = clean_text(tidy[name]).text
    if "choices" in tidy:
        tidy["choices"] = [text for choice in tidy["choices"] if (text := clean_text(choice).text)]
    return tidy


def _require_sense(column: ExtraColumn) -> None:
    others = ExtraColumn.objects.exclude(pk=column.pk)
    taken = RESERVED | {""} | {fold(name) for name in others.values_list("name", flat=True)}
    wrong: dict[str, str] = {}
    if fold(column.name) in taken:
        wrong["name"] = _("Another column of catalogs is called so already. Choose another heading.")
    told_apart = len({fold(choice) for choice in column.choices})
    if column.kind == ColumnKind.CHOICE and told_apart < max(len(column.choices), 2):
        wrong["choices"] = _("Write at least two choices, one a line, that differ in more than case and diacritics.")
    if column.in_use and others.in_use().count() >= MOST_COLUMNS:
        sentence = _("There are %(most)s added columns in use, which is the most. Take one out of use first.")
        wrong["in_use"] = sentence % {"most": MOST_COLUMNS}
    if wrong:
        raise ValidationError(wrong)


def _key(name: str) -> str:
    """A key that no column has had: ``muc_do_uu_tien``, ``muc_do_uu_tien_2``."""
    stem = fold(name).replace(" ", "_")[: _KEY_LENGTH - 4] or "cot"
    taken = set(ExtraColumn.objects.filter(key__startswith=stem).values_list("key", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if _numbered(stem, number) not in taken)
    return _numbered(stem, number)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}_{number}"


def _last_position() -> int:
    return ExtraColumn.objects.aggregate(last=Max("position"))["last"] or 0
