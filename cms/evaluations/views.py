"""Screens of periods for an agency's own people: open, follow, lock; and one officer's evaluation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below
from cms.core.text import fold
from cms.evaluations import actions
from cms.evaluations.cap_board import cap_board
from cms.evaluations.dossier import desk_dossier
from cms.evaluations.enums import AUTHORITIES, BODIES, Actor, SubjectKind
from cms.evaluations.explained import applied_lines, explained
from cms.evaluations.form_downloads import form_response
from cms.evaluations.forms import EvaluationFilterForm, FindingForm, OpenPeriodForm, ReasonForm
from cms.evaluations.hearing_permissions import can_appoint
from cms.evaluations.marking import before_of
from cms.evaluations.models import Evaluation, Finding, Period, Reopening, Result
from cms.evaluations.models.evaluations import own_organisations
from cms.evaluations.permissions import can_decide, can_keep_evaluation, can_lock, can_mark, can_see_periods
from cms.evaluations.presenters import laid_out, moved_words, scoring_words
from cms.frameworks.blocks.words import LEVELS
from cms.frameworks.trials.shown import group_names
from cms.organisations.actions import note_read, note_reads
from cms.organisations.enums import OfficerData
from cms.organisations.permissions import is_officer

LIST = ("evaluations:period_list", gettext_lazy("Evaluation periods"))


PERIOD_ACTS = ("compute", "propose_lock", "withdraw_lock", "lock")


class PeriodScreen(Screen):
    """A screen for those who keep the periods of an agency."""

    opens_to = staticmethod(can_see_periods)
    header_icon = "date"
    above: tuple[str, Any] | None = LIST

    @cached_property
    def period(self) -> Period:
        """Return the period of the address, where the person may see it."""
        seen = Period.objects.visible_to(self.person).filter(subject_kind=SubjectKind.OFFICER)
        seen = seen.select_related("agency", "lock_proposed_by", "locked_by")
        return get_object_or_404(seen, pk=self.kwargs["period"])

    def trail(self) -> list[dict[str, Any]]:
        if "period" not in self.kwargs:
            return []
        return [{"url": reverse("evaluations:period", args=[self.period.pk]), "label": str(self.period)}]


class PeriodListScreen(PeriodScreen, ListScreen):
    """The periods of one's agencies, the latest first."""

    page_title = LIST[1]
    above = None
    empty = gettext_lazy("No period has been opened yet.")
    columns = [
        Column("period", gettext_lazy("Period"), str, url_name="evaluations:period",
               below=lambda period: below(period.agency.name)),
        Column("first_day", gettext_lazy("First day")),
        Column("last_day", gettext_lazy("Last day")),
        Column("state", gettext_lazy("State"), "state_words"),
    ]  # fmt: skip

    def get_queryset(self) -> Any:
        seen = Period.objects.visible_to(self.person).select_related("agency")
        return seen.filter(subject_kind=SubjectKind.OFFICER)

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("evaluations:open"), _("Open a period"))]


