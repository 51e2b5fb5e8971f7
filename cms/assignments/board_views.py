"""The manager's board: an agency's people with their work of a month, person by person."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments.board import Load, loads_of
from cms.assignments.forms import ByForm
from cms.assignments.permissions import agencies_given_work_by
from cms.assignments.views import LIST, WorkScreen
from cms.assignments.working_days import days_had, month_span
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, ListScreen, below, link_to
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency, Posting


class BoardForm(ByForm):
    """Whose work, of which month."""

    agency = AgencyChoice(Agency.objects.none(), label=gettext_lazy("Agency"), required=False, empty_label=None)
    day = day_field(gettext_lazy("Month of the day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies_given_work_by(self.by).active())
        self.is_valid()


class BoardScreen(WorkScreen, ListScreen):
    """Who has how much, is late, will be late within 3 days, or waits for a confirmation."""

    page_title = gettext_lazy("Board")
    above = LIST
    filter_form_class = BoardForm
    order = ("officer__code", "pk")
    empty = gettext_lazy("Nobody is posted there.")

    def get_filter_form(self) -> forms.Form:
        return BoardForm(self.request.GET or None, by=self.request.user)

    @cached_property
    def agency(self) -> Agency | None:
        """Return the agency that was asked for, or the first that the person gives work."""
        chosen: Agency | None = self.narrowed.get("agency")
        return chosen or agencies_given_work_by(self.person).active().first()

    @property
    def month(self) -> datetime.date:
        """Return the first day of the month that was asked for, or of this one."""
        day: datetime.date = self.narrowed.get("day") or timezone.localdate()
        return day.replace(day=1)

    def get_page_subtitle(self) -> str:
        return f"{self.agency or ''} {self.month:%m/%Y}".strip()

    def get_queryset(self) -> Any:
        if self.agency is None:
            return Posting.objects.none()
        held: Any = Posting.objects.on(timezone.localdate()).within(self.agency).filter(is_main=True)
        return held.select_related("officer", "agency", "position")

    def get_columns(self) -> list[Column]:
        return [
            Column("officer", gettext_lazy("Officer"), self._way_to_the_work,
                   below=lambda row: below(row.position.name, row.agency.name, _hand_over(row))),
            Column("open", gettext_lazy("In hand"), lambda row: row.load.open),
            Column("late", gettext_lazy("Late"), lambda row: row.load.late,
                   classname=lambda row: "td-warning" if row.load.late else ""),
            Column("soon", gettext_lazy("Soon due"), lambda row: row.load.soon),
            Column("waiting", gettext_lazy("Waiting for confirmation"), lambda row: row.load.waiting),
            Column("confirmed", gettext_lazy("Confirmed"), lambda row: row.load.confirmed),
            Column("quantity", gettext_lazy("Standard units"), _standard_units),
            Column("days", gettext_lazy("Working days"), lambda row: row.days),
            Column("load", gettext_lazy("Load"), load_in_words,
                   classname=lambda row: "td-warning" if (row.load.share(row.days) or 0) > 100 else ""),
        ]  # fmt: skip

    def present(self, rows: list[Any]) -> list[Any]:
        loads = loads_of([row.officer_id for row in rows], self.month, seen_by=self.person)
        days = days_had(loads, *month_span(self.month))
        for row in rows:
            row.load, row.days = loads[row.officer_id], days[row.officer_id]
        return rows

    def _way_to_the_work(self, row: Any) -> Any:
        query = urlencode({"q": row.officer.code, "how": "all", "day": f"{self.month:%d/%m/%Y}"})
        return format_html('<a href="{}?{}">{}</a>', reverse(LIST[0]), query, row.officer.name)

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse(LIST[0]), _("All work"))]


def _hand_over(row: Any) -> Any:
    """The way to hand somebody's work over, where there is some."""
    if not row.load.open:
        return ""
    label = _("Hand work over")
    return link_to(reverse("assignments:hand_over", args=[row.pk]), label, f"{label}: {row.officer.name}")


def _standard_units(row: Any) -> str:
    load: Load = row.load
    return f"{format_decimal_vi(load.completed)} / {format_decimal_vi(load.assigned)}"


def load_in_words(row: Any) -> str:
    """Return what part of the days somebody has their work takes, by norm hours; else standard units a day."""
    share = row.load.share(row.days)
    if share is not None:
        return f"{share}%"
    return _("%(units)s a day") % {"units": format_decimal_vi(row.load.per_day(row.days))}
