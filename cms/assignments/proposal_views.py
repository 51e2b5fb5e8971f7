"""Work proposed to the catalog, at the desk: what became of each; refused or counted here, taken at the workbench."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments import actions
from cms.assignments.forms import ReasonForm
from cms.assignments.models import WorkProposal, WorkProposalQuerySet
from cms.assignments.planning_enums import ProposalState
from cms.assignments.proposal_progress import progress_of
from cms.assignments.views import WorkScreen
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, below, link_to
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData

LIST = ("assignments:proposal_list", gettext_lazy("Work proposed to the catalog"))


class ProposalFilterForm(forms.Form):
    """How they stand."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *ProposalState.choices]
    )


class ProposalListScreen(WorkScreen, ListScreen):
    """What officers of the person's agencies proposed, with what became of it."""

    page_title = LIST[1]
    filter_form_class = ProposalFilterForm
    empty = gettext_lazy("No work is proposed to the catalog.")

    def get_queryset(self) -> WorkProposalQuerySet:
        found = WorkProposal.objects.writable_by(self.person).select_related(
            "posting__officer", "posting__agency", "work"
        )
        state = self.narrowed.get("state")
        return found.filter(state=state) if state else found

    def present(self, rows: list[Any]) -> list[Any]:
        sentences = progress_of(rows)
        for row in rows:
            row.progress, row.may_count = sentences[row.pk]
        return rows

    def is_past(self, row: Any) -> bool:
        return bool(row.state == ProposalState.REFUSED)

    def get_columns(self) -> list[Column]:
        return [
            Column("work", gettext_lazy("Product or work"), "name",
                   below=lambda row: below(f"{format_decimal_vi(row.quantity)} {row.unit}", row.reason)),
            Column("officer", gettext_lazy("Officer"), "posting.officer.name",
                   below=lambda row: below(row.posting.agency.name)),
            Column("given_on", gettext_lazy("Given on"),
                   below=lambda row: below(_("due on %(day)s") % {"day": format_date_vi(row.due_on)})),
            Column("state", gettext_lazy("State"), "get_state_display", below=lambda row: below(row.progress)),
            Column("acts", gettext_lazy("Acts"), _acts, is_for_acts=True),
        ]  # fmt: skip


def _acts(row: Any) -> Any:
    if row.state == ProposalState.COUNTED:
        return link_to(reverse("assignments:work_detail", args=[row.work_id]), _("Open the work"), str(row.work))
    names = []
    if row.state == ProposalState.MADE:
        names = [("catalogs:proposal_take", _("Put into the draft")), ("assignments:proposal_refuse", _("Refuse"))]
    elif row.may_count:
        names = [("assignments:proposal_count", _("Count the work"))]
    links = [(link_to(reverse(name, args=[row.pk]), label, f"{label}: {row.name}"),) for name, label in names]
    return format_html_join(" · ", "{}", links)


class ProposalScreen(WorkScreen):
    """A screen about one proposal that the person decides."""

    above = LIST

    @cached_property
    def proposal(self) -> WorkProposal:
        """Return the proposal of the address, where it is the person's to decide; the officer reads who looked."""
        found = WorkProposal.objects.writable_by(self.person).select_related("posting__officer", "posting__agency")
        proposal = get_object_or_404(found, pk=self.kwargs["pk"])
        note_read(by=self.person, officer=proposal.posting.officer, what=OfficerData.WORK)
        return proposal

    @property
    def subject(self) -> str:
        """Say whose proposal of what it is."""
        return f"{self.proposal.posting.officer} – {self.proposal}"

    def refused_url(self) -> str:
        return reverse(LIST[0])


class ProposalRefuseScreen(ProposalScreen, FormScreen):
    """Do not take it, with the reason."""

    page_title = gettext_lazy("Refuse the proposal")
    form_class = ReasonForm
    submit_label = gettext_lazy("Refuse")
    explanation = gettext_lazy("The officer reads the reason. The work counts for nothing.")
    success_message = gettext_lazy("The proposal has been refused.")
    serious = True

    def get_form_kwargs(self) -> dict[str, Any]:
        _found = self.proposal
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> None:
        actions.refuse_proposal(by=self.person, proposal=self.proposal, answer=form.cleaned_data["reason"])


class ProposalCountScreen(ProposalScreen, FormScreen):
    """Turn it into work that counts."""

    page_title = gettext_lazy("Count the work")
    form_class = forms.Form
    submit_label = gettext_lazy("Count the work")
    explanation = gettext_lazy(
        "The work is given with the item and the coefficient that held on the day on which it was given, and waits for "
        "the officer's report."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        _found = self.proposal
        return super().get_form_kwargs()

    def perform(self, form: forms.BaseForm) -> None:
        counted = actions.count_proposal(by=self.person, proposal=self.proposal)
        words = {"item": counted.code, "coefficient": format_decimal_vi(counted.work.coefficient)}  # type: ignore[union-attr]
        sentence = _("The work counts as %(item)s with the coefficient %(coefficient)s.") % words
        messages.success(self.request, sentence)
