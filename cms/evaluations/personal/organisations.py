"""Evaluations of the organisations that an officer heads, and of those whose results the officer recognises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.evaluations import actions
from cms.evaluations.dossier import personal_dossier
from cms.evaluations.enums import Act, Step
from cms.evaluations.forms import DecideForm, MarksForm, typed_marks
from cms.evaluations.models import Evaluation, Result
from cms.evaluations.models.evaluations import own_organisations
from cms.evaluations.organisation_forms import ForceMajeureForm
from cms.evaluations.organisation_sheet import sheet_of
from cms.evaluations.permissions import can_assess, can_decide
from cms.evaluations.presenters import laid_out
from cms.evaluations.scoring_inputs import marks_of
from cms.organisations.models import Officer
from cms.organisations.personal.screens import PersonalScreen

_SIZE = 50


def organisations_of(officer: Officer) -> QuerySet[Evaluation]:
    """Return the evaluations of the organisations that the officer heads or belongs to by a role, or recognises."""
    own = Q(organisation__in=own_organisations(officer.account).values("pk"))
    recognises = Q(decider=officer) | Q(evaluator=officer)
    found = Evaluation.objects.filter(own | recognises, organisation__isnull=False)
    return found.select_related("period__agency", "organisation", "agency", "framework", "decider", "evaluator")


def organisation_lines(officer: Officer) -> Iterable[str | Promise]:
    """Say how many of them wait for somebody."""
    open_ = organisations_of(officer).unfinished().count()  # type: ignore[attr-defined]
    return [_("Evaluations that are under way: %(count)d.") % {"count": open_}]


class OrganisationsScreen(PersonalScreen):
    """The organisations, the latest period first."""

    name = "organisations"
    template_name = "evaluations/organisation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = organisations_of(self.officer).order_by("-period__first_day", "organisation__code", "pk")
        page = Paginator(found, _SIZE).get_page(self.request.GET.get("trang"))
        return super().get_context_data(**kwargs) | {"listed": page}


class OwnOrganisationScreen(PersonalScreen):
    """One organisation: the self-assessment by who heads it, the decision by who recognises it."""

    name = "organisations"
    template_name = "evaluations/own_organisation.html"

    @cached_property
    def evaluation(self) -> Evaluation:
        """Return the evaluation of the address, if it concerns the officer."""
        found = organisations_of(self.officer).filter(identity=self.kwargs["identity"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, by = self.evaluation, self.request.user
        shown: dict[str, Any] = {}
        if one.framework is not None and can_assess(by, one):
            sent = marks_of([one.pk], Act.ASSESS).get(one.pk, {})
            shown["form"] = MarksForm(evaluation=one, is_own=True, initial=typed_marks(sent))
        decides = can_decide(by, one)
        if decides and one.awaits == Step.DECIDE and not one.absence:
            shown |= {"decide_form": DecideForm(), "majeure_form": ForceMajeureForm()}
        # Before the decision an organisation does not read what others mark.
        result = Result.objects.of([one.pk]).first() if decides or one.is_decided else None
        return super().get_context_data(**(shown | kwargs)) | {
            "evaluation": one,
            "sheet": sheet_of(one),
            "dossier": personal_dossier(by, one),
            "result": result,
            "receipt": laid_out(result) if result else None,
            "acts": one.acts.select_related("done_by") if decides or one.is_decided else [],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Assess, decide or accept force majeure, by the button; what was typed stays when that is refused."""
        one = self.evaluation
        if one.framework is None:
            raise Http404
        act = next((each for each in ("decide", "majeure") if each in request.POST), "assess")
        form: Any = self._bound(act)
        if form.is_valid():
            try:
                messages.success(request, self._perform(act, form))
                return redirect("personal:organisation", one.identity)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        name = {"decide": "decide_form", "majeure": "majeure_form"}.get(act, "form")
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def _bound(self, act: str) -> Any:
        typed = self.request.POST
        if act == "assess":
            return MarksForm(typed, evaluation=self.evaluation, is_own=True)
        return DecideForm(typed) if act == "decide" else ForceMajeureForm(typed)

    def _perform(self, act: str, form: Any) -> str:
        by: Any = self.request.user
        said = form.cleaned_data
        if act == "decide":
            actions.decide(by=by, evaluation=self.evaluation, level=said["level"], words=said["words"])
            return _("Your decision has been recorded.")
        if act == "majeure":
            actions.accept_force_majeure(by=by, evaluation=self.evaluation, **said)
            return _("Force majeure has been accepted; the level is now yours to choose.")
        actions.assess_self(by=by, evaluation=self.evaluation, marks=form.marks(), words=said["words"])
        return _("The self-assessment of the organisation has been sent.")
