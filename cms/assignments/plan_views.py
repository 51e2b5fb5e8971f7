"""Screens of plan tasks: an agency's own and those it gave, the Office's key tasks, and how everything stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments import actions
from cms.assignments.actions.plan_tasks import CORRECTABLE_PLAN_FIELDS, EDITABLE_PLAN_FIELDS
from cms.assignments.day_messages import warn
from cms.assignments.forms import ReasonForm
from cms.assignments.models import PlanTask, PlanTaskQuerySet
from cms.assignments.plan_board import burn_up, by_agency, draw_burn_up, key_task_window, quarter_of
from cms.assignments.plan_forms import (
    PlanAskedForm,
    PlanCorrectForm,
    PlanFilterForm,
    PlanGiveForm,
    PlanJudgeForm,
    PlanReportForm,
)
from cms.assignments.plan_permissions import (
    can_change_plan,
    can_confirm_plan,
    can_correct_plan,
    can_report_plan,
    can_see_plans,
)
from cms.core.dates import format_date_vi
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below
from cms.core.table_files import MEDIA_TYPES, xlsx_file
from cms.core.workbooks import ExportTable
from cms.organisations.access import access_for
from cms.users.enums import WRITING_AGENCY_ROLES

LIST = ("assignments:plan_list", gettext_lazy("Plan tasks"))
# Of key tasks so many are written into a workbook at once.
MOST_EXPORTED = 5_000


class PlanScreen(Screen):
    """A screen for those who work with plan tasks, or read them for Sở Nội vụ."""

    opens_to = staticmethod(can_see_plans)
    header_icon = "list-ul"
    above: tuple[str, Any] | None = LIST


class PlanListScreen(PlanScreen, ListScreen):
    """The tasks of the person's agencies: their own, those they gave, those in which they cooperate."""

    page_title = LIST[1]
    above: tuple[str, Any] | None = None
    filter_form_class = PlanFilterForm
    order = ("due_on", "pk")
    empty = gettext_lazy("No plan task is like this.")

    def get_filter_form(self) -> forms.Form:
        return PlanFilterForm(self.request.GET or None, by=self.request.user)

    def get_queryset(self) -> PlanTaskQuerySet:
        form: PlanFilterForm = self.filter_form  # type: ignore[assignment]
        return form.tasks().select_related("agency", "giver")

    def get_columns(self) -> list[Column]:
        return [
            Column("name", gettext_lazy("Plan task"), "name", url_name="assignments:plan_detail",
                   below=lambda task: below(task.is_key and _("key task"), task.document)),
            Column("agency", gettext_lazy("Lead agency"), "agency.name",
                   below=lambda task: below(task.giver_id != task.agency_id and task.giver.name)),
            Column("due_on", gettext_lazy("Due on"), below=_time_left),
            Column("progress", gettext_lazy("Progress"), lambda task: f"{task.progress}%"),
            Column("state", gettext_lazy("State"), "get_state_display"),
        ]  # fmt: skip

    def buttons(self) -> list[tuple[str, Any]]:
        overview = (reverse("assignments:plan_overview"), _("How it stands"))
        key = (reverse("assignments:key_tasks"), _("Key tasks"))
        if not access_for(self.person).has(*WRITING_AGENCY_ROLES):
            return [overview, key]
        return [(reverse("assignments:plan_give"), _("Give a plan task")), overview, key]


def _time_left(task: PlanTask) -> Any:
    if late := task.days_late if task.is_open or task.done_on else 0:
        return below(ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late})
    return below()


