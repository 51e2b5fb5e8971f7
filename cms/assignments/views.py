"""Screens of work for those who give and confirm it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from cms.assignments import actions
from cms.assignments.actions.confirming import CORRECTABLE_FIELDS
from cms.assignments.forms import (
    ConfirmWorkForm,
    CorrectWorkForm,
    ReasonForm,
    WorkFilterForm,
)
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.assignments.permissions import (
    can_confirm,
    can_give,
    can_see_work,
    can_verify_evidence,
    judges,
)
from cms.assignments.planning_parts import WorkEdit, WorkWithdraw
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData

LIST = ("assignments:work_list", gettext_lazy("Work"))


class WorkScreen(Screen):
    """A screen for those who give or confirm work."""

    opens_to = staticmethod(can_see_work)
    header_icon = "tasks"
    above: tuple[str, Any] | None = LIST


class WorkListScreen(WorkScreen, ListScreen):
    """The work of the agencies for which a person acts; what waits for their confirmation is confirmed from here."""

    template_name = "assignments/work_list.html"
    page_title = LIST[1]
    above = None
    filter_form_class = WorkFilterForm
    order = ("due_on", "pk")
    empty = gettext_lazy("No work is like this.")

    def get_filter_form(self) -> forms.Form:
        return WorkFilterForm(self.request.GET or None, by=self.request.user)

    def get_queryset(self) -> WorkQuerySet:
        form: WorkFilterForm = self.filter_form  # type: ignore[assignment]
        return form.work().select_related("officer", "agency")

    def get_columns(self) -> list[Column]:
        return [
            Column("choose", gettext_lazy("Choose"), self._choice, is_for_acts=True),
            Column("officer", gettext_lazy("Officer"), "officer.name", below=lambda work: below(work.agency.name)),
            Column("name", gettext_lazy("Product or work"), "name", url_name="assignments:work_detail",
                   below=lambda work: below(work.code, work.is_key and _("key task"))),
            Column("quantity", gettext_lazy("Done of assigned"), _quantities),
            Column("due_on", gettext_lazy("Due on"), below=_time_left),
            Column("state", gettext_lazy("State"), "get_state_display"),
        ]  # fmt: skip

    def present(self, rows: list[WorkAssignment]) -> list[WorkAssignment]:
        listed = WorkAssignment.objects.confirmable_by(self.person).filter(pk__in=[work.pk for work in rows])
        self.confirmable = set(listed.values_list("pk", flat=True))
        return rows

    def _choice(self, work: WorkAssignment) -> Any:
        if work.pk not in self.confirmable:
            return ""
        box = '<input type="checkbox" name="work" value="{}" form="confirm-many" aria-label="{}">'
        return format_html(box, work.pk, _("Confirm: %(work)s, %(officer)s") % {"work": work, "officer": work.officer})

    def buttons(self) -> list[tuple[str, Any]]:
        claims = (reverse("assignments:claim_list"), _("Claims of objective causes"))
        board = (reverse("assignments:board"), _("Board"))
        bounces = (reverse("assignments:bounce_list"), _("Mail that did not arrive"))
        planning = (reverse("assignments:planning"), _("Plan work"))
        proposals = (reverse("assignments:proposal_list"), _("Work proposed to the catalog"))
        return [(reverse("assignments:item_choice"), _("Give work")), board, planning, claims, proposals, bounces]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        waiting = WorkAssignment.objects.confirmable_by(self.person).count()
        return context | {"waiting": waiting, "may_confirm": bool(self.confirmable)}


def _quantities(work: WorkAssignment) -> str:
    return f"{format_decimal_vi(work.completed)} / {format_decimal_vi(work.assigned)} {work.unit}"


def _time_left(work: WorkAssignment) -> SafeString:
    """Say how late the work is, or how soon it is due."""
    if late := work.days_late if work.is_open or work.done_on else 0:
        return below(ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late})
    if work.is_open and work.days_left <= 3:
        left = work.days_left
        if not left:
            return below(_("due today"))
        return below(ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left})
    return below()


class WorkConfirmManyScreen(WorkScreen, View):
    """Confirm at once all the chosen work that is done in time and without a fault."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = [key for key in request.POST.getlist("work") if key.isdecimal()][:200]
        work = list(WorkAssignment.objects.confirmable_by(self.person).filter(pk__in=chosen))
        if len(work) != len(set(chosen)) or not work:
            messages.error(request, _("Choose work that waits for your confirmation; nothing was confirmed."))
            return redirect(LIST[0])
        done = len(actions.confirm_work(by=self.person, work=work))
        messages.success(request, ngettext(
            "%(count)d piece of work has been confirmed.", "%(count)d pieces of work have been confirmed.", done
        ) % {"count": done})  # fmt: skip
        return redirect(LIST[0])


