"""Accepting and refusing: one proposal on its own screen, many alike on the screen of their set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from catalog_pages.change_sets.forms import JudgeManyForm, OutcomeForm, SetFilterForm
from catalog_pages.change_sets.frame import ProposalRows, ProposalScreen, SetObjectScreen
from cms.changesets import actions, permissions
from cms.changesets.actions.appraising import MOST_AT_ONCE
from cms.changesets.enums import SetState
from cms.changesets.models import Proposal
from cms.core.errors import DomainError
from cms.core.screens import FormScreen

# No key of a row has so many digits.
_LONGEST_KEY = 19


class JudgeScreen(ProposalScreen, FormScreen):
    """Accept a proposal, or refuse it with a reason."""

    page_title = _lazy("Appraise the proposal")
    template_name = "catalog_pages/change_sets/judge.html"
    opens_to = staticmethod(permissions.can_appraise_any)
    form_class = OutcomeForm
    submit_label = _lazy("Save the outcome")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        actions.judge_proposal(by=self.person, proposal=self.proposal, **form.cleaned_data)
        return redirect("changesets:set", self.proposal.change_set_id)


class JudgingScreen(SetObjectScreen, ProposalRows):
    """The list of a set's proposals, of which those ticked, or all that its filter finds, are judged alike."""

    filter_form_class = SetFilterForm

    # The form that the ticks belong to, wherever they stand.
    _FORM = "judge-many"

    # What could not be judged, each with why.
    left: Sequence[tuple[Proposal, str]] = ()

    @cached_property
    def may_judge_many(self) -> bool:
        """Return whether something in the set waits for an appraisal by the person, who proposed other things."""
        if self.change_set.state != SetState.CLOSED or not permissions.can_appraise_any(self.person):
            return False
        return self.change_set.proposals.filter(outcome="").exclude(by=self.person).exists()

    @cached_property
    def judge_form(self) -> forms.Form:
        """Return the form, as it was sent if it was; its fields are not those of the filter."""
        return JudgeManyForm(self.request.POST or None, auto_id="judge_%s")

    @property
    def _ticked(self) -> list[str]:
        return self.request.POST.getlist("proposal")

    def tick_cell(self, row: Proposal) -> Any:
        """Return the box of a proposal that the person may judge and nobody has."""
        if row.outcome or not permissions.can_judge(self.person, row):
            return ""
        mark = " checked" if str(row.pk) in self._ticked else ""
        box = f'<input type="checkbox" name="proposal" value="{{}}" form="{{}}" aria-label="{{}}"{mark}>'
        return format_html(box, row.pk, self._FORM, str(row))

    def judge_many(self) -> HttpResponseBase:
        """Judge them; what could not be is named on the same screen, with why."""
        form = self.judge_form
        if not form.is_valid():
            return self.get(self.request)
        values = dict(form.cleaned_data)
        try:
            chosen = self._chosen(values.pop("which"))
            left = actions.judge_many(by=self.person, change_set=self.change_set, proposals=chosen, **values)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.get(self.request)
        count = len(chosen) - len(left)
        if count:
            sentence = ngettext("%(number)d proposal was appraised.", "%(number)d proposals were appraised.", count)
            messages.success(self.request, sentence % {"number": count})
        if left:
            self.left = left
            return self.get(self.request)
        return redirect(self.request.get_full_path())

    def _chosen(self, which: str) -> list[Proposal]:
        """Return what is to be judged; what was ticked also where the filter finds it no longer."""
        if which == "found":
            if self.filter_form.is_bound and not self.filter_form.is_valid():
                raise DomainError(_("The filter cannot be read: choose again."))
            found = list(self.get_queryset().filter(outcome="")[: MOST_AT_ONCE + 1])
            if not found:
                raise DomainError(_("The filter finds nothing that waits for an appraisal."))
            return found
        keys = {key for key in self._ticked if key.isdecimal() and len(key) < _LONGEST_KEY}
        seen = Proposal.objects.visible_to(self.person).select_related("catalog__agency")
        found = list(seen.filter(pk__in=list(keys)[: MOST_AT_ONCE + 1]))
        if len(found) < len(keys) <= MOST_AT_ONCE:
            messages.warning(self.request, _("Something that was ticked is not there any more."))
        return found
