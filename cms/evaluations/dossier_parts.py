"""What the screens of a dossier do, whichever door they stand at: bring a file, hand it out, take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.core.checked_files import send_checked
from cms.evaluations import actions
from cms.evaluations.dossier import DossierFileForm
from cms.evaluations.forms import ReasonForm
from cms.evaluations.models import DossierFile, Evaluation
from cms.evaluations.permissions import dossier_for
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData


class DossierPart:
    """What every part has of its door: the request, the evaluation of the address, and by what a file is named."""

    request: Any
    kwargs: dict[str, Any]
    evaluation: Evaluation
    file_key: str

    @cached_property
    def piece(self) -> DossierFile:
        """Return the file of the address, of this very evaluation, where the person may read it; or it is Http404."""
        readable = dossier_for(self.request.user, self.evaluation)
        found: DossierFile = get_object_or_404(readable, **{self.file_key: self.kwargs["file"]})
        return found


class AddFile(DossierPart):
    """Bring a file."""

    page_title = _("Add a file to the dossier")
    form_class: Any = DossierFileForm
    submit_label = _("Add")
    success_message = _("The file has been added to the dossier.")

    @property
    def subject(self) -> str:
        return f"{self.evaluation.subject} – {self.evaluation.period}"

    def perform(self, form: forms.BaseForm) -> None:
        actions.add_dossier_file(by=self.request.user, evaluation=self.evaluation, **form.cleaned_data)


class HandOutFile(DossierPart):
    """The file, to be saved; the officer reads who else opened it."""

    http_method_names: Any = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = send_checked(request, self.piece)
        if self.evaluation.officer is not None:
            note_read(by=self.request.user, officer=self.evaluation.officer, what=OfficerData.RESULT)
        return response


class WithdrawFile(DossierPart):
    """Take a file back that one brought by mistake."""

    page_title = _("Withdraw the file")
    form_class: Any = ReasonForm
    submit_label = _("Withdraw the file")
    serious = True
    success_message = _("The file has been withdrawn from the dossier.")

    @property
    def subject(self) -> str:
        return f"{self.piece} – {self.evaluation.subject}"

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_dossier_file(by=self.request.user, file=self.piece, **form.cleaned_data)
