"""Claims of objective causes: the officer's own, and those that wait for the officer's decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.assignments import actions
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState
from cms.assignments.forms import ClaimAmendForm, ClaimDecisionForm, ClaimForm
from cms.assignments.models import Claim
from cms.assignments.personal.screens import SIZE, OwnWorkDetailScreen, sent_on
from cms.core.checked_files import send_checked
from cms.core.errors import DomainError
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData
from cms.organisations.personal.screens import PersonalScreen


class OwnClaimScreen(OwnWorkDetailScreen):
    """Claim an objective cause, or add what a claim was sent back for; what was typed stays when that is refused."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent_back = self.work.claims.filter(state=ClaimState.SENT_BACK)
        claim = next((each for each in sent_back if str(each.identity) == request.POST.get("claim")), None)
        form = ClaimAmendForm(request.POST) if claim else ClaimForm(request.POST)
        if form.is_valid():
            try:
                self._send(claim, form.cleaned_data)
                messages.success(request, _("Your claim has been sent."))
                return sent_on(request, reverse("personal:work_detail", args=[self.work.identity]))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(claim_form=form), status=422)

    def _send(self, claim: Claim | None, typed: dict[str, Any]) -> None:
        by: Any = self.request.user
        if claim:
            actions.amend_claim(by=by, claim=claim, statement=typed["statement"])
            return
        about, cause = ClaimAbout(typed["about"]), ClaimCause(typed["cause"])
        actions.make_claim(by=by, work=self.work, about=about, cause=cause, statement=typed["statement"])


class ClaimsScreen(PersonalScreen):
    """The claims that the officer decides, the first to be decided first."""

    name = "claims"
    template_name = "assignments/claims.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Claim.objects.of_competent(self.officer).waiting().select_related("work__officer", "work__agency")
        page = Paginator(waiting, SIZE).get_page(self.request.GET.get("trang"))
        return super().get_context_data(**kwargs) | {"listed": page}


class ClaimScreen(PersonalScreen):
    """One claim with the work it is about, and the decision."""

    name = "claims"
    template_name = "assignments/claim.html"

    @cached_property
    def claim(self) -> Claim:
        """Return the claim of the address, if the officer is the one who decides it."""
        theirs = Claim.objects.of_competent(self.officer).select_related("work__officer", "work__agency")
        claim = theirs.filter(identity=self.kwargs["claim"]).first()
        if claim is None:
            raise Http404
        return claim

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = self.claim.work
        note_read(by=self.request.user, officer=work.officer, what=OfficerData.WORK)  # type: ignore[arg-type]
        form = kwargs.pop("form", None) or ClaimDecisionForm()
        shown = {"claim": self.claim, "work": work, "form": form, "evidence": work.evidence.standing()}
        return super().get_context_data(**kwargs) | shown

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide; what was typed stays when that is refused."""
        form = ClaimDecisionForm(request.POST)
        if form.is_valid():
            try:
                outcome, answer = ClaimState(form.cleaned_data["outcome"]), form.cleaned_data["answer"]
                by: Any = request.user
                actions.decide_claim(by=by, claim=self.claim, outcome=outcome, answer=answer)
                messages.success(request, _("Your decision has been recorded."))
                return redirect("personal:claims")
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ClaimEvidenceFile(ClaimScreen):
    """A file that is evidence of the work, for who decides the claim."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        piece = self.claim.work.evidence.filter(identity=self.kwargs["evidence"]).first()
        if piece is None:
            raise Http404
        response: HttpResponseBase = send_checked(request, piece)
        note_read(by=request.user, officer=self.claim.work.officer, what=OfficerData.WORK)  # type: ignore[arg-type]
        return response
