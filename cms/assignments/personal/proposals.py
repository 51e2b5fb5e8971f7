"""An officer's unplanned work that no catalog has: proposed here, and how it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments import actions
from cms.assignments.actions.proposing import why_not_counted
from cms.assignments.forms_planning import ProposalForm
from cms.assignments.models import Notice, WorkProposal
from cms.assignments.planning_enums import ProposalState
from cms.core.errors import DomainError
from cms.organisations.personal.screens import PersonalScreen

SIZE = 30


class ProposalsScreen(PersonalScreen):
    """Propose work to the catalog; each proposal with its state, and why it does not count yet."""

    name = "proposals"
    template_name = "assignments/proposals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = WorkProposal.objects.filter(posting__officer=self.officer).select_related("posting__agency")
        listed: Any = Paginator(own, SIZE).get_page(self.request.GET.get("trang"))
        for proposal in listed:
            proposal.why = why_not_counted(proposal) if proposal.state == ProposalState.TAKEN else ""
        shown = {"form": ProposalForm(officer=self.officer), "listed": listed}
        return super().get_context_data(**(shown | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Propose; what was typed stays when that is refused."""
        form = ProposalForm(request.POST, officer=self.officer)
        if form.is_valid():
            try:
                user: Any = request.user
                actions.propose_work(by=user, posting=form.cleaned_data["posting"], values=form.values())
                messages.success(request, _("The work has been proposed. It counts once the catalog has it."))
                return redirect("personal:proposals")
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class NoticesScreen(PersonalScreen):
    """What the officer was told of their work, the latest first; opening it marks nothing, the button does."""

    name = "notices"
    template_name = "assignments/notices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Notice.objects.filter(officer=self.officer).select_related("work")
        return super().get_context_data(**kwargs) | {
            "listed": Paginator(own, SIZE).get_page(self.request.GET.get("trang")),
            "unread": own.unread().count(),
            "today": timezone.localdate(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark all of them as read."""
        actions.read_notices(officer=self.officer)
        return redirect("personal:notices")
