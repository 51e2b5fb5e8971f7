"""Screens of bodies at the desk: what waits for them, meetings, findings in words, notices; and who blocks whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below
from cms.evaluations import actions
from cms.evaluations.actions.bodies import STATED
from cms.evaluations.blocking import blocked_in
from cms.evaluations.enums import Step
from cms.evaluations.models import Evaluation, Period, Result
from cms.evaluations.permissions import is_of_any_body
from cms.evaluations.presenters import laid_out
from cms.evaluations.step_forms import MeetingForm, NoticeForm, StatementForm
from cms.evaluations.views import PeriodScreen
from cms.organisations.actions import note_read, note_reads
from cms.organisations.enums import OfficerData
from cms.organisations.models import Agency

WAITING = ("evaluations:body_list", gettext_lazy("Waiting for verification or notice"))
_RELATED = ("period__agency", "officer__account", "organisation", "agency", "framework", "evaluator", "decider")


class BodyScreen(Screen):
    """A screen for those who belong to a body that procedures name."""

    opens_to = staticmethod(is_of_any_body)
    header_icon = "clipboard-list"
    above: tuple[str, Any] | None = WAITING

    @property
    def waiting(self) -> Any:
        """Return what waits for the person's bodies."""
        return Evaluation.objects.for_body(self.person).select_related(*_RELATED)


class BodyListScreen(BodyScreen, ListScreen):
    """What waits for the bodies to which the person belongs, by period."""

    page_title = WAITING[1]
    above = None
    empty = gettext_lazy("Nothing waits for you.")
    columns = [
        Column("who", gettext_lazy("Whom it is about"), lambda row: _way_in(row),
               below=lambda row: below(row.subject.code, row.agency.name)),
        Column("period", gettext_lazy("Period"), lambda row: str(row.period)),
        Column("step", gettext_lazy("Stands at"), "awaited_name"),
        Column("due", gettext_lazy("To be done before"), "awaits_due"),
    ]  # fmt: skip

    def get_queryset(self) -> Any:
        return self.waiting


def _way_in(row: Evaluation) -> Any:
    if row.awaits == Step.MEET:
        url = reverse("evaluations:meeting", args=[row.period_id, row.agency_id])
    elif row.awaits == Step.NOTIFY:
        url = reverse("evaluations:notify", args=[row.period_id])
    else:
        url = reverse("evaluations:state", args=[row.pk])
    return format_html('<a href="{}">{}</a>', url, row.subject.name)


class StateScreen(BodyScreen, FormScreen):
    """Verify, re-examine or give an opinion, with the marks and the result beside."""

    template_name = "evaluations/state.html"
    page_title = gettext_lazy("Record what was found")
    form_class = StatementForm
    success_message = gettext_lazy("What was found has been recorded.")

    @cached_property
    def evaluation(self) -> Evaluation:
        """Return the evaluation of the address, where it waits for the person's body."""
        return get_object_or_404(self.waiting.filter(awaits__in=STATED), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return f"{self.evaluation.subject} – {self.evaluation.awaited_name}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.evaluation.officer:
            note_read(by=self.person, officer=self.evaluation.officer, what=OfficerData.RESULT)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.evaluation
        result = Result.objects.of([one.pk]).first()
        return super().get_context_data(**kwargs) | {
            "evaluation": one, "acts": one.acts.select_related("done_by", "decision"), "result": result,
            "receipt": laid_out(result) if result else None,
        }  # fmt: skip

    def perform(self, form: forms.BaseForm) -> None:
        STATED[Step(self.evaluation.awaits)](by=self.person, evaluation=self.evaluation, **form.cleaned_data)


class MeetingScreen(BodyScreen, FormScreen):
    """The minutes of a unit's meeting: who was there, and what was said of each."""

    template_name = "evaluations/meeting.html"
    page_title = gettext_lazy("Meeting of the unit")
    form_class = MeetingForm
    explanation = gettext_lazy(
        "More than half of the unit has to be there. What is said of somebody stands with their evaluation; who keeps "
        "the minutes records nothing about themselves."
    )
    success_message = gettext_lazy("The meeting has been recorded.")

    @cached_property
    def place(self) -> tuple[Period, Agency, list[Evaluation]]:
        """Return period and unit of the address with those it discusses, where any of them wait for the person."""
        asked = self.waiting.filter(period=self.kwargs["period"], agency=self.kwargs["agency"], awaits=Step.MEET)
        discussed = list(asked)
        first = discussed[0] if discussed else None
        if first is None:
            get_object_or_404(asked)
        assert first is not None  # noqa: S101 (answered above)
        return first.period, first.agency, discussed

    def get_page_subtitle(self) -> str:
        return f"{self.place[1]} – {self.place[0]}"

    def get_form_kwargs(self) -> dict[str, Any]:
        period, agency, discussed = self.place
        listed = period.evaluations.counted().filter(agency=agency).select_related("officer", "organisation")
        keys = {each.pk for each in discussed}
        own = {"listed": list(listed.order_by("officer__code")), "discussed": keys}
        return super().get_form_kwargs() | own

    def perform(self, form: forms.BaseForm) -> None:
        period, agency, _discussed = self.place
        chosen, minutes = form.chosen(), form.minutes()  # type: ignore[attr-defined]
        actions.hold_meeting(by=self.person, period=period, agency=agency, evaluations=chosen, minutes=minutes)


class NotifyScreen(BodyScreen, FormScreen):
    """Make decided results known, many at once."""

    page_title = gettext_lazy("Make results known")
    form_class = NoticeForm
    submit_label = gettext_lazy("Notify")
    explanation = gettext_lazy(
        "Each officer reads the result on their own pages and gets a mail without figures. Days to object count from "
        "the day of the notice."
    )
    success_message = gettext_lazy("The results have been made known.")

    @cached_property
    def to_notify(self) -> list[Evaluation]:
        """Return what waits for the notice in the period of the address."""
        waiting = self.waiting.filter(period=self.kwargs["period"], awaits=Step.NOTIFY)
        get_object_or_404(waiting[:1])
        found = list(waiting)
        officers = [each.officer for each in found if each.officer]
        note_reads(by=self.person, officers=officers, what=OfficerData.RESULT)
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"waiting": self.to_notify}

    def perform(self, form: forms.BaseForm) -> None:
        said = form.cleaned_data
        chosen = [each for each in self.to_notify if str(each.pk) in said["evaluations"]]
        actions.notify(by=self.person, evaluations=chosen, notified_on=said["notified_on"], bodies=said["bodies"])


class BlockedScreen(PeriodScreen, PageScreen):
    """Who cannot be decided yet because of whom, with a button that reminds whoever is awaited."""

    template_name = "evaluations/blocked.html"
    page_title = gettext_lazy("Who waits for whom")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"period": self.period, "blocked": blocked_in(self.period)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remind whoever is awaited for one evaluation, or for all that block somebody."""
        blocking = {each.pk: each for one in blocked_in(self.period) for each in one.waits_for}
        asked = request.POST.get("evaluation", "")
        chosen = [each for each in blocking.values() if asked in ("all", str(each.pk))]
        count = actions.remind_awaited(by=self.person, evaluations=chosen)
        messages.success(request, _("Reminders sent: %(count)d.") % {"count": count})
        return redirect("evaluations:blocked", self.period.pk)
