"""Screens of one posting: begun, corrected, ended, followed by another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.organisations import actions
from cms.organisations.actions.postings import EDITABLE_FIELDS
from cms.organisations.enums import OfficerData
from cms.organisations.models import Posting
from cms.organisations.officer_forms import CorrectionForm, EndForm, PostingForm, TransferForm
from cms.organisations.permissions import can_staff
from cms.organisations.views.base import FormScreen
from cms.organisations.views.officers import LIST, OfficerScreen


class OfficerPostScreen(OfficerScreen):
    """Post an officer, beside or after other postings."""

    page_title = _("New posting")
    form_class = PostingForm
    explanation = _("At one time an officer has one main posting; others beside it are secondary.")
    success_message = _("The posting has been added.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.start_posting(by=self.person, officer=self.officer, values=form.values())  # type: ignore[attr-defined]


class PostingScreen(FormScreen):
    """Something done to one posting. Postings that the person may not change are not found."""

    above = LIST
    header_icon = "user"
    opens_to = staticmethod(can_staff)

    @cached_property
    def posting(self) -> Posting:
        """Return the posting of the address."""
        own = Posting.objects.writable_by(self.person).select_related("officer", "agency", "position")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.note_read(by=self.person, officer=self.posting.officer, what=OfficerData.STAFF_RECORD)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return str(self.posting)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def get_success_url(self) -> str:
        return reverse("organisations:officer_edit", args=[self.posting.officer_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"back_url": self.get_success_url()}


class PostingEditScreen(PostingScreen):
    """Correct a posting that was written down wrong."""

    page_title = _("Correct a posting")
    form_class = CorrectionForm
    explanation = _(
        "For mistakes alone, with the reason; what was known before can still be asked. "
        "Who goes elsewhere is transferred."
    )
    success_message = _("The posting has been saved.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.posting, name) for name in EDITABLE_FIELDS}

    def perform(self, form: forms.BaseForm) -> None:
        actions.edit_posting(by=self.person, posting=self.posting, **form.cleaned_data)


class PostingTransferScreen(PostingScreen):
    """Let one posting end and the next begin."""

    page_title = _("Transfer or new post")
    form_class = TransferForm
    submit_label = _("Transfer")
    explanation = _("The present posting ends the day before the new one begins; both stay in the history.")
    success_message = _("The officer has been transferred.")

    def get_initial(self) -> dict[str, Any]:
        posting = self.posting
        return {"position": posting.position_id, "role": posting.role, "is_main": posting.is_main}

    def perform(self, form: forms.BaseForm) -> None:
        reason, to = form.cleaned_data["reason"], form.values()  # type: ignore[attr-defined]
        actions.transfer_posting(by=self.person, posting=self.posting, to=to, reason=reason)


class PostingEndScreen(PostingScreen):
    """Say on which day a posting ends."""

    page_title = _("End a posting")
    form_class = EndForm
    submit_label = _("End it")
    explanation = _("On the last day the posting still holds. It stays in the history.")
    success_message = _("The posting has been ended.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.end_posting(by=self.person, posting=self.posting, **form.cleaned_data)
