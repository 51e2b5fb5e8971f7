"""Form fields for columns that the province added, by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cms.catalogs import extra
from cms.catalogs.enums import ColumnKind
from cms.catalogs.models import CatalogItem, CatalogVersion, ExtraColumn
from cms.core.forms import CleanTextField, VietnameseDateField, VietnameseDecimalField

LARGEST_NUMBER = Decimal(9999999)
_NONE = ("", "–")


def columns_of(columns: Iterable[ExtraColumn], version: CatalogVersion, item: CatalogItem | None) -> list[ExtraColumn]:
    """Return the columns that the form over an item has: those that may be filled in, and those that it fills in."""
    held = item.extra if item else {}
    return [column for column in columns if column.key in held or (column.in_use and not version.is_frozen)]


def column_field(column: ExtraColumn, held: str = "") -> forms.Field:
    """Return the field of a column; ``held`` is a text that stays possible even if it is no longer a choice."""
    common: dict[str, Any] = {"label": column.name, "required": column.required, "help_text": column.help_text}
    if column.kind == ColumnKind.NUMBER:
        field: forms.Field = VietnameseDecimalField(at_least=Decimal(0), at_most=LARGEST_NUMBER, **common)
    elif column.kind == ColumnKind.DATE:
        field = VietnameseDateField(**common)
    elif column.kind == ColumnKind.YES_NO:
        field = forms.ChoiceField(choices=[_NONE, (extra.YES, _("Yes")), (extra.NO, _("No"))], **common)
    elif column.kind == ColumnKind.CHOICE:
        texts = dict.fromkeys((*column.choices, *filter(None, [held])))
        field = forms.ChoiceField(choices=[_NONE, *((text, text) for text in texts)], **common)
    else:
        field = CleanTextField(widget=forms.Textarea(attrs={"rows": 2}), max_length=5000, **common)
    if not column.in_use:
        field.disabled, field.required = True, False
        field.help_text = _("This column is no longer in use; what was filled in stays.")
    return field


def initial_of(column: ExtraColumn, item: CatalogItem) -> Any:
    """Return what the field of a column begins with."""
    text = item.extra.get(column.key, "")
    return text if column.kind == ColumnKind.YES_NO else column.value_in({column.key: text})
