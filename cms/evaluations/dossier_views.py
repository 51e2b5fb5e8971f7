"""Screens of the dossier of an evaluation, an officer's or an organisation's, at the desk."""

from __future__ import annotations

from django.urls import reverse
from django.views import View

from cms.core.screens import FormScreen
from cms.evaluations.dossier_parts import AddFile, HandOutFile, WithdrawFile
from cms.evaluations.permissions import can_see_organisation_periods
from cms.evaluations.views import EvaluationScreen


class DossierScreen(EvaluationScreen):
    """A screen about the dossier of an evaluation that the person sees."""

    opens_to = staticmethod(can_see_organisation_periods)
    file_key = "pk"

    def refused_url(self) -> str:
        name = "organisation" if self.evaluation.officer is None else "evaluation"
        return reverse(f"evaluations:{name}", args=[self.evaluation.pk])


class AddDossierFileScreen(AddFile, DossierScreen, FormScreen):
    """Bring a file."""


class DossierFileScreen(HandOutFile, DossierScreen, View):
    """The file, to be saved."""


class WithdrawDossierFileScreen(WithdrawFile, DossierScreen, FormScreen):
    """Take a file back that one brought by mistake."""
