"""The province's days off, and the Saturdays and Sundays on which work is made up: kept by Sở Nội vụ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments import actions
from cms.assignments.actions.days import can_keep_days
from cms.assignments.forms_planning import DayOffForm
from cms.assignments.models import DayOff
from cms.core.dates import format_date_vi
from cms.core.screens import Column, FormScreen, ListScreen, Screen, link_to


class DayOffScreen(Screen):
    """A screen for those who keep the province's days off."""

    opens_to = staticmethod(can_keep_days)
    header_icon = "date"
    above: tuple[str, Any] | None = ("assignments:day_off_list", gettext_lazy("Days off"))


class YearForm(forms.Form):
    """Of which year."""

    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=2000, max_value=2100)


class DayOffListScreen(DayOffScreen, ListScreen):
    """The days of a year that are not as their weekday says."""

    page_title = gettext_lazy("Days off")
    above = None
    filter_form_class = YearForm
    order = ("day",)
    empty = gettext_lazy("No day off is entered for this year: only Saturdays and Sundays are off.")

    @property
    def year(self) -> int:
        return self.narrowed.get("year") or timezone.localdate().year

    def get_page_subtitle(self) -> str:
        return str(self.year)

    def get_queryset(self) -> Any:
        return DayOff.objects.filter(day__year=self.year)

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("assignments:day_off_add"), _("Enter a day off"))]

    def get_columns(self) -> list[Column]:
        return [
            Column("day", gettext_lazy("Day")),
            Column("weekday", gettext_lazy("Day of the week"), lambda row: WEEKDAYS[row.day.weekday()]),
            Column("name", gettext_lazy("Name")),
            Column("is_working", gettext_lazy("What it is"), _kind_of_day),
            Column("acts", gettext_lazy("Acts"), self._acts, is_for_acts=True),
        ]  # fmt: skip

    def _acts(self, row: DayOff) -> Any:
        label = _("Remove")
        url = reverse("assignments:day_off_remove", args=[row.pk])
        return link_to(url, label, f"{label}: {format_date_vi(row.day)}")


def _kind_of_day(row: DayOff) -> str:
    return _("Made-up day") if row.is_working else _("Day off")


class DayOffAddScreen(DayOffScreen, FormScreen):
    """Enter a day off; a day that is there already gets the new name."""

    page_title = gettext_lazy("Enter a day off")
    form_class = DayOffForm
    explanation = gettext_lazy(
        "Days of load, rules of repeated work and warnings go by it from now on; last days of work that was given stay."
    )
    success_message = gettext_lazy("The day off has been saved.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.save_day_off(by=self.person, **form.cleaned_data)


class DayOffRemoveScreen(DayOffScreen, FormScreen):
    """Make it a day like any other again."""

    page_title = gettext_lazy("Remove the day off")
    form_class = forms.Form
    submit_label = gettext_lazy("Remove")
    serious = True
    success_message = gettext_lazy("The day is worked like any other again.")

    @cached_property
    def day_off(self) -> DayOff:
        return get_object_or_404(DayOff, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return f"{format_date_vi(self.day_off.day)} – {self.day_off}"

    def perform(self, form: forms.BaseForm) -> None:
        actions.remove_day_off(by=self.person, day_off=self.day_off)
