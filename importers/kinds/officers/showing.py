"""Postings of officers as the preview shows them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.dates import format_date_vi
from cms.organisations.enums import PostingRole, StaffCategory
from cms.organisations.models import Officer, Posting
from importers.kinds.contract import Heading

HEADINGS = tuple(
    map(
        Heading,
        (
            gettext_lazy("Code"), gettext_lazy("Full name"), gettext_lazy("Agency"), gettext_lazy("Job position"),
            gettext_lazy("Role"), gettext_lazy("From"), gettext_lazy("To"),
        ),
    )
)  # fmt: skip
_OF_OFFICER = frozenset(("code", "name", "category"))
_WORDS = {"category": StaffCategory, "role": PostingRole}


def cells(values: Mapping[str, Any]) -> Sequence[str]:
    """Return a posting under HEADINGS; fields in charge and a secondary posting stand on second lines."""
    role = [shown("role", values["role"]), "; ".join(values["fields_in_charge"])]
    position = [values["position_name"], "" if values["is_main"] else _("secondary")]
    return (
        values["code"], values["name"], values["agency_name"], "\n".join(filter(None, position)),
        "\n".join(filter(None, role)), shown("valid_from", values["valid_from"]), shown("valid_to", values["valid_to"]),
    )  # fmt: skip


def label(name: str) -> str:
    """Return the name of a field."""
    model = Officer if name in _OF_OFFICER else Posting
    text = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def shown(name: str, value: Any) -> str:
    """Return a stored value as people write it, a dash for nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not value:
        return "–"
    if name in _WORDS:
        return str(_WORDS[name](value).label)
    if name in ("valid_from", "valid_to"):
        return format_date_vi(datetime.date.fromisoformat(str(value)))
    return "; ".join(value) if isinstance(value, list) else str(value)