class WorkDetailScreen(WorkScreen, PageScreen):
    """One piece of work: what was asked, what became of it, and what the person may do with it."""

    template_name = "assignments/work_detail.html"
    page_title = gettext_lazy("Work")

    @cached_property
    def work(self) -> WorkAssignment:
        return _visible_work(self)

    def get_page_subtitle(self) -> str:
        return str(self.work)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        note_read(by=self.person, officer=self.work.officer, what=OfficerData.WORK)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = self.work
        return super().get_context_data(**kwargs) | {
            "work": work,
            "may_change": work.is_open and can_give(self.person, work.agency),
            "may_confirm": can_confirm(self.person, work),
            "evidence": work.evidence.select_related("added_by", "verified_by").with_same_files(self.person),
            "claims": work.claims.all(),
            "may_verify": can_verify_evidence(self.person, work),
            "may_correct": work.state == "confirmed" and judges(self.person, work),
        }


def _visible_work(screen: Any) -> WorkAssignment:
    """Return the work of the address, where the person may see it."""
    seen = WorkAssignment.objects.visible_to(screen.person)
    related = ("officer", "agency", "posting__position", "given_by", "confirmed_by")
    return get_object_or_404(seen.select_related(*related), pk=screen.kwargs["pk"])


class WorkFormScreen(WorkScreen, FormScreen):
    """Something done to one piece of work."""

    work = cached_property(_visible_work)

    @property
    def subject(self) -> str:
        return f"{self.work.officer} – {self.work}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def refused_url(self) -> str:
        return reverse("assignments:work_detail", args=[self.kwargs["pk"]])


class WorkEditScreen(WorkEdit, WorkFormScreen):
    """Change what is asked."""


class WorkWithdrawScreen(WorkWithdraw, WorkFormScreen):
    """Take work back."""


class WorkConfirmScreen(WorkFormScreen):
    """Confirm what was done, with what was wrong."""

    page_title = gettext_lazy("Confirm the work")
    form_class = ConfirmWorkForm
    submit_label = gettext_lazy("Confirm")
    success_message = gettext_lazy("The work has been confirmed.")

    def get_initial(self) -> dict[str, Any]:
        return {"late_occurrences": int(self.work.days_late > 0)}

    def perform(self, form: forms.BaseForm) -> None:
        actions.confirm_work(by=self.person, work=[self.work], **form.cleaned_data)


class WorkReturnScreen(WorkFormScreen):
    """Give work back to be mended."""

    page_title = gettext_lazy("Return the work")
    form_class = ReasonForm
    submit_label = gettext_lazy("Return")
    success_message = gettext_lazy("The work has been returned.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.return_work(by=self.person, work=self.work, **form.cleaned_data)


class WorkCorrectScreen(WorkFormScreen):
    """Correct confirmed work."""

    page_title = gettext_lazy("Correct confirmed work")
    form_class = CorrectWorkForm
    submit_label = gettext_lazy("Correct")
    serious = True
    explanation = gettext_lazy("What stood before stays in the ledger, with your reason.")
    success_message = gettext_lazy("The work has been corrected.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.work, name) for name in CORRECTABLE_FIELDS}

    def perform(self, form: forms.BaseForm) -> None:
        actions.correct_work(by=self.person, work=self.work, **form.cleaned_data)