class KeyTaskScreen(PlanListScreen):
    """Key tasks of departments and communes with their progress, and as a workbook for Sở Nội vụ."""

    page_title = gettext_lazy("Key tasks")
    above = LIST

    def get_queryset(self) -> PlanTaskQuerySet:
        first, last = quarter_of(timezone.localdate())
        return super().get_queryset().filter(is_key=True, due_on__gte=first, due_on__lte=last)

    def get_page_subtitle(self) -> str:
        begin, end = (format_date_vi(day) for day in key_task_window(timezone.localdate()))
        return _("reported to Sở Nội vụ from %(begin)s to %(end)s") % {"begin": begin, "end": end}

    def buttons(self) -> list[tuple[str, Any]]:
        return [("?how=all", _("All of this quarter")), ("?how=all&file=xlsx", _("As a workbook"))]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("file") != "xlsx":
            answer: HttpResponseBase = super().get(request, *args, **kwargs)
            return answer
        day = timezone.localdate()
        table = _key_table(self.get_queryset()[:MOST_EXPORTED])
        title = _("Key tasks")
        response = FileResponse(
            xlsx_file(table, title=title), as_attachment=True, filename=f"nhiem-vu-trong-tam-{day:%Y%m%d}.xlsx"
        )
        response.headers["Content-Type"] = MEDIA_TYPES["xlsx"]
        return response


def _key_table(tasks: PlanTaskQuerySet) -> ExportTable:
    headings = [
        _("Lead agency"), _("Plan task"), _("Expected result"), _("Official document"), _("Given by"), _("Given on"),
        _("Due on"), _("Progress (%)"), _("Done on"), _("State"), _("Quality met"), _("Effect met"), _("Result"),
    ]  # fmt: skip
    widths = [28, 50, 40, 20, 24, 12, 12, 10, 12, 18, 12, 12, 50]
    return ExportTable(_("Key tasks"), headings, widths, _key_rows(tasks))


def _key_rows(tasks: PlanTaskQuerySet) -> Iterator[list[Any]]:
    judged = {None: "", True: _("Yes"), False: _("No")}
    for task in tasks:
        yield [
            task.agency.name, task.name, task.expected, task.document, task.giver.name, task.given_on, task.due_on,
            task.progress, task.done_on, str(task.get_state_display()), judged[task.quality_met],
            judged[task.effect_met], task.result,
        ]  # fmt: skip


class PlanOverviewScreen(PlanScreen, PageScreen):
    """The quarter of the person's agencies: late by agency, and the burn-up to its end with the table of the same."""

    template_name = "assignments/plan_overview.html"
    page_title = gettext_lazy("How plan tasks stand")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today: datetime.date = timezone.localdate()
        first, last = quarter_of(today)
        tasks = PlanTask.objects.visible_to(self.person)
        points = burn_up(tasks, first, last, today)
        return super().get_context_data(**kwargs) | {
            "first": first,
            "last": last,
            "agencies": by_agency(tasks.filter(due_on__gte=first, due_on__lte=last), today)[:200],
            "points": points,
            "chart": draw_burn_up(points),
        }


class PlanGiveScreen(PlanScreen, FormScreen):
    """Give a task to one's own agency, to one below it, or, for the Office, to any."""

    page_title = gettext_lazy("Give a plan task")
    header_icon = "plus"
    form_class = PlanGiveForm
    submit_label = gettext_lazy("Give the task")
    success_message = gettext_lazy("The task has been given.")

    def may_open(self, request: HttpRequest) -> bool:
        return access_for(request.user).has(*WRITING_AGENCY_ROLES)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> None:
        values = form.values()  # type: ignore[attr-defined]
        actions.give_plan_task(by=self.person, values=values)
        warn(self.request, values.due_on)


class PlanDetailScreen(PlanScreen, PageScreen):
    """One task: what was asked, what became of it, the people's work that carries it out, what may be done with it."""

    template_name = "assignments/plan_detail.html"
    page_title = gettext_lazy("Plan task")

    @cached_property
    def task(self) -> PlanTask:
        return _visible_task(self)

    def get_page_subtitle(self) -> str:
        return self.task.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task, person = self.task, self.person
        may = {
            "edit": can_change_plan(person, task), "withdraw": can_change_plan(person, task),
            "report": can_report_plan(person, task), "confirm": can_confirm_plan(person, task),
            "return": can_confirm_plan(person, task), "correct": can_correct_plan(person, task),
        }  # fmt: skip
        states = task.work.order_by().values_list("state", flat=True)
        return super().get_context_data(**kwargs) | {
            "task": task,
            "acts": [(name, PLAN_ACTS[name].page_title) for name, allowed in may.items() if allowed],
            "cooperating": task.cooperating.all(),
            "pieces": len(states),
            "confirmed": sum(state == "confirmed" for state in states),
        }


