"""An officer's own work: today, this week, late, waiting; what was confirmed; and one piece of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.assignments import actions
from cms.assignments.enums import SETTLED_STATES, WorkState
from cms.assignments.forms import ClaimForm, EvidenceForm, ReportForm
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.assignments.personal.parts import BY_WORD, PARTS, counts_of, of_part
from cms.core.errors import DomainError
from cms.organisations.personal.screens import PersonalScreen

SIZE = 50
# So many of each part stand on the first page.
FIRST = 10
_LONGEST = 100


class OwnWorkScreen(PersonalScreen):
    """The officer's work by when it is due, the first of each part; a part, a month or a search by pages.

    A fixed number of queries: one counts the parts, one reads each.
    """

    name = "work"
    template_name = "assignments/own_work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own, asked = WorkAssignment.objects.own(self.officer), self.request.GET
        part, month = BY_WORD.get(asked.get("loc", "")), _month_of(asked.get("thang", ""))
        query = " ".join(asked.get("q", "").split())[:_LONGEST]
        shown: dict[str, Any] = {"part": part, "month": month, "months": _recent_months(), "query": query}
        counts = counts_of(own)
        shown["counts"] = [(one, counts[one.word]) for one in PARTS]
        if query:
            shown |= self._found(own, query)
        elif month or part:
            confirmed = own.of_month(month).filter(state=WorkState.CONFIRMED) if month else own.none()
            shown["listed"] = self._page(of_part(own, part) if part else confirmed)
            _with_forms(shown["listed"])
        else:
            shown["sections"] = [
                (one, counts[one.word], _with_forms(list(of_part(own, one)[:FIRST])))
                for one in PARTS
                if counts[one.word]
            ]
        return super().get_context_data(**kwargs) | shown

    def _page(self, work: WorkQuerySet) -> Any:
        return Paginator(work, SIZE).get_page(self.request.GET.get("trang"))

    def _found(self, own: WorkQuerySet, query: str) -> dict[str, Any]:
        """What the number of a document, or words, are about; else open work of which it may become evidence."""
        shown = own.shown_by(query)
        found = shown if shown.exists() else own.search(query)
        page = self._page(found.order_by("-due_on", "pk"))
        _with_forms(page)
        is_number = "/" in query
        offered = list(own.open()[:FIRST]) if is_number and not page.object_list else []
        return {"listed": page, "offered": offered}


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
        shown = {"form": report_form(self.work), "evidence_form": EvidenceForm(), "claim_form": ClaimForm()}
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
        form = ReportForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                messages.success(request, self._report(form, is_done="done" in request.POST))
                return sent_on(request, reverse("personal:work"))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _report(self, form: ReportForm, *, is_done: bool) -> str:
        typed = form.cleaned_data
        done_on = (typed["done_on"] or timezone.localdate()) if is_done else None
        actions.report_at_once(
            by=self.request.user, work=self.work, completed=typed["completed"], result=typed["result"],  # type: ignore[arg-type]
            done_on=done_on, evidence=form.evidence(),
        )  # fmt: skip
        return _("Reported as done. It waits for confirmation.") if is_done else _("Your progress has been saved.")


def sent_on(request: HttpRequest, url: str) -> HttpResponse:
    """Lead on after a write; the script that keeps what was typed is told where, so that it knows it has arrived."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"url": url})
    return redirect(url)


def report_form(work: WorkAssignment) -> ReportForm:
    """Return the form for one piece of work among others on a page; what was assigned stands in it to begin with."""
    start = {"completed": work.completed or work.assigned, "result": work.result}
    return ReportForm(initial=start, auto_id=f"id-{work.identity.hex[:12]}-%s")


def _with_forms(works: Any) -> Any:
    for work in works:
        work.form = report_form(work) if work.is_open else None
    return works


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
