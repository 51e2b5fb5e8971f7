"""An officer's own evaluations; and those that wait for the officer's marks or decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.errors import DomainError, WrongState
from cms.evaluations import actions
from cms.evaluations.actions.bodies import STATED
from cms.evaluations.dossier import personal_dossier
from cms.evaluations.enums import Act, Step
from cms.evaluations.explained import applied_lines, explained
from cms.evaluations.forms import DecideForm, GroundsForm, MarksForm, NumberForm, SendBackForm, typed_marks
from cms.evaluations.hearing_terms import last_day_to_object
from cms.evaluations.marking import befores_of
from cms.evaluations.marking_pages import periods_to_mark
from cms.evaluations.models import Evaluation, Finding, Result
from cms.evaluations.permissions import can_decide, can_mark, has_part, knows_cases, may_do
from cms.evaluations.presenters import laid_out
from cms.evaluations.scoring_inputs import lines_of, marks_of
from cms.evaluations.step_forms import StatementForm
from cms.organisations.actions import note_read, note_reads
from cms.organisations.enums import OfficerData
from cms.organisations.personal.screens import PersonalScreen

# On a page, and at most decided at once.
SIZE = 50
_SUBJECT = ("officer", "organisation", "agency")
_RELATED = (
    "period__agency", "officer", "organisation", "agency", "posting__position", "framework", "evaluator", "decider",
)  # fmt: skip


class OwnEvaluationsScreen(PersonalScreen):
    """The officer's evaluations by period; figures only of those that are decided."""

    name = "evaluations"
    template_name = "evaluations/own_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Evaluation.objects.own(self.officer).select_related("period")
        page = Paginator(own, SIZE).get_page(self.request.GET.get("trang"))
        return super().get_context_data(**kwargs) | {"listed": _with_results(page)}


