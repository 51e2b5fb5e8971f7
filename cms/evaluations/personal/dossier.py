"""The dossier on one's own pages: of one's own evaluation, one's organisation's, and those in which one has a part."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from cms.evaluations.dossier_parts import AddFile, HandOutFile, WithdrawFile
from cms.evaluations.models import Evaluation
from cms.evaluations.permissions import has_part, is_own
from cms.organisations.personal.screens import PersonalFormScreen, PersonalScreen

_RELATED = ("period__agency", "officer", "organisation", "agency", "framework", "evaluator", "decider", "adviser")


class PersonalDossierScreen(PersonalScreen):
    """A page about the dossier of an evaluation that is the officer's own, or in which a step is theirs to do."""

    file_key = "identity"

    @property
    def name(self) -> str:  # type: ignore[override]
        """Return the page below which it stands."""
        return "organisations" if self.evaluation.officer is None else "evaluations"

    @cached_property
    def evaluation(self) -> Evaluation:
        """Return the evaluation of the address, if it concerns the officer."""
        by = self.request.user
        found = Evaluation.objects.select_related(*_RELATED).filter(identity=self.kwargs["identity"]).first()
        if found is None or not (is_own(by, found) or has_part(by, found)):
            raise Http404
        return found

    def refused_url(self) -> str:
        name = "evaluation" if is_own(self.request.user, self.evaluation) else "evaluate_one"
        name = "organisation" if self.evaluation.officer is None else name
        return reverse(f"personal:{name}", args=[self.evaluation.identity])


class OwnDossierAddScreen(AddFile, PersonalDossierScreen, PersonalFormScreen):
    """Bring a file."""


class OwnDossierFileScreen(HandOutFile, PersonalDossierScreen):  # type: ignore[misc]
    """The file, to be saved."""


class OwnDossierWithdrawScreen(WithdrawFile, PersonalDossierScreen, PersonalFormScreen):
    """Take a file back that one brought by mistake."""
