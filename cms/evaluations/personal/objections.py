"""An officer objects to a result of their own; who was appointed reviews it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.evaluations import actions
from cms.evaluations.forms import AnswerForm, GroundsForm
from cms.evaluations.hearing_terms import answer_due
from cms.evaluations.models import Objection
from cms.evaluations.personal.screens import SIZE, OwnEvaluationScreen, lines_shown
from cms.evaluations.presenters import laid_out
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData
from cms.organisations.personal.screens import PersonalScreen


class ObjectScreen(OwnEvaluationScreen):
    """Object; what was typed stays when that is refused."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = GroundsForm(request.POST)
        if form.is_valid():
            try:
                by: Any = request.user
                actions.object_to(by=by, evaluation=self.evaluation, grounds=form.cleaned_data["grounds"])
                messages.success(
                    request, _("Your objection has been sent. The head of the agency appoints a reviewer.")
                )
                return redirect("personal:evaluation", self.evaluation.identity)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(grounds_form=form), status=422)


class ReviewsScreen(PersonalScreen):
    """Objections that the officer was appointed to review, the first made first."""

    name = "reviews"
    template_name = "evaluations/reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Objection.objects.to_review(self.request.user.pk or 0)
        page = Paginator(waiting.select_related("evaluation__officer", "evaluation__period"), SIZE)
        listed = page.get_page(self.request.GET.get("trang"))
        rows = [(each, answer_due(each)) for each in listed.object_list]
        return super().get_context_data(**kwargs) | {"listed": listed, "rows": rows}


class ReviewScreen(PersonalScreen):
    """One objection with the evaluation and the result that it is about, and the answer."""

    name = "reviews"
    template_name = "evaluations/review.html"

    @cached_property
    def objection(self) -> Objection:
        """Return the objection of the address, if the officer reviews it and has not answered."""
        related = ("evaluation__period__agency", "evaluation__officer", "evaluation__agency", "evaluation__framework")
        theirs = Objection.objects.to_review(self.request.user.pk or 0).select_related("result", *related)
        found = theirs.filter(identity=self.kwargs["objection"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        objection = self.objection
        one = objection.evaluation
        assert one.officer is not None  # noqa: S101 (officers object, organisations do not)
        note_read(by=self.request.user, officer=one.officer, what=OfficerData.RESULT)  # type: ignore[arg-type]
        form = kwargs.pop("form", None) or AnswerForm()
        return super().get_context_data(**kwargs) | {
            "objection": objection, "evaluation": one, "form": form, "answer_by": answer_due(objection),
            "lines": lines_shown(one), "acts": one.acts.select_related("done_by"), "result": objection.result,
            "receipt": laid_out(objection.result),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; what was typed stays when that is refused."""
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                by: Any = request.user
                actions.answer_objection(by=by, objection=self.objection, **form.cleaned_data)
                messages.success(request, _("Your answer has been recorded."))
                return redirect("personal:reviews")
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)
