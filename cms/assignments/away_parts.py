"""The parts about people who are away or leave: absences, and the rest of their work handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments import actions
from cms.assignments.actions.days import MOST_ROWS
from cms.assignments.forms_planning import AbsenceForm, HandOverForm
from cms.assignments.models import Absence, WorkAssignment
from cms.assignments.permissions import postings_given_work_by
from cms.assignments.planning_parts import Part
from cms.assignments.working_days import ONE_DAY, month_span
from cms.core.screens import Column, link_to
from cms.core.table_files import MEDIA_TYPES
from cms.organisations.forms import SmallListForm
from cms.organisations.models import Posting
from cms.organisations.workbooks import read_rows, write_rows

# The columns of a list of absences.
COLUMNS = ("Mã công chức", "Họ và tên", "Từ ngày", "Đến ngày", "Lý do")


class AbsenceList(Part):
    """Who is, will be or lately was away, of those to whom the person gives work."""

    page_title = gettext_lazy("Absences")
    order = ("first_day", "pk")
    empty = gettext_lazy("No absence is entered.")

    def get_queryset(self) -> Any:
        lately = month_span(timezone.localdate())[0] - 31 * ONE_DAY
        seen = Absence.objects.writable_by(self.person).filter(withdrawn_at=None, last_day__gte=lately)
        return seen.select_related("officer")

    def is_past(self, absence: Absence) -> bool:
        return bool(absence.last_day < timezone.localdate())

    def buttons(self) -> list[tuple[str, Any]]:
        return [
            (self.way("absence_add"), _("Enter an absence")),
            (self.way("absence_template"), _("Download the template")),
            (self.way("absence_upload"), _("Enter absences by Excel")),
            (self.way("planning"), _("Plan work")),
        ]

    def get_columns(self) -> list[Column]:
        return [
            Column("officer", gettext_lazy("Officer"), "officer.name"),
            Column("first_day", gettext_lazy("First day")),
            Column("last_day", gettext_lazy("Last day")),
            Column("reason", gettext_lazy("Reason")),
            Column("acts", gettext_lazy("Acts"), self._acts, is_for_acts=True),
        ]

    def _acts(self, absence: Absence) -> Any:
        label = _("Withdraw")
        return link_to(self.way("absence_withdraw", absence.pk), label, f"{label}: {absence}")


class AbsenceAdd(Part):
    """Enter from when to when somebody is away."""

    page_title = gettext_lazy("Enter an absence")
    back_to = "absence_list"
    form_class = AbsenceForm
    success_message = gettext_lazy("The absence has been entered.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"by": self.person}

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.request.GET.get("officer", "")[:64]}

    def perform(self, form: AbsenceForm) -> None:
        typed = form.cleaned_data
        actions.enter_absence(
            by=self.person, officer=typed["officer"], first_day=typed["first_day"], last_day=typed["last_day"],
            reason=typed["reason"],
        )  # fmt: skip


class AbsenceUpload(Part):
    """Enter the absences of many people by a workbook, each row checked, all of them or none."""

    page_title = gettext_lazy("Enter absences by Excel")
    back_to = "absence_list"
    form_class = SmallListForm
    submit_label = gettext_lazy("Check and enter")
    explanation = gettext_lazy(
        "Rows without days are passed over. If one row is wrong nothing is entered, and each wrong row is named."
    )

    def perform(self, form: SmallListForm) -> None:
        read = read_rows(form.cleaned_data["file"].read(), COLUMNS)
        code, _name, first, last, reason = COLUMNS
        rows = [
            actions.AbsenceRow(row.number, *(row.values[column] for column in (code, first, last, reason)))
            for row in read
            if row.values[first] or row.values[last]
        ]
        count = len(actions.enter_absences(by=self.person, rows=rows))
        messages.success(self.request, ngettext(
            "%(count)d absence has been entered.", "%(count)d absences have been entered.", count
        ) % {"count": count})  # fmt: skip


class AbsenceTemplate(Part):
    """The workbook to fill in, with the people to whom the person gives work."""

    def get(self, request: HttpRequest) -> HttpResponse:
        people = postings_given_work_by(self.person).order_by("officer__code")
        known = dict(people.values_list("officer__code", "officer__name")[:MOST_ROWS])
        rows = [(code, name, "", "", "") for code, name in known.items()]
        headers = {"Content-Disposition": 'attachment; filename="vang-mat.xlsx"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(write_rows("VangMat", COLUMNS, rows, {}), content_type=MEDIA_TYPES["xlsx"], headers=headers)


class AbsenceWithdraw(Part):
    """Take back what was entered by mistake."""

    page_title = gettext_lazy("Withdraw the absence")
    back_to = "absence_list"
    form_class = forms.Form
    submit_label = gettext_lazy("Withdraw")
    serious = True
    success_message = gettext_lazy("The absence has been withdrawn.")

    @cached_property
    def absence(self) -> Absence:
        seen = Absence.objects.writable_by(self.person).filter(withdrawn_at=None).select_related("officer")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return str(self.absence)

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_absence(by=self.person, absence=self.absence)


class WorkHandOver(Part):
    """Hand the open work of somebody who leaves or is away over to somebody else."""

    page_title = gettext_lazy("Hand work over")
    form_class = HandOverForm
    submit_label = gettext_lazy("Hand over")
    explanation = gettext_lazy(
        "What is completed stays this person's and waits for confirmation; the rest goes to the other person."
    )

    @cached_property
    def from_posting(self) -> Posting:
        return self.posting()

    @property
    def subject(self) -> str:
        return f"{self.from_posting.officer} – {self.from_posting.agency}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        here = self.from_posting
        others = postings_given_work_by(self.person).filter(agency=here.agency_id).exclude(officer=here.officer_id)
        work = WorkAssignment.objects.open().filter(officer=here.officer_id, agency=here.agency_id)
        return kwargs | {"others": others, "work": work}

    def perform(self, form: HandOverForm) -> None:
        count = len(actions.hand_over_work(by=self.person, **form.cleaned_data))
        messages.success(self.request, ngettext(
            "%(count)d piece of work has been handed over.", "%(count)d pieces of work have been handed over.", count
        ) % {"count": count})  # fmt: skip