class OpenPeriodScreen(PeriodScreen, FormScreen):
    """Open a period for everybody of an agency."""

    page_title = gettext_lazy("Open a period")
    form_class = OpenPeriodForm
    submit_label = gettext_lazy("Open")
    explanation = gettext_lazy(
        "For each officer of the agency and its units the framework and who has authority are settled now, as they "
        "hold at the end of the period."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        given = {"agency": form.cleaned_data["agency"], "kind": form.cleaned_data["kind"]}
        first_day = form.first_day  # type: ignore[attr-defined]
        period = actions.open_period(by=self.person, first_day=first_day, **given)
        return redirect("evaluations:period", period.pk)


class PeriodDetailScreen(PeriodScreen, ListScreen):
    """How far everybody's evaluation has come, and the cap on levels."""

    template_name = "evaluations/period.html"
    filter_form_class = EvaluationFilterForm
    order: tuple[str, ...] = ("officer__code", "pk")
    # Before the names of the routes of its acts.
    routes = "evaluations:"
    empty = gettext_lazy("Nobody is like this.")

    def get_page_title(self) -> str:
        return str(self.period)

    def get_page_subtitle(self) -> str:
        return " – ".join(filter(None, [str(self.period.agency), scoring_words(self.period)]))

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_queryset(self) -> Any:
        found = self.period.evaluations.select_related(
            "officer", "organisation", "agency", "evaluator", "decider", "adviser"
        )
        asked = self.narrowed
        state = asked.get("awaits") or ""
        if state == "absent":
            found = found.exclude(absence="")
        elif state == "done":
            found = found.decided()
        elif state:
            found = found.filter(awaits=state, absence="")
        for word in (asked.get("q") or "").split():
            found = found.filter(
                Q(officer__search_text__icontains=fold(word)) | Q(organisation__search_text__icontains=fold(word))
            )
        return found

    def present(self, rows: list[Evaluation]) -> list[Evaluation]:
        stand = {each.evaluation_id: each for each in Result.objects.of([row.pk for row in rows])}
        before = before_of(self.person, self.period, [row for row in rows if row.officer_id])
        for row in rows:
            row.before = before.get(row.pk)  # type: ignore[attr-defined]
            # One's own result is read on one's own pages, once it is decided.
            row.result = None if self._is_own(row) else stand.get(row.pk)  # type: ignore[attr-defined]
        read = [row.officer for row in rows if row.officer and (row.level or row.pk in stand) and not self._is_own(row)]
        note_reads(by=self.person, officers=read, what=OfficerData.RESULT)
        return rows

    def get_columns(self) -> list[Column]:
        return [
            Column("subject", self.period.get_subject_kind_display(), self._way_in,
                   below=lambda row: below(row.subject.code, row.officer and row.agency.name)),
            Column("state", gettext_lazy("Stands at"), _standing, below=_who_is_awaited),
            Column("total", gettext_lazy("Points"), _points),
            Column("level", gettext_lazy("Level by the points"),
                   lambda row: LEVELS.get(row.result.level, "") if row.result else ""),
            Column("decided", gettext_lazy("Level decided"), lambda row: LEVELS.get(row.level, "")),
            Column("before", gettext_lazy("Period before"), _level_before, below=lambda row: below(moved_words(row))),
        ]  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period = self.period
        counted = period.evaluations.counted()
        names = group_names()
        return super().get_context_data(**kwargs) | {
            "period": period,
            "everybody": counted.count(),
            "decided": period.evaluations.decided().count(),
            "caps": [
                (names.get(each.position_group, each.position_group), each)
                for each in cap_board(period)
                if each.eligible
            ],
            "urls": {act: reverse(f"{self.routes}{act}", args=[period.pk]) for act in PERIOD_ACTS},
            "to_mark": period.evaluations.to_mark(self.person).exists(),
            "may_propose": not period.lock_proposed_at and not period.is_locked,
            "may_lock": not period.is_locked and can_lock(self.person, period),
        }

    def _way_in(self, row: Evaluation) -> Any:
        if self._is_own(row):
            return row.subject.name
        return format_html('<a href="{}">{}</a>', reverse("evaluations:evaluation", args=[row.pk]), row.subject.name)

    def _is_own(self, row: Evaluation) -> bool:
        if row.officer is not None:
            return row.officer.account_id == self.person.pk
        return row.organisation_id in self._own_organisations

    @cached_property
    def _own_organisations(self) -> frozenset[int]:
        return frozenset(own_organisations(self.person).values_list("pk", flat=True))


def _standing(row: Evaluation) -> str:
    if row.absence:
        return _("Not in the period")
    return row.awaited_name if row.awaits else pgettext("evaluation", "Decided")


def _who_is_awaited(row: Evaluation) -> Any:
    if row.absence:
        return below(row.absence)
    if row.awaits_actor in BODIES:
        return below(row.get_awaits_actor_display())
    who = row.subject if row.awaits_actor == Actor.SELF else None
    if row.awaits_actor in AUTHORITIES:
        who = getattr(row, AUTHORITIES[Actor(row.awaits_actor)])
    return below(who.name if who else row.awaits and _("nobody has authority: see the evaluation"))


def _points(row: Any) -> str:
    total = row.result.shown_total if row.result else None
    return "" if total is None else format_decimal_vi(total)


def _level_before(row: Any) -> str:
    return str(LEVELS.get(row.before.level, "")) if row.before else ""


class PeriodActScreen(PeriodScreen, FormScreen):
    """Something done to a period: a sentence, and a button."""

    form_class = forms.Form
    serious = True

    @property
    def subject(self) -> str:
        return f"{self.period} – {self.period.agency}"

    def refused_url(self) -> str:
        return reverse("evaluations:period", args=[self.kwargs["period"]])


class ComputeScreen(PeriodActScreen):
    """Calculate what nobody decided yet."""

    page_title = gettext_lazy("Calculate anew")
    submit_label = gettext_lazy("Calculate")
    serious = False
    explanation = gettext_lazy("Results follow from work, marks and cases as they stand now. What was decided stays.")
    success_message = gettext_lazy("The results have been calculated.")

    def perform(self, form: forms.BaseForm) -> None:
        if not actions.score_soon(self.period):
            self.success_message = gettext_lazy("The results are being calculated. Look again in a few minutes.")


class ProposeLockScreen(PeriodActScreen):
    """What is still to be done is named as a refusal; else the second person is awaited."""

    page_title = gettext_lazy("Propose to lock the period")
    submit_label = gettext_lazy("Propose")
    explanation = gettext_lazy("The head of the agency then locks it. Whatever is still to be done is named here.")
    success_message = gettext_lazy("The lock has been proposed. It waits for the head of the agency.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.propose_lock(by=self.person, period=self.period)


class WithdrawLockScreen(PeriodActScreen):
    """Take the proposal back."""

    page_title = gettext_lazy("Withdraw the proposal to lock")
    submit_label = gettext_lazy("Withdraw")
    success_message = gettext_lazy("The proposal has been withdrawn.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_lock(by=self.person, period=self.period)


class LockScreen(PeriodActScreen):
    """Lock, as the second person."""

    page_title = gettext_lazy("Lock the period")
    submit_label = gettext_lazy("Lock")
    explanation = gettext_lazy(
        "All results become final, and the work behind them. Later only two people together reopen one evaluation."
    )
    success_message = gettext_lazy("The period is locked.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.lock_period(by=self.person, period=self.period)


class EvaluationScreen(Screen):
    """A screen about one officer's evaluation, at the desk."""

    opens_to = staticmethod(can_see_periods)
    header_icon = "date"
    above = LIST

    @cached_property
    def evaluation(self) -> Evaluation:
        """Return the evaluation of the address, where the person may see it; one's own is on one's own pages."""
        related = (
            "period__agency",
            "officer",
            "organisation",
            "agency",
            "posting__position",
            "framework",
            "evaluator",
            "decider",
        )
        seen = Evaluation.objects.visible_to(self.person).select_related(*related)
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        period = self.evaluation.period
        return [{"url": reverse("evaluations:period", args=[period.pk]), "label": str(period)}]


class EvaluationDetailScreen(EvaluationScreen, PageScreen):
    """What one evaluation rests on, what was done in it, and its results with their receipts."""

    template_name = "evaluations/evaluation.html"
    page_title = gettext_lazy("Evaluation")

    def get_page_subtitle(self) -> str:
        return str(self.evaluation.subject)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.evaluation.officer is not None:
            note_read(by=self.person, officer=self.evaluation.officer, what=OfficerData.RESULT)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.evaluation
        results = list(one.results.all())
        may_keep = can_keep_evaluation(self.person, one)
        is_locked = one.period.is_locked
        return super().get_context_data(**kwargs) | {
            "evaluation": one,
            "acts": one.acts.select_related("done_by", "decision"),
            "dossier": desk_dossier(self.person, one),
            "stale": one.stale_marks.standing().select_related("because_of__officer", "because_of__organisation"),
            "findings": one.findings.select_related("recorded_by"),
            "reopenings": one.reopenings.select_related("proposed_by", "approved_by"),
            "results": results,
            "objections": one.objections.select_related("reviewer"),
            "complaints": one.complaints.select_related("ordered_by", "verified_by"),
            "cancellations": one.cancellations.select_related("proposed_by", "approved_by"),
            "may_appoint": can_appoint(self.person, one),
            "may_complain": may_keep and bool(one.awaits) and not one.absence and not one.is_decided,
            "receipt": laid_out(results[0]) if results else None,
            "applied": applied_lines(one),
            "explained": explained(one, results[0] if results else None),
            "may_keep": may_keep and not is_locked and bool(one.awaits),
            "may_reopen": may_keep and is_locked and not one.absence,
            # Marks and decision are given on one's own pages, also where nobody could be named and the head does it.
            "may_judge": is_officer(self.person) and (can_mark(self.person, one) or can_decide(self.person, one)),
        }


class FormDownloadScreen(EvaluationScreen, PageScreen):
    """Form 01 or 02 of the decree, filled, as a Word file; that it was read is noted for the officer."""

    page_title = gettext_lazy("Evaluation")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.evaluation.officer is not None:
            note_read(by=self.person, officer=self.evaluation.officer, what=OfficerData.RESULT)
        return form_response(self.evaluation, self.kwargs["form"], is_own=False)


class EvaluationFormScreen(EvaluationScreen, FormScreen):
    """Something done to one evaluation at the desk."""

    @property
    def subject(self) -> str:
        return f"{self.evaluation.subject} – {self.evaluation.period}"

    def refused_url(self) -> str:
        return reverse("evaluations:evaluation", args=[self.kwargs["pk"]])


class ExcuseScreen(EvaluationFormScreen):
    """Take an officer out of the period."""

    page_title = gettext_lazy("Did not work in the period")
    form_class = ReasonForm
    submit_label = gettext_lazy("Take out of the period")
    serious = True
    explanation = gettext_lazy("There is then no result of this period; longer periods say so, with the reason.")
    success_message = gettext_lazy("The officer has been taken out of the period.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.excuse(by=self.person, evaluation=self.evaluation, **form.cleaned_data)


class IncludeScreen(EvaluationFormScreen):
    """Take an officer into the period again."""

    page_title = gettext_lazy("Take into the period again")
    form_class = forms.Form
    submit_label = gettext_lazy("Take in")
    success_message = gettext_lazy("The officer is in the period again.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.include(by=self.person, evaluation=self.evaluation)


class FindScreen(EvaluationFormScreen):
    """Record a case that holds the level down."""

    page_title = gettext_lazy("Record a case that holds the level down")
    form_class = FindingForm
    serious = True
    explanation = gettext_lazy("The points stay as they are. The receipt names the case and the rule.")
    success_message = gettext_lazy("The case has been recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"evaluation": self.evaluation}

    def perform(self, form: forms.BaseForm) -> None:
        actions.find(by=self.person, evaluation=self.evaluation, **form.cleaned_data)


class WithdrawFindingScreen(EvaluationFormScreen):
    """Withdraw such a case."""

    page_title = gettext_lazy("Withdraw the case")
    form_class = ReasonForm
    submit_label = gettext_lazy("Withdraw")
    serious = True
    success_message = gettext_lazy("The case has been withdrawn.")

    def perform(self, form: forms.BaseForm) -> None:
        finding = get_object_or_404(Finding, evaluation=self.evaluation, pk=self.kwargs["finding"])
        actions.withdraw_finding(by=self.person, finding=finding, **form.cleaned_data)


class ProposeReopeningScreen(EvaluationFormScreen):
    """Propose to reopen a locked evaluation."""

    page_title = gettext_lazy("Propose to reopen")
    form_class = ReasonForm
    submit_label = gettext_lazy("Propose")
    serious = True
    explanation = gettext_lazy("The locked result stays to be read. A second person approves before anything changes.")
    success_message = gettext_lazy("The reopening has been proposed. It waits for the head of the agency.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.propose_reopening(by=self.person, evaluation=self.evaluation, **form.cleaned_data)


class ApproveReopeningScreen(EvaluationFormScreen):
    """Approve a reopening, as the second person."""

    page_title = gettext_lazy("Approve the reopening")
    form_class = forms.Form
    submit_label = gettext_lazy("Approve")
    serious = True
    success_message = gettext_lazy("The evaluation is open again; its decision makes a new result.")

    def perform(self, form: forms.BaseForm) -> None:
        waiting = get_object_or_404(Reopening.objects.waiting(), evaluation=self.evaluation)
        actions.approve_reopening(by=self.person, reopening=waiting)
