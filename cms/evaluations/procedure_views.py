"""Screens of procedures: written by editors of Sở Nội vụ, compared, issued by somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.dates import format_date_vi
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below
from cms.evaluations import actions
from cms.evaluations.models import Procedure
from cms.evaluations.permissions import can_issue_procedures, can_see_procedures, can_write_procedures
from cms.evaluations.procedure_forms import IssueProcedureForm, NewProcedureForm, ProcedureForm, shown_procedure
from cms.evaluations.procedure_words import compare, scope_lines, step_words
from cms.evaluations.shipped_procedures import OPTIONAL, PROCEDURES

LIST = ("evaluations:procedures", gettext_lazy("Evaluation procedures"))


class ProcedureScreen(Screen):
    """A screen about procedures."""

    opens_to = staticmethod(can_see_procedures)
    header_icon = "list-ol"
    above: tuple[str, Any] | None = LIST

    @cached_property
    def procedure(self) -> Procedure:
        """Return the version of the address."""
        related = Procedure.objects.select_related("written_by", "issued_by")
        return get_object_or_404(related, pk=self.kwargs["procedure"])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self._own_url(), "label": _named(self.procedure)}] if "procedure" in self.kwargs else []

    def refused_url(self) -> str:
        return self._own_url() if "procedure" in self.kwargs else reverse("evaluations:procedures")

    def _own_url(self) -> str:
        return reverse("evaluations:procedure", args=[self.kwargs["procedure"]])


def _named(procedure: Procedure) -> str:
    return _("%(name)s, version %(number)s") % {"name": procedure.name, "number": procedure.number}


def state_words(procedure: Procedure, in_force: set[int]) -> str:
    """Return where a version of a procedure stands."""
    if procedure.issued_at is None:
        return _("Draft")
    day = procedure.effective_from
    if procedure.ends:
        return _("Ended on %(day)s") % {"day": format_date_vi(day)} if day else ""
    if procedure.pk in in_force and day:
        return _("In force since %(day)s") % {"day": format_date_vi(day)}
    if day and day > timezone.localdate():
        return _("In force from %(day)s on") % {"day": format_date_vi(day)}
    return _("Replaced by a later version")


class ProcedureListScreen(ProcedureScreen, ListScreen):
    """All versions of all procedures, the latest of each first."""

    page_title = LIST[1]
    above = None
    empty = gettext_lazy("No procedure has been written yet.")

    def get_queryset(self) -> Any:
        return Procedure.objects.order_by("code", "-number")

    def get_columns(self) -> list[Column]:
        in_force = set(Procedure.objects.in_force(timezone.localdate()).values_list("pk", flat=True))
        return [
            Column("name", _("Procedure"), _named, url_name="evaluations:procedure",
                   below=lambda row: below(row.basis)),
            Column("scope", _("For"), lambda row: "; ".join(words for _name, words in scope_lines(row)[:3])),
            Column("state", _("State"), lambda row: state_words(row, in_force)),
            Column("decision", _("Decision"), lambda row: row.decision_number),
        ]  # fmt: skip

    def buttons(self) -> list[tuple[str, Any]]:
        may = can_write_procedures(self.person)
        return [(reverse("evaluations:add_procedure"), _("Write a procedure"))] if may else []


class AddProcedureScreen(ProcedureScreen, FormScreen):
    """Begin a draft."""

    opens_to = staticmethod(can_write_procedures)
    page_title = gettext_lazy("Write a procedure")
    form_class = NewProcedureForm
    submit_label = gettext_lazy("Begin")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        said = form.cleaned_data
        spec = next((each for each in (*PROCEDURES, *OPTIONAL) if each.code == said["shipped"]), None)
        if spec is not None:
            made = actions.load_shipped_procedure(by=self.person, spec=spec)
            draft = made or actions.draft_procedure(by=self.person, code=spec.code)
        else:
            draft = actions.draft_procedure(by=self.person, code=said["code"], name=said["name"])
        return redirect("evaluations:edit_procedure", draft.pk)


class ProcedureDetailScreen(ProcedureScreen, PageScreen):
    """A version with its steps, beside what it replaces; from here it is edited, issued, or followed by another."""

    template_name = "evaluations/procedure.html"

    def may_open(self, request: HttpRequest) -> bool:
        return self.opens_to(request.user) and (request.method != "POST" or can_write_procedures(request.user))

    def get_page_title(self) -> str:
        return _named(self.procedure)

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own, today = self.procedure, timezone.localdate()
        holding = Procedure.objects.in_force(today)
        before = self._before()
        is_draft = own.issued_at is None
        return super().get_context_data(**kwargs) | {
            "procedure": own,
            "state": state_words(own, {each.pk for each in holding}),
            "scope": scope_lines(own),
            "steps": [(each, step_words(each)) for each in own.steps.all()],
            "before": before,
            "lines": compare(before, own) if before else [],
            "may_edit": is_draft and can_write_procedures(self.person),
            "may_issue": is_draft and can_issue_procedures(self.person) and own.written_by_id != self.person.pk,
            "is_own_draft": is_draft and can_issue_procedures(self.person) and own.written_by_id == self.person.pk,
            "may_follow": not is_draft and can_write_procedures(self.person),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin the next version of the procedure, with what the last one says."""
        draft = actions.draft_procedure(by=self.person, code=self.procedure.code)
        return redirect("evaluations:edit_procedure", draft.pk)

    def _before(self) -> Procedure | None:
        """Return what a draft is to replace, or what an issued version replaced."""
        own = self.procedure
        issued = Procedure.objects.filter(code=own.code, issued_at__isnull=False, number__lt=own.number)
        return issued.order_by("-number").first()


class EditProcedureScreen(ProcedureScreen, FormScreen):
    """Write a draft: whom it is for, and its steps in their order."""

    opens_to = staticmethod(can_write_procedures)
    template_name = "evaluations/edit_procedure.html"
    page_title = gettext_lazy("Edit the procedure")
    form_class = ProcedureForm
    success_message = gettext_lazy("The draft has been saved. Somebody else issues it.")
    explanation = gettext_lazy(
        "The place of a step is its number in the order; a step without a number is left out. Periods that are open "
        "keep the steps with which they were opened."
    )

    def get_initial(self) -> dict[str, Any]:
        return shown_procedure(self.procedure)

    def perform(self, form: forms.BaseForm) -> None:
        said = form.cleaned_data
        written = {"name": said["name"], "basis": said["basis"]}
        steps, scope = form.steps(), form.scope()  # type: ignore[attr-defined]
        actions.edit_procedure(by=self.person, procedure=self.procedure, steps=steps, **written, **scope)


class IssueProcedureScreen(ProcedureScreen, FormScreen):
    """Issue a draft that somebody else wrote."""

    opens_to = staticmethod(can_issue_procedures)
    page_title = gettext_lazy("Issue the procedure")
    form_class = IssueProcedureForm
    submit_label = gettext_lazy("Issue")
    serious = True
    explanation = gettext_lazy(
        "An issued procedure never changes. It holds for periods that are opened from this day on."
    )
    success_message = gettext_lazy("The procedure has been issued.")

    @property
    def subject(self) -> str:
        return _named(self.procedure)

    def perform(self, form: forms.BaseForm) -> None:
        actions.issue_procedure(by=self.person, procedure=self.procedure, **form.cleaned_data)
