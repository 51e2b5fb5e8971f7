"""Change sets: gathered, appraised, decided and released, with what they touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from catalog_pages.admin.decisions import ManyDecisionForm
from catalog_pages.change_sets import releasing
from catalog_pages.change_sets.forms import LooseFilterForm, NewSetForm, WhyForm
from catalog_pages.change_sets.frame import (
    SETS,
    ChangeScreen,
    ProposalRows,
    ProposalScreen,
    SetObjectScreen,
    answer_cell,
    item_cell,
    tick_cell,
)
from catalog_pages.change_sets.judging import JudgingScreen
from cms.changesets import actions, permissions
from cms.changesets.enums import DECIDED_STATES, SetState
from cms.changesets.impact import impact_by_proposal, impact_of
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.standing import troubles_of
from cms.core.errors import DomainError
from cms.core.screens import Column, FormScreen, ListScreen, below, link_to
from cms.users.enums import APPRAISING_ROLES, Role


class SetListScreen(ChangeScreen, ListScreen):
    """Change sets, the newest first."""

    page_title = SETS[1]
    opens_to = staticmethod(permissions.can_see_sets)
    above = None
    empty = _lazy("No change set has been opened.")

    def get_queryset(self) -> QuerySet[ChangeSet]:
        waiting = Count("proposals", filter=Q(proposals__outcome=""))
        found = ChangeSet.objects.visible_to(self.person).annotate(all=Count("proposals"), waiting=waiting)
        return found.select_related("by", "decision").order_by("-at", "-pk")

    def buttons(self) -> list[tuple[str, Any]]:
        new = [(reverse("changesets:add"), _("Open a change set"))] if permissions.can_gather(self.person) else []
        return [*new, (reverse("changesets:proposals"), _("Proposals about items"))]

    def get_columns(self) -> Sequence[Column]:
        return [
            Column("name", _lazy("Name"), "name", url_name="changesets:set", below=lambda row: below(row.note)),
            Column("all", _lazy("Proposals"), classname="td-num"),
            Column("waiting", _lazy("Not appraised"), classname="td-num"),
            Column("by", _lazy("Opened by"), "by.full_name"),
            Column("state", _lazy("State"), "get_state_display"),
            Column(
                "decision", _lazy("Decision"), "decision.number",
                below=lambda row: below(f"{row.decision.effective_from:%d/%m/%Y}" if row.decision else ""),
            ),
        ]  # fmt: skip


class SetAddScreen(ChangeScreen, FormScreen):
    """Open a set."""

    page_title = _lazy("Open a change set")
    opens_to = staticmethod(permissions.can_gather)
    above = SETS
    form_class = NewSetForm
    submit_label = _lazy("Open it")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        return redirect("changesets:set", actions.open_set(by=self.person, **form.cleaned_data).pk)


class SetScreen(JudgingScreen):
    """A set with its proposals: what each touches, what stands against it, and the next step."""

    page_title = _lazy("Change set")
    template_name = "catalog_pages/change_sets/set.html"
    empty = _lazy("The set holds no proposal yet.")

    def get_page_subtitle(self) -> str:
        return self.subject

    def get_queryset(self) -> QuerySet[Proposal]:
        seen = Proposal.objects.visible_to(self.person).filter(change_set=self.change_set).matching(**self.narrowed)
        return seen.select_related("catalog__agency", "by", "change_set").order_by("catalog__agency__path", "pk")

    def present(self, rows: list[Proposal]) -> list[Proposal]:
        """Give each what it touches and what stands against it."""
        is_over = self.change_set.state == SetState.RELEASED
        impacts, troubles = impact_by_proposal(rows), {} if is_over else troubles_of(rows)
        for row in rows:
            vars(row)["impact"], vars(row)["troubles"] = impacts[row.pk], troubles.get(row.pk, [])
        return rows

    def get_columns(self) -> Sequence[Column]:
        ticks = [Column("tick", _lazy("Choose"), self.tick_cell, is_for_acts=True)] if self.may_judge_many else []
        return [
            *ticks,
            Column("item", _lazy("Product or work"), item_cell, classname="td-sentence"),
            Column(
                "what", _lazy("What is proposed"), self.what_cell, classname="td-sentence",
                below=lambda row: below(row.reason, *vars(row)["troubles"], row.left_because),
            ),
            Column(
                "work", _lazy("Running work"), lambda row: vars(row)["impact"].work, classname="td-num",
                below=lambda row: below(f"{_('Open evaluations')}: {vars(row)['impact'].evaluations}"),
            ),
            Column("answer", _lazy("Answer"), answer_cell, classname="td-sentence"),
            Column(
                "outcome", _lazy("Outcome of the appraisal"), "get_outcome_display",
                below=lambda row: below(row.outcome_reason),
            ),
            Column("acts", _lazy("Act"), self._acts, is_for_acts=True),
        ]  # fmt: skip

    def _acts(self, row: Proposal) -> Any:
        if permissions.can_judge(self.person, row):
            return link_to(reverse("changesets:judge", args=[row.pk]), _("Appraise"), f"{_('Appraise')}: {row}")
        if self.change_set.state == SetState.OPEN and permissions.over_agency(self.person, row, Role.EDITOR):
            return link_to(reverse("changesets:take_out", args=[row.pk]), _("Take out"), f"{_('Take out')}: {row}")
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change_set = self.change_set

        def holds(*roles: Role) -> bool:
            return permissions.keeps_whole_set(self.person, change_set, *roles)

        return super().get_context_data(**kwargs) | {
            "change_set": change_set, "impact": impact_of(change_set),
            "may_gather": change_set.state == SetState.OPEN and permissions.can_gather(self.person),
            "may_close": change_set.state == SetState.OPEN and holds(Role.EDITOR),
            "is_closed": change_set.state == SetState.CLOSED,
            "may_finish": change_set.state == SetState.CLOSED and holds(*APPRAISING_ROLES)
            and change_set.closed_by_id != self.person.pk and not change_set.proposals.filter(outcome="").exists(),
            "may_reopen": change_set.state in (SetState.CLOSED, SetState.APPRAISED) and holds(*APPRAISING_ROLES),
            "may_remind": change_set.state not in DECIDED_STATES and holds(*APPRAISING_ROLES)
            and change_set.proposals.unanswered().exists(),
            "may_decide": change_set.state == SetState.APPRAISED and holds(Role.PROVINCIAL_APPROVER),
            "may_release": change_set.state == SetState.DECIDED and holds(Role.PROVINCIAL_APPROVER),
            "is_due": ChangeSet.objects.due().filter(pk=change_set.pk).exists(),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Bring the set on: close it, pass it on to the decision, release it."""
        act = request.POST.get("act", "")
        if act == "judge":
            return self.judge_many()
        if act == "close":
            actions.close_set(by=self.person, change_set=self.change_set)
            messages.success(request, _("The set is closed; its proposals are appraised one by one."))
        elif act == "finish":
            actions.finish_appraisal(by=self.person, change_set=self.change_set)
            messages.success(request, _("The set waits for the decision."))
        elif act == "remind":
            count = actions.remind_agencies(by=self.person, change_set=self.change_set)
            sentence = ngettext(
                "%(number)d proposal waits for an answer: its agency gets an e-mail.",
                "%(number)d proposals wait for answers: their agencies get an e-mail.",
                count,
            )
            messages.success(request, sentence % {"number": count})
        elif act in ("release", "release_part"):
            releasing.ask_for_release(by=self.person, change_set=self.change_set, is_partial=act == "release_part")
            messages.success(request, _("The set is being released: the next version of each list is made."))
        return redirect(self.refused_url())


