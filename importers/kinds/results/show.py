"""Results of work as the preview shows them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments.enums import WorkState
from cms.assignments.models import WorkAssignment
from cms.catalogs.wording import FieldChange
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.periods import read_period
from cms.evaluations.models.periods import period_name
from cms.organisations.models import Agency
from importers.enums import BatchState
from importers.kinds.contract import Heading, Link, Target
from importers.models import ImportBatch

HEADINGS = (
    Heading(gettext_lazy("Officer")), Heading(gettext_lazy("Product or work")),
    Heading(gettext_lazy("Assigned"), is_number=True), Heading(gettext_lazy("Completed"), is_number=True),
    Heading(gettext_lazy("Given on")), Heading(gettext_lazy("Due on")), Heading(gettext_lazy("Done on")),
    Heading(gettext_lazy("State")),
)  # fmt: skip
_DAYS = frozenset(("given_on", "due_on", "done_on"))
_QUANTITIES = frozenset(("assigned", "completed"))
# What has a column of its own.
_SINGLE = ("assigned", "completed", "given_on", "due_on", "done_on", "state")
# Keys that only the store reads.
_INSIDE = frozenset(("posting", "item_key"))


class ResultsShowing:
    """Results as everybody who may open the upload sees them."""

    headings = HEADINGS

    def __init__(self, reader: Any, agency: Agency) -> None:
        """Nothing is hidden from who may open the upload."""

    def cells(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return a piece of work; agency, document numbers and what was asked stand on second lines."""
        officer = (values["name"], f"{values['code']} · {values['agency_name']}")
        work = (f"{values['item']} {values['item_name']}", values["instruction"], "; ".join(values["documents"]))
        return (
            "\n".join(filter(None, officer)), "\n".join(filter(None, work)),
            *(_shown(name, values[name]) for name in _SINGLE),
        )  # fmt: skip

    def changes(self, changes: Mapping[str, Any]) -> Sequence[FieldChange]:
        """Return changes as people write them."""
        return [
            FieldChange(_label(name), _shown(name, before), _shown(name, after))
            for name, (before, after) in changes.items()
        ]

    def seen(self, by_field: Mapping[str, Any]) -> dict[str, Any]:
        """Return what means something outside: not the keys by which the store finds posting and item."""
        return {name: value for name, value in by_field.items() if name not in _INSIDE}


def _label(name: str) -> str:
    if name == "documents":
        return _("Document numbers")
    text = str(WorkAssignment._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in _QUANTITIES:
        return format_decimal_vi(Decimal(value))
    if value in (None, "", []):
        return "–"
    if name in _DAYS:
        return format_date_vi(datetime.date.fromisoformat(str(value)))
    if name == "state":
        return str(WorkState(value).label)
    return "; ".join(value) if isinstance(value, list) else str(value)


def target_of(batch: ImportBatch) -> Target:
    """Return the period: what a file of results is compared with, and written into."""
    period = read_period(batch.period)
    return Target(period, period)


def compared_with(batch: ImportBatch) -> str:
    """Return what is on record, in words."""
    period = read_period(batch.period)
    named = period_name(period.kind, period.first_day) if period else batch.period
    return _("work on record at the agency and below it, due in: %(period)s") % {"period": named}


def links(batch: ImportBatch) -> list[Link]:
    """Return the list of work of the period's first month, once the file is written."""
    period = read_period(batch.period)
    if batch.state != BatchState.COMMITTED or period is None:
        return []
    asked: dict[str, int | str] = {"agency": batch.agency_id, "how": "waiting"}
    return [
        Link(_("Open the work that waits for confirmation"), f"{reverse('assignments:work_list')}?{urlencode(asked)}")
    ]
