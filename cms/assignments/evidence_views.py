"""Evidence as those read it who give and confirm the work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View

from cms.assignments import actions
from cms.assignments.models import Evidence
from cms.assignments.views import WorkScreen
from cms.core.checked_files import send_checked
from cms.core.screens import FormScreen
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData


class EvidenceScreen(WorkScreen):
    """One piece of evidence of work that the person sees."""

    @cached_property
    def piece(self) -> Evidence:
        """Return the piece of the address, where the person may see its work."""
        seen = Evidence.objects.visible_to(self.person).select_related("work__officer", "work__agency")
        return get_object_or_404(seen, pk=self.kwargs["pk"])


class EvidenceFileScreen(EvidenceScreen, View):
    """The file, to be saved; the officer reads who opened it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = send_checked(request, self.piece)
        note_read(by=self.person, officer=self.piece.work.officer, what=OfficerData.WORK)
        return response


class EvidenceVerifyScreen(EvidenceScreen, FormScreen):
    """Say that a piece shows what it should."""

    page_title = _("Verify the evidence")
    form_class = forms.Form
    submit_label = _("Verify")
    explanation = _("You have opened it, and it shows that the work was done as reported. Your name stands beside it.")
    success_message = _("The evidence has been verified.")

    @property
    def subject(self) -> str:
        return f"{self.piece} – {self.piece.work}"

    def refused_url(self) -> str:
        return reverse("assignments:work_detail", args=[self.piece.work_id])

    def perform(self, form: forms.BaseForm) -> None:
        actions.verify_evidence(by=self.person, evidence=self.piece)