class OwnEvaluationScreen(PersonalScreen):
    """One of the officer's own: the self-assessment while it is asked for, the receipt once it is decided."""

    name = "evaluations"
    template_name = "evaluations/own.html"

    @cached_property
    def evaluation(self) -> Evaluation:
        own = Evaluation.objects.own(self.officer).select_related(*_RELATED)
        return _found(own, self.kwargs["identity"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.evaluation
        may_assess = one.asks_self_assessment and one.framework is not None
        if may_assess and "form" not in kwargs:
            sent = marks_of([one.pk], Act.ASSESS).get(one.pk, {})
            kwargs["form"] = MarksForm(evaluation=one, is_own=True, initial=typed_marks(sent))
        result = Result.objects.of([one.pk]).first() if one.is_readable else None
        return super().get_context_data(**kwargs) | {
            "evaluation": one,
            "lines": lines_shown(one),
            "result": result,
            "receipt": laid_out(result) if result else None,
            "acts": one.acts.select_related("done_by", "decision") if one.is_readable else [],
            "notice": one.notices.filter(withdrawn_at=None).first() if one.is_readable else None,
            "earlier": list(one.results.all()[1:]) if one.is_readable else [],
            "applied": applied_lines(one),
            "explained": explained(one, result),
            "findings": one.findings.standing() if one.is_readable else [],
            "dossier": personal_dossier(self.request.user, one),
            **_hearing(one, kwargs.get("grounds_form")),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the self-assessment in; what was typed stays when that is refused."""
        one = self.evaluation
        if one.framework is None:
            raise Http404
        by: Any = request.user
        if "acknowledge" in request.POST:
            return self._acknowledge(by, one)
        form = MarksForm(request.POST, evaluation=one, is_own=True)
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.assess_self(by=by, evaluation=one, marks=form.marks(), words=said["words"], level=said["level"])
                messages.success(request, _("Your self-assessment has been sent."))
                return redirect("personal:evaluation", one.identity)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _acknowledge(self, by: Any, one: Evaluation) -> HttpResponse:
        try:
            actions.acknowledge(by=by, evaluation=one)
            messages.success(self.request, _("You have confirmed that you received the notice."))
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
        return redirect("personal:evaluation", one.identity)


class WaitingEvaluationsScreen(PersonalScreen):
    """What waits for the officer's marks, and for the officer's decision: many decided at once, by their points."""

    name = "evaluate"
    template_name = "evaluations/waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Evaluation.objects.for_competent(self.officer).select_related(
            "period", "officer", "organisation", "agency"
        )
        page = Paginator(waiting, SIZE).get_page(self.request.GET.get("trang"))
        listed = _with_results(page)
        before = befores_of(self.request.user, listed.object_list)
        for one in listed.object_list:
            one.before = before.get(one.pk)
        read = [each.officer for each in listed if each.result is not None and each.officer is not None]
        note_reads(by=self.request.user, officers=read, what=OfficerData.RESULT)  # type: ignore[arg-type]
        return super().get_context_data(**kwargs) | {
            "listed": listed,
            "to_mark": periods_to_mark(self.request.user),
            "number_form": NumberForm(),
            "withheld": _with_unknown_cases(self.request.user, listed),
            "any_to_decide": any(one.awaits == Step.DECIDE and one.result and one.result.level for one in listed),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide the chosen ones by their points, with one decision where its number is given.

        With a number all are decided or none; without one those that cannot be are named, and the others stand.
        """
        chosen = set(request.POST.getlist("evaluation")[:SIZE])
        waiting = Evaluation.objects.for_competent(self.officer).filter(awaits=Step.DECIDE)
        done, by = 0, request.user
        if not chosen:
            messages.error(request, _("Choose evaluations that wait for your decision; nothing was decided."))
            return redirect("personal:evaluate")
        own = [each for each in waiting.select_related("period", *_SUBJECT) if str(each.identity) in chosen]
        form = NumberForm(request.POST)
        if not form.is_valid() or form.cleaned_data["number"] or form.cleaned_data["signed_on"]:
            return self._decide_many(own, form)
        for each in actions.led_first(own):
            try:
                actions.decide(by=by, evaluation=each)  # type: ignore[arg-type]
                done += 1
            except DomainError as refusal:
                messages.error(request, f"{each.subject}: {refusal}")
        messages.success(request, ngettext(
            "%(count)d evaluation has been decided.", "%(count)d evaluations have been decided.", done
        ) % {"count": done})  # fmt: skip
        return redirect("personal:evaluate")

    def _decide_many(self, own: list[Evaluation], form: NumberForm) -> HttpResponse:
        """Decide them with one numbered decision, or say why nobody was decided."""
        by: Any = self.request.user
        if not form.is_valid():
            messages.error(self.request, " ".join(str(each) for found in form.errors.values() for each in found))
            return redirect("personal:evaluate")
        try:
            done = len(actions.decide_many(by=by, evaluations=own, **form.cleaned_data))
            messages.success(self.request, ngettext(
                "%(count)d evaluation has been decided.", "%(count)d evaluations have been decided.", done
            ) % {"count": done})  # fmt: skip
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
        return redirect("personal:evaluate")


class EvaluateScreen(PersonalScreen):
    """One officer's evaluation, for who marks or decides it: work, self-assessment, marks, result, decision."""

    name = "evaluate"
    template_name = "evaluations/evaluate.html"

    @cached_property
    def evaluation(self) -> Evaluation:
        """Return the evaluation of the address, if the officer has authority over it; never their own."""
        theirs = Evaluation.objects.visible_to(self.request.user).select_related(*_RELATED)
        one = _found(theirs, self.kwargs["identity"])
        if not has_part(self.request.user, one):
            raise Http404
        return one

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, by = self.evaluation, self.request.user
        if one.officer is not None:
            note_read(by=by, officer=one.officer, what=OfficerData.RESULT)  # type: ignore[arg-type]
        is_open = bool(one.awaits) and not one.absence and one.framework is not None
        may_mark = is_open and not one.is_decided and can_mark(by, one) and Step.MARK in one.step_values
        may_decide = is_open and can_decide(by, one) and one.awaits == Step.DECIDE
        shown = {
            "form": self._marks_form() if may_mark else None,
            "decide_form": DecideForm(),
            "statement_form": StatementForm(),
            "back_form": self._back(),
        }
        result = Result.objects.of([one.pk]).first()
        # Whoever only marks reads the points; the case that holds the level down is not theirs to know.
        is_withheld = one.findings.standing().exists() and not knows_cases(by, one)
        return super().get_context_data(**(shown | kwargs)) | {
            "is_withheld": is_withheld and result is not None,
            "evaluation": one,
            "lines": lines_shown(one),
            "applied": applied_lines(one),
            "acts": one.acts.select_related("done_by", "decision"),
            "dossier": personal_dossier(by, one),
            "result": result,
            "receipt": laid_out(result) if result and not is_withheld else None,
            "may_mark": may_mark,
            "may_decide": may_decide,
            "may_state": is_open and one.awaits in STATED and may_do(by, one, one.awaits),
            "stale": one.stale_marks.standing().select_related("because_of__officer", "because_of__organisation"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark, decide or send back, by the button that was pressed; what was typed stays when that is refused."""
        if self.evaluation.framework is None:
            raise Http404
        act = next((each for each in ("decide", "send_back", "state") if each in request.POST), "mark")
        form = self._bound(act)
        if form.is_valid():
            try:
                messages.success(request, self._perform(act, form))
                return redirect("personal:evaluate_one", self.evaluation.identity)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        name = {"decide": "decide_form", "send_back": "back_form", "state": "statement_form"}.get(act, "form")
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def _bound(self, act: str) -> forms.Form:
        typed = self.request.POST
        if act == "decide":
            return DecideForm(typed)
        if act == "state":
            return StatementForm(typed)
        return self._back(typed) if act == "send_back" else MarksForm(typed, evaluation=self.evaluation)

    def _perform(self, act: str, form: Any) -> str:
        by: Any = self.request.user
        said = form.cleaned_data
        if act == "decide":
            actions.decide(by=by, evaluation=self.evaluation, **said)
            return _("Your decision has been recorded.")
        if act == "state":
            if self.evaluation.awaits not in STATED:
                raise WrongState(_("This evaluation does not wait for that: %(step)s.") % {"step": _("Opinion")})
            STATED[Step(self.evaluation.awaits)](by=by, evaluation=self.evaluation, **said)
            return _("What was found has been recorded.")
        if act == "send_back":
            actions.send_back(by=by, evaluation=self.evaluation, to=said["to"], words=said["words"])
            return _("The evaluation has been sent back.")
        actions.mark(by=by, evaluation=self.evaluation, marks=form.marks(), words=said["words"], level=said["level"])
        return _("Your marks have been recorded, and the result calculated.")

    def _marks_form(self) -> MarksForm:
        """Return the form with the marks that count, before any with those of the self-assessment."""
        one = self.evaluation
        own = marks_of([one.pk], Act.ASSESS).get(one.pk, {})
        counted = marks_of([one.pk]).get(one.pk, own)
        return MarksForm(evaluation=one, initial=typed_marks(counted))

    def _back(self, typed: Any = None) -> SendBackForm:
        one = self.evaluation
        steps = one.step_values
        here = steps.index(one.awaits) if one.awaits else len(steps)
        return SendBackForm(typed, steps=[(each, Step(each).label) for each in steps[:here]])


def _with_unknown_cases(user: Any, listed: Any) -> set[int]:
    """Return those (keys) whose level by the points would tell of a case that is not the person's to know."""
    named = set(
        Finding.objects.standing()
        .filter(evaluation__in=[each.pk for each in listed])
        .values_list("evaluation", flat=True)
    )
    return {each.pk for each in listed if each.pk in named and not knows_cases(user, each)}


def _found(evaluations: Any, identity: Any) -> Evaluation:
    found: Evaluation | None = evaluations.filter(identity=identity).first()
    if found is None:
        raise Http404
    return found


def lines_shown(one: Evaluation) -> Any:
    """Return the work that counts in the period; of a longer one nothing but the shorter periods does."""
    period = one.period
    if period.made_of or one.officer_id is None:
        return None
    return lines_of([one.officer_id], period.first_day, period.last_day).get(one.officer_id)


def _hearing(one: Evaluation, form: GroundsForm | None) -> dict[str, Any]:
    """Return the officer's objections, and until when they may object to the result that stands."""
    last_day, objections = last_day_to_object(one), list(one.objections.select_related("reviewer", "result"))
    objected = {each.result_id for each in objections}
    stands = Result.objects.of([one.pk]).first() if last_day else None
    may = stands is not None and stands.pk not in objected and last_day is not None
    return {
        "objections": objections,
        "object_until": last_day if may else None,
        "grounds_form": (form or GroundsForm()) if may and last_day and timezone.localdate() <= last_day else None,
    }


def _with_results(page: Any) -> Any:
    """Give each evaluation of a page its result, in one query."""
    stand = {each.evaluation_id: each for each in Result.objects.of([row.pk for row in page.object_list])}
    for row in page.object_list:
        row.result = stand.get(row.pk)
    return page
