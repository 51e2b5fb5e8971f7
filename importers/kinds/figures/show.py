"""Figures from outside as the preview shows them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    Heading(gettext_lazy("Measured of")), Heading(gettext_lazy("Indicator")),
    Heading(gettext_lazy("Figure"), is_number=True), Heading(gettext_lazy("Measured on")),
    Heading(gettext_lazy("Source")),
)  # fmt: skip


class FiguresShowing:
    """Figures as everybody who may open the upload sees them."""

    headings = HEADINGS

    def __init__(self, reader: Any, agency: Agency) -> None:
        """Nothing is hidden from who may open the upload."""

    def cells(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return a figure; the code of the subject stands on a second line."""
        day = datetime.date.fromisoformat(str(values["measured_on"]))
        return (
            f"{values['name']}\n{values['officer'] or values['agency']}", values["indicator"],
            _shown("value", values["value"]), format_date_vi(day), values["source"],
        )  # fmt: skip

    def changes(self, changes: Mapping[str, Any]) -> Sequence[FieldChange]:
        """Return changes as people write them."""
        labels = {"value": _("Figure"), "source": _("Source")}
        return [
            FieldChange(labels[name], _shown(name, before), _shown(name, after))
            for name, (before, after) in changes.items()
        ]

    def seen(self, by_field: Mapping[str, Any]) -> dict[str, Any]:
        """Return all of it."""
        return dict(by_field)


def _shown(name: str, value: Any) -> str:
    return format_decimal_vi(Decimal(value).normalize()) if name == "value" else str(value)


def target_of(batch: ImportBatch) -> Target:
    """Return the period: what a file of figures is compared with, and written into."""
    period = read_period(batch.period)
    return Target(period, period)


def compared_with(batch: ImportBatch) -> str:
    """Return what is on record, in words."""
    period = read_period(batch.period)
    named = period_name(period.kind, period.first_day) if period else batch.period
    return _("figures on record of the agency, of those below it and of their officers, measured in: %(period)s") % {
        "period": named
    }


def links(batch: ImportBatch) -> list[Link]:
    """Return the list of figures, once the file is written."""
    if batch.state != BatchState.COMMITTED:
        return []
    return [Link(_("Open the figures from outside"), reverse("evaluations:figures"))]
