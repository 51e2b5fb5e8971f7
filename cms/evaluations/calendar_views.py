"""Screens of the calendar of the year: its days, the clocks of the plans, agencies whose year ends later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from cms.core.screens import FormScreen, PageScreen, Screen
from cms.evaluations import actions
from cms.evaluations.models import SpecialYearEnd, YearClock
from cms.evaluations.permissions import can_issue_procedures, can_see_procedures, can_write_procedures
from cms.evaluations.procedure_forms import ClockForm, SpecialYearEndForm
from cms.evaluations.year import clock_words, year_of

LIST = ("evaluations:calendar", gettext_lazy("Calendar of the year"))
_FIRST, _LAST = 2025, 2100


class CalendarScreen(PageScreen):
    """The days of a year in their order, and what they come from."""

    opens_to = staticmethod(can_see_procedures)
    header_icon = "calendar"
    page_title = LIST[1]
    template_name = "evaluations/calendar.html"

    @cached_property
    def year(self) -> int:
        """Return the year that is asked for; this one without a readable question."""
        asked = self.request.GET.get("nam", "")
        readable = asked.isascii() and asked.isdigit() and _FIRST <= int(asked) <= _LAST
        return int(asked) if readable else timezone.localdate().year

    def get_page_subtitle(self) -> str:
        return str(self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = year_of(self.year)
        special = SpecialYearEnd.objects.filter(year=self.year).select_related("agency", "granted_by")
        return super().get_context_data(**kwargs) | {
            "year": year,
            "clocks": [(each, clock_words(each)) for each in YearClock.objects.select_related("agency")],
            "special": special.order_by("agency__path"),
            "may_write": can_write_procedures(self.person),
            "may_grant": can_issue_procedures(self.person),
        }


class ClockScreen(Screen):
    """A screen that changes a clock of the year."""

    opens_to = staticmethod(can_write_procedures)
    header_icon = "calendar"
    above = LIST

    @cached_property
    def clock(self) -> YearClock:
        """Return the clock of the address, or a new one."""
        return get_object_or_404(YearClock, pk=self.kwargs["clock"]) if "clock" in self.kwargs else YearClock()


class SaveClockScreen(ClockScreen, FormScreen):
    """Write a clock of the year, new or known."""

    page_title = gettext_lazy("Clock of the year")
    form_class = ClockForm
    explanation = gettext_lazy(
        "Either days of certain months, such as 05 to 10 of the months 3, 6, 9 and 12, or so many days after a result."
    )
    success_message = gettext_lazy("The calendar has been saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"months": [str(month) for month in self.clock.months]}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.clock}

    def perform(self, form: forms.BaseForm) -> None:
        actions.save_clock(by=self.person, clock=form.instance)  # type: ignore[attr-defined]


class RemoveClockScreen(ClockScreen, FormScreen):
    """Take a clock out of the calendar."""

    page_title = gettext_lazy("Take out of the calendar")
    form_class = forms.Form
    submit_label = gettext_lazy("Take out")
    serious = True
    success_message = gettext_lazy("The calendar has been saved.")

    @property
    def subject(self) -> str:
        return str(self.clock)

    def perform(self, form: forms.BaseForm) -> None:
        actions.remove_clock(by=self.person, clock=self.clock)


class GrantSpecialYearEndScreen(FormScreen):
    """Allow a department or commune the special end of a year, by the superior's document."""

    opens_to = staticmethod(can_issue_procedures)
    header_icon = "calendar"
    above = LIST
    page_title = gettext_lazy("Allow a special end of the year")
    form_class = SpecialYearEndForm
    submit_label = gettext_lazy("Allow")
    serious = True
    explanation = gettext_lazy(
        "The agency with all its units then classifies by the special day of its framework, 15/01 by the decree. It "
        "holds for periods that are opened afterwards, and is never changed."
    )
    success_message = gettext_lazy("The special end of the year has been allowed.")

    def get_initial(self) -> dict[str, Any]:
        return {"year": timezone.localdate().year}

    def perform(self, form: forms.BaseForm) -> None:
        actions.grant_special_year_end(by=self.person, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("evaluations:calendar") + f"?nam={self.request.POST.get('year', '')}"
