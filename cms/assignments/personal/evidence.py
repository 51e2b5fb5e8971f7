"""The evidence of an officer's own work: brought, opened, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.assignments import actions
from cms.assignments.forms import EvidenceForm
from cms.assignments.models import Evidence
from cms.assignments.personal.screens import OwnWorkDetailScreen, sent_on
from cms.core.checked_files import send_checked
from cms.core.errors import DomainError


class OwnEvidenceAdd(OwnWorkDetailScreen):
    """Bring a piece of evidence; what was typed stays when that is refused."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.add_evidence(by=request.user, work=self.work, values=form.values())  # type: ignore[arg-type]
                messages.success(request, _("The evidence has been added."))
                return sent_on(request, reverse("personal:work_detail", args=[self.work.identity]))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(evidence_form=form), status=422)


class OwnEvidenceScreen(OwnWorkDetailScreen):
    """One piece of evidence of one's own work."""

    @cached_property
    def piece(self) -> Evidence:
        """Return the piece of the address, of this very work."""
        piece = self.work.evidence.filter(identity=self.kwargs["evidence"]).first()
        if piece is None:
            raise Http404
        return piece


class OwnEvidenceFile(OwnEvidenceScreen):
    """The file, to be saved."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return send_checked(request, self.piece)


class OwnEvidenceWithdraw(OwnEvidenceScreen):
    """Take a piece back, with a reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            reason = request.POST.get("reason", "")[:500]
            actions.withdraw_evidence(by=request.user, evidence=self.piece, reason=reason)  # type: ignore[arg-type]
            messages.success(request, _("The evidence has been withdrawn."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("personal:work_detail", self.work.identity)
