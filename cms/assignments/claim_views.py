"""Claims of objective causes at the desk: what waits at a person's agencies, and the head's decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments import actions
from cms.assignments.enums import ClaimState
from cms.assignments.forms import ClaimDecisionForm
from cms.assignments.models import Claim, ClaimQuerySet
from cms.assignments.permissions import can_decide_claim
from cms.assignments.views import WorkScreen
from cms.core.screens import Column, FormScreen, ListScreen, below
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData
from cms.organisations.permissions import require

LIST = ("assignments:claim_list", gettext_lazy("Claims of objective causes"))


class ClaimListScreen(WorkScreen, ListScreen):
    """What waits for a decision, the first to be decided first."""

    page_title = LIST[1]
    order = ("decide_by", "pk")
    empty = gettext_lazy("No claim waits for a decision.")
    columns = [
        Column("officer", gettext_lazy("Officer"), "work.officer.name",
               below=lambda claim: below(claim.work.agency.name)),
        Column("claim", gettext_lazy("Claim"), str, url_name="assignments:claim_decide",
               below=lambda claim: below(claim.work.name)),
        Column("made_at", gettext_lazy("Sent at")),
        Column("decide_by", gettext_lazy("To be decided by"),
               below=lambda claim: below(claim.is_overdue and _("overdue"))),
        Column("competent", gettext_lazy("Decided by"), lambda claim: claim.competent or _("head of the agency")),
    ]  # fmt: skip

    def get_queryset(self) -> ClaimQuerySet:
        waiting = Claim.objects.visible_to(self.person).waiting()
        return waiting.select_related("work__officer", "work__agency", "competent")


class ClaimDecideScreen(WorkScreen, FormScreen):
    """Decide one claim, as the head of the agency."""

    above = LIST
    page_title = gettext_lazy("Decide the claim")
    form_class = ClaimDecisionForm
    submit_label = gettext_lazy("Record the decision")
    success_message = gettext_lazy("Your decision has been recorded.")

    @cached_property
    def claim(self) -> Claim:
        """Return the claim of the address, where the person may see its work."""
        seen = Claim.objects.visible_to(self.person).select_related("work__officer", "work__agency", "competent")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return f"{self.claim.work.officer} – {self.claim.work}"

    @property
    def explanation(self) -> str:
        return f"{self.claim}. {self.claim.statement}"

    def get_form(self, form_class: Any = None) -> Any:
        note_read(by=self.person, officer=self.claim.work.officer, what=OfficerData.WORK)
        require(can_decide_claim(self.person, self.claim))
        return super().get_form(form_class)

    def perform(self, form: forms.BaseForm) -> None:
        outcome, answer = ClaimState(form.cleaned_data["outcome"]), form.cleaned_data["answer"]
        actions.decide_claim(by=self.person, claim=self.claim, outcome=outcome, answer=answer)
