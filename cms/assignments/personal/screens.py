"""An officer's own work: what is open, what waits, what was confirmed; and one piece of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.assignments import actions
from cms.assignments.enums import SETTLED_STATES, WorkState
from cms.assignments.forms import ClaimForm, EvidenceForm, ReportForm
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.core.errors import DomainError
from cms.organisations.personal.screens import PersonalScreen

SIZE = 50


class OwnWorkScreen(PersonalScreen):
    """The officer's work by its last day; what is confirmed is read month by month. Four queries at the most."""

    name = "work"
    template_name = "assignments/own_work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = WorkAssignment.objects.own(self.officer)
        month = _month_of(self.request.GET.get("thang", ""))
        listed = own.of_month(month).filter(state=WorkState.CONFIRMED) if month else own.open()
        return super().get_context_data(**kwargs) | {
            "listed": Paginator(listed, SIZE).get_page(self.request.GET.get("trang")),
            "month": month,
            "months": _recent_months(),
            "waiting": [] if month else list(own.filter(state=WorkState.DONE)[:SIZE]),
            "today": timezone.localdate(),
        }


class OwnWorkDetailScreen(PersonalScreen):
    """One piece of the officer's own work, with the form that reports on it."""

    name = "work"
    template_name = "assignments/own_work_detail.html"

    @cached_property
    def work(self) -> WorkAssignment:
        own: WorkQuerySet = self.officer.work.select_related("agency", "officer", "given_by", "confirmed_by")
        work = own.filter(identity=self.kwargs["identity"]).first()
        if work is None:
            raise Http404
        return work

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        start = {"completed": self.work.completed, "result": self.work.result}
        shown = {"form": ReportForm(initial=start), "evidence_form": EvidenceForm(), "claim_form": ClaimForm()}
        return super().get_context_data(**(shown | kwargs)) | {
            "work": self.work,
            "evidence": self.work.evidence.select_related("verified_by"),
            "claims": self.work.claims.select_related("competent", "decided_by"),
            "may_bring": self.work.state not in SETTLED_STATES,
            "may_claim": self._has_something_to_excuse(),
        }

    def _has_something_to_excuse(self) -> bool:
        work = self.work
        return work.is_open or (
            work.state != WorkState.WITHDRAWN and bool(work.days_late or work.late_occurrences or work.quality_failures)
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Report progress, or that the work is done; what was typed stays when that is refused."""
        form = ReportForm(request.POST)
        if form.is_valid():
            try:
                messages.success(request, self._report(form.cleaned_data, is_done="done" in request.POST))
                return redirect("personal:work")
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _report(self, typed: dict[str, Any], *, is_done: bool) -> str:
        said = {"by": self.request.user, "work": self.work, "completed": typed["completed"], "result": typed["result"]}
        if is_done:
            actions.finish_work(**said, done_on=typed["done_on"] or timezone.localdate())
            return _("Reported as done. It waits for confirmation.")
        actions.report_work(**said)
        return _("Your progress has been saved.")


def _month_of(text: str) -> datetime.date | None:
    """Return the first day of a month written as 2026-11; None for anything else."""
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _recent_months() -> list[datetime.date]:
    """Return the first days of this month and of the eleven before it."""
    today = timezone.localdate()
    ordinals = range(today.year * 12 + today.month - 1, today.year * 12 + today.month - 13, -1)
    return [datetime.date(number // 12, number % 12 + 1, 1) for number in ordinals]
