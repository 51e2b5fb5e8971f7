"""An officer's own evaluations; and those that wait for the officer's marks or decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.errors import DomainError
from cms.evaluations import actions
from cms.evaluations.enums import Act, Step
from cms.evaluations.forms import DecideForm, MarksForm, SendBackForm, typed_marks
from cms.evaluations.models import Evaluation, Result
from cms.evaluations.permissions import can_decide, can_mark
from cms.evaluations.presenters import laid_out
from cms.evaluations.scoring_inputs import lines_of, marks_of
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData
from cms.organisations.personal.screens import PersonalScreen

# On a page, and at most decided at once.
SIZE = 50
_RELATED = ("period__agency", "officer", "agency", "posting__position", "framework", "evaluator", "decider")


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
        result = Result.objects.of([one.pk]).first() if one.is_decided else None
        return super().get_context_data(**kwargs) | {
            "evaluation": one,
            "lines": _lines(one),
            "result": result,
            "receipt": laid_out(result) if result else None,
            "acts": one.acts.select_related("done_by") if one.is_decided else [],
            "earlier": list(one.results.all()[1:]) if one.is_decided else [],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the self-assessment in; what was typed stays when that is refused."""
        one = self.evaluation
        if one.framework is None:
            raise Http404
        form = MarksForm(request.POST, evaluation=one, is_own=True)
        if form.is_valid():
            try:
                by: Any = request.user
                actions.assess_self(by=by, evaluation=one, marks=form.marks(), words=form.cleaned_data["words"])
                messages.success(request, _("Your self-assessment has been sent."))
                return redirect("personal:evaluation", one.identity)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class WaitingEvaluationsScreen(PersonalScreen):
    """What waits for the officer's marks, and for the officer's decision: many decided at once, by their points."""

    name = "evaluate"
    template_name = "evaluations/waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Evaluation.objects.for_competent(self.officer).select_related("period", "officer", "agency")
        page = Paginator(waiting, SIZE).get_page(self.request.GET.get("trang"))
        listed = _with_results(page)
        return super().get_context_data(**kwargs) | {
            "listed": listed,
            "any_to_decide": any(one.awaits == Step.DECIDE and one.result and one.result.level for one in listed),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide the chosen ones by their points; those that cannot be are named, the others stand."""
        chosen = set(request.POST.getlist("evaluation")[:SIZE])
        waiting = Evaluation.objects.for_competent(self.officer).filter(awaits=Step.DECIDE)
        done, by = 0, request.user
        if not chosen:
            messages.error(request, _("Choose evaluations that wait for your decision; nothing was decided."))
            return redirect("personal:evaluate")
        for each in waiting.select_related("officer"):
            if str(each.identity) not in chosen:
                continue
            try:
                actions.decide(by=by, evaluation=each)  # type: ignore[arg-type]
                done += 1
            except DomainError as refusal:
                messages.error(request, f"{each.officer}: {refusal}")
        messages.success(request, ngettext(
            "%(count)d evaluation has been decided.", "%(count)d evaluations have been decided.", done
        ) % {"count": done})  # fmt: skip
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
        if not (can_mark(self.request.user, one) or can_decide(self.request.user, one)):
            raise Http404
        return one

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, by = self.evaluation, self.request.user
        note_read(by=by, officer=one.officer, what=OfficerData.RESULT)  # type: ignore[arg-type]
        is_open = bool(one.awaits) and not one.absence and one.framework is not None
        may_mark = is_open and can_mark(by, one) and Step.MARK in one.period.steps
        may_decide = is_open and can_decide(by, one) and one.awaits == Step.DECIDE
        shown = {
            "form": self._marks_form() if may_mark else None,
            "decide_form": DecideForm(),
            "back_form": self._back(),
        }
        result = Result.objects.of([one.pk]).first()
        return super().get_context_data(**(shown | kwargs)) | {
            "evaluation": one,
            "lines": _lines(one),
            "acts": one.acts.select_related("done_by"),
            "result": result,
            "receipt": laid_out(result) if result else None,
            "may_mark": may_mark,
            "may_decide": may_decide,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark, decide or send back, by the button that was pressed; what was typed stays when that is refused."""
        if self.evaluation.framework is None:
            raise Http404
        act = next((each for each in ("decide", "send_back") if each in request.POST), "mark")
        form = self._bound(act)
        if form.is_valid():
            try:
                messages.success(request, self._perform(act, form))
                return redirect("personal:evaluate_one", self.evaluation.identity)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        name = {"decide": "decide_form", "send_back": "back_form"}.get(act, "form")
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def _bound(self, act: str) -> forms.Form:
        typed = self.request.POST
        if act == "decide":
            return DecideForm(typed)
        return self._back(typed) if act == "send_back" else MarksForm(typed, evaluation=self.evaluation)

    def _perform(self, act: str, form: Any) -> str:
        by: Any = self.request.user
        said = form.cleaned_data
        if act == "decide":
            actions.decide(by=by, evaluation=self.evaluation, level=said["level"], words=said["words"])
            return _("Your decision has been recorded.")
        if act == "send_back":
            actions.send_back(by=by, evaluation=self.evaluation, to=said["to"], words=said["words"])
            return _("The evaluation has been sent back.")
        actions.mark(by=by, evaluation=self.evaluation, marks=form.marks(), words=said["words"])
        return _("Your marks have been recorded, and the result calculated.")

    def _marks_form(self) -> MarksForm:
        """Return the form with the marks that count, before any with those of the self-assessment."""
        one = self.evaluation
        own = marks_of([one.pk], Act.ASSESS).get(one.pk, {})
        counted = marks_of([one.pk]).get(one.pk, own)
        return MarksForm(evaluation=one, initial=typed_marks(counted))

    def _back(self, typed: Any = None) -> SendBackForm:
        one = self.evaluation
        steps = one.period.steps
        here = steps.index(one.awaits) if one.awaits else len(steps)
        return SendBackForm(typed, steps=[(each, Step(each).label) for each in steps[:here]])


def _found(evaluations: Any, identity: Any) -> Evaluation:
    found: Evaluation | None = evaluations.filter(identity=identity).first()
    if found is None:
        raise Http404
    return found


def _lines(one: Evaluation) -> Any:
    """Return the work that counts in the period; of a longer one nothing but the shorter periods does."""
    period = one.period
    return None if period.made_of else lines_of([one.officer_id], period.first_day, period.last_day).get(one.officer_id)


def _with_results(page: Any) -> Any:
    """Give each evaluation of a page its result, in one query."""
    stand = {each.evaluation_id: each for each in Result.objects.of([row.pk for row in page.object_list])}
    for row in page.object_list:
        row.result = stand.get(row.pk)
    return page
