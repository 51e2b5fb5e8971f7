"""Writes about the columns that the province adds to its catalogs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.columns import RESERVED
from cms.catalogs.enums import ColumnKind
from cms.catalogs.models import ExtraColumn
from cms.core.text import clean_text, fold
from cms.users.models import User

_FIELDS = ("name", "kind", "choices", "required", "audience", "help_text", "position", "in_use")
MOST_COLUMNS = 30
_KEY_LENGTH = 40


@transaction.atomic
def save_column(*, by: User | None, column_id: int | None = None, **fields: Any) -> ExtraColumn:
    """Add a column (no ``column_id``) or change one. Its key is made of its first heading and never changes.

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
    column.save()
    record(
        by=by, action="column.edit" if column_id else "column.add", subject=column,
        before=before if column_id else {}, after={name: fields[name] for name in before} if column_id else fields,
    )  # fmt: skip
    return column


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