class GatherScreen(SetObjectScreen, ProposalRows):
    """Proposals that stand in no set, to be ticked and put into this one."""

    page_title = _lazy("Put proposals into the set")
    template_name = "catalog_pages/change_sets/gather.html"
    filter_form_class = LooseFilterForm
    opens_to = staticmethod(permissions.can_gather)
    empty = _lazy("No proposal waits to be put into a set.")

    def get_queryset(self) -> QuerySet[Proposal]:
        loose = Proposal.objects.visible_to(self.person).loose().matching(**self.narrowed)
        return loose.select_related("catalog__agency", "by")

    def get_columns(self) -> Sequence[Column]:
        return [
            Column("tick", _lazy("Choose"), tick_cell, is_for_acts=True),
            Column("item", _lazy("Product or work"), item_cell, classname="td-sentence"),
            Column("what", _lazy("What is proposed"), self.what_cell, classname="td-sentence"),
            Column("reason", _lazy("Reason"), "reason", classname="td-sentence"),
            Column("answer", _lazy("Answer"), answer_cell, classname="td-sentence"),
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Put in what was ticked."""
        keys = [key for key in request.POST.getlist("proposal") if key.isdecimal()][: self.paginate_by]
        chosen = list(self.get_queryset().filter(pk__in=keys))
        if not chosen:
            raise DomainError(_("Tick the proposals first."))
        count = actions.gather(by=self.person, change_set=self.change_set, proposals=chosen)
        sentence = ngettext("%(number)d proposal was put in.", "%(number)d proposals were put in.", count)
        messages.success(request, sentence % {"number": count})
        return redirect(self.refused_url())


class TakeOutScreen(ProposalScreen, FormScreen):
    """Take a proposal out of its set."""

    page_title = _lazy("Take the proposal out of the set")
    opens_to = staticmethod(permissions.can_gather)
    form_class = forms.Form
    submit_label = _lazy("Take out")
    explanation = _lazy("The proposal and its answer stay; it may go into another set.")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        change_set = self.proposal.change_set_id
        actions.take_out(by=self.person, proposal=self.proposal)
        return redirect("changesets:set", change_set) if change_set else redirect(self.refused_url())


class SetReopenScreen(SetObjectScreen, FormScreen):
    """Open a set again that is being appraised or waits for the decision."""

    page_title = _lazy("Open the set again")
    form_class = WhyForm
    submit_label = _lazy("Open again")
    opens_to = staticmethod(permissions.can_appraise_any)
    explanation = _lazy("What was accepted is appraised again; what was refused and what agencies answered stays.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.reopen_set(by=self.person, change_set=self.change_set, **form.cleaned_data)


class SetDecideScreen(SetObjectScreen, FormScreen):
    """Enter the decision on a set, with its document."""

    page_title = _lazy("Enter the decision on the set")
    form_class = ManyDecisionForm
    submit_label = _lazy("Enter the decision")
    opens_to = staticmethod(permissions.can_decide_any)
    explanation = _lazy(
        "Lists change on the day of effect. Until then the decision can be undone with a reason; afterwards the new "
        "versions stand for ever."
    )

    def perform(self, form: forms.BaseForm) -> None:
        releasing.decide_set(by=self.person, change_set=self.change_set, **form.cleaned_data)


class SetUndoScreen(SetObjectScreen, FormScreen):
    """Undo the decision on a set before its day."""

    page_title = _lazy("Undo the decision on the set")
    form_class = WhyForm
    submit_label = _lazy("Undo the decision")
    serious = True
    opens_to = staticmethod(permissions.can_decide_any)
    explanation = _lazy("No list changes. The set waits for a decision again, and the number is free.")

    def perform(self, form: forms.BaseForm) -> None:
        releasing.undo_decision(by=self.person, change_set=self.change_set, **form.cleaned_data)


class ProposeAgainScreen(ProposalScreen, FormScreen):
    """Propose anew what was left out or refused, or bring back an item that a merge ended."""

    form_class = WhyForm
    submit_label = _lazy("Propose")

    @property
    def undoes_merge(self) -> bool:
        """Return whether the item that was merged is to come back."""
        return self.proposal.can_be_parted

    def get_page_title(self) -> str:
        return _("Undo the merge") if self.undoes_merge else _("Propose it again")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        if self.undoes_merge:
            made = actions.propose_parting(by=self.person, merge=self.proposal, reason=reason)
        else:
            made = actions.propose_again(by=self.person, proposal=self.proposal, reason=reason)
        return redirect("changesets:proposal", made.pk)
