"""Postings of officers as the preview shows them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.catalogs.wording import FieldChange
from cms.core.dates import format_date_vi
from cms.organisations.enums import PostingRole, StaffCategory
from cms.organisations.models import Agency, Officer, Posting
from importers.enums import BatchState
from importers.kinds.contract import Heading, Link
from importers.models import ImportBatch

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


class OfficersShowing:
    """Postings as everybody who may open the upload sees them."""

    headings = HEADINGS

    def __init__(self, reader: Any, agency: Agency) -> None:
        """Nothing is hidden from who may open the upload."""

    def cells(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return a posting; fields in charge and a secondary posting stand on second lines."""
        role = [_shown("role", values["role"]), "; ".join(values["fields_in_charge"])]
        position = [values["position_name"], "" if values["is_main"] else _("secondary")]
        days = (_shown("valid_from", values["valid_from"]), _shown("valid_to", values["valid_to"]))
        return (
            values["code"], values["name"], values["agency_name"], "\n".join(filter(None, position)),
            "\n".join(filter(None, role)), *days,
        )  # fmt: skip

    def changes(self, changes: Mapping[str, Any]) -> Sequence[FieldChange]:
        """Return changes as people write them."""
        return [
            FieldChange(_label(name), _shown(name, before), _shown(name, after))
            for name, (before, after) in changes.items()
        ]

    def seen(self, by_field: Mapping[str, Any]) -> dict[str, Any]:
        """Return all: nothing of a posting is hidden from who may open the upload."""
        return dict(by_field)


def _label(name: str) -> str:
    model = Officer if name in _OF_OFFICER else Posting
    text = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not value:
        return "–"
    if name in _WORDS:
        return str(_WORDS[name](value).label)
    if name in ("valid_from", "valid_to"):
        return format_date_vi(datetime.date.fromisoformat(str(value)))
    return "; ".join(value) if isinstance(value, list) else str(value)


def compared_with(batch: ImportBatch) -> str:
    """Return what is on record, in words: it has no number."""
    return _("officers and postings on record at the agency and below it")


def links(batch: ImportBatch) -> list[Link]:
    """Return the list of officers, once the file is written."""
    if batch.state != BatchState.COMMITTED:
        return []
    return [Link(_("Open the list of officers"), f"{reverse('organisations:officer_list')}?agency={batch.agency_id}")]