def _visible_task(screen: Any) -> PlanTask:
    seen = PlanTask.objects.visible_to(screen.person).select_related("agency", "giver", "reported_by", "judged_by")
    return get_object_or_404(seen, pk=screen.kwargs["pk"])


class PlanActScreen(PlanScreen, FormScreen):
    """Something done to one task."""

    task = cached_property(_visible_task)

    def may_open(self, request: HttpRequest) -> bool:
        return access_for(request.user).has(*WRITING_AGENCY_ROLES)

    @property
    def subject(self) -> str:
        return f"{self.task.agency} – {self.task}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def refused_url(self) -> str:
        return reverse("assignments:plan_detail", args=[self.kwargs["pk"]])


class PlanEditScreen(PlanActScreen):
    """Change what is asked."""

    page_title = gettext_lazy("Change the task")
    form_class = PlanAskedForm
    success_message = gettext_lazy("The task has been changed.")

    def get_initial(self) -> dict[str, Any]:
        cooperating = self.task.cooperating.all()
        return {name: getattr(self.task, name) for name in EDITABLE_PLAN_FIELDS} | {"cooperating": cooperating}

    def perform(self, form: forms.BaseForm) -> None:
        typed = dict(form.cleaned_data)
        actions.edit_plan_task(by=self.person, task=self.task, cooperating=list(typed.pop("cooperating")), **typed)
        warn(self.request, typed["due_on"])


class PlanWithdrawScreen(PlanActScreen):
    """Take the task back."""

    page_title = gettext_lazy("Withdraw the task")
    form_class = ReasonForm
    submit_label = gettext_lazy("Withdraw")
    serious = True
    success_message = gettext_lazy("The task has been withdrawn.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_plan_task(by=self.person, task=self.task, **form.cleaned_data)


class PlanReportScreen(PlanActScreen):
    """Report progress, or that the task is carried out."""

    page_title = gettext_lazy("Report on the task")
    form_class = PlanReportForm
    submit_label = gettext_lazy("Report")
    success_message = gettext_lazy("The report has been saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"progress": self.task.progress, "result": self.task.result}

    def perform(self, form: forms.BaseForm) -> None:
        actions.report_plan_task(by=self.person, task=self.task, **form.cleaned_data)


class PlanConfirmScreen(PlanActScreen):
    """Confirm what was reported, and judge its quality and effect."""

    page_title = gettext_lazy("Confirm the result")
    form_class = PlanJudgeForm
    submit_label = gettext_lazy("Confirm")
    success_message = gettext_lazy("The result has been confirmed.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.confirm_plan_task(by=self.person, task=self.task, **form.cleaned_data)


class PlanReturnScreen(PlanActScreen):
    """Give the report back."""

    page_title = gettext_lazy("Return the report")
    form_class = ReasonForm
    submit_label = gettext_lazy("Return")
    success_message = gettext_lazy("The report has been returned.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.return_plan_task(by=self.person, task=self.task, **form.cleaned_data)


class PlanCorrectScreen(PlanActScreen):
    """Correct a confirmed task."""

    page_title = gettext_lazy("Correct the confirmed task")
    form_class = PlanCorrectForm
    submit_label = gettext_lazy("Correct")
    serious = True
    success_message = gettext_lazy("The task has been corrected.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.task, name) for name in CORRECTABLE_PLAN_FIELDS}

    def perform(self, form: forms.BaseForm) -> None:
        actions.correct_plan_task(by=self.person, task=self.task, **form.cleaned_data)


PLAN_ACTS: dict[str, type[PlanActScreen]] = {
    "edit": PlanEditScreen, "withdraw": PlanWithdrawScreen, "report": PlanReportScreen, "confirm": PlanConfirmScreen,
    "return": PlanReturnScreen, "correct": PlanCorrectScreen,
}  # fmt: skip
