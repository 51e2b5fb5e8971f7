"""What the screens of proposals and change sets share."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.catalogs.wording import NOTHING
from cms.changesets import permissions
from cms.changesets.contents import ProposalWords
from cms.changesets.enums import ProposalKind
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.standing import troubles_of
from cms.core.screens import ListScreen, Screen, below

PROPOSALS = ("changesets:proposals", _lazy("Proposals about items"))
SETS = ("changesets:sets", _lazy("Change sets"))


class ChangeScreen(Screen):
    """A screen about proposals, for everybody with a part in catalogs."""

    header_icon = "edit"
    opens_to = staticmethod(permissions.can_see_proposals)
    above: tuple[str, Any] | None = PROPOSALS

    @cached_property
    def words(self) -> ProposalWords:
        """Return the words for what proposals say, as the person reads it."""
        return ProposalWords(self.person)

    def what_cell(self, row: Proposal) -> Any:
        """Return what is proposed: the kind, and the fields that change."""
        changes = self.words.changes(row)
        lines = [f"{change.label}: {change.before} → {change.after}" for change in changes]
        if row.kind == ProposalKind.NEW:
            lines = [f"{change.label}: {change.after}" for change in changes if change.after != NOTHING][:4]
        if row.kind == ProposalKind.MERGE:
            lines.append(f"{row.former.get('code', '')} {row.former.get('name', '')}")
        return format_html("{}{}", row.get_kind_display(), below(*lines))


class ProposalRows(ListScreen):
    """A list of proposals under a filter."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_narrowed = any(self.narrowed.values())
        return context | {"query": is_narrowed} | ({"empty": _("Nothing fits the filter.")} if is_narrowed else {})


class ProposalScreen(ChangeScreen):
    """A screen about one proposal, which is not there for those whom its agency does not concern."""

    @cached_property
    def proposal(self) -> Proposal:
        """Return the proposal of the address."""
        found = Proposal.objects.visible_to(self.person).select_related(
            "catalog__agency", "change_set__decision", "by", "answered_by", "judged_by"
        )
        return get_object_or_404(found, pk=self.kwargs["proposal_pk"])

    @property
    def subject(self) -> str:
        return f"{self.proposal.catalog.agency.name}: {self.proposal}"

    def refused_url(self) -> str:
        return reverse("changesets:proposal", args=[self.proposal.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return besides what ``_proposal.html`` shows."""
        proposal = self.proposal
        shown = {"lines": self.words.changes(proposal), "troubles": troubles_of([proposal]).get(proposal.pk, [])}
        return super().get_context_data(**kwargs) | {"proposal": proposal} | shown


class SetObjectScreen(ChangeScreen):
    """A screen about one set, which is not there for those whom none of its agencies concerns."""

    opens_to = staticmethod(permissions.can_see_sets)
    above = SETS

    @cached_property
    def change_set(self) -> ChangeSet:
        """Return the set of the address."""
        found = ChangeSet.objects.visible_to(self.person).select_related(
            "by", "closed_by", "appraised_by", "decision__by"
        )
        return get_object_or_404(found, pk=self.kwargs["set_pk"])

    @property
    def subject(self) -> str:
        return self.change_set.name

    def refused_url(self) -> str:
        return reverse("changesets:set", args=[self.change_set.pk])


def item_cell(row: Proposal) -> Any:
    """Return the item of a proposal, leading to it, with its code and its agency."""
    address = reverse("changesets:proposal", args=[row.pk])
    lines = below(row.code, row.catalog.agency.name)
    return format_html('<a href="{}">{}</a>{}', address, row.name, lines)


def answer_cell(row: Proposal) -> Any:
    """Return what the agency said."""
    return format_html("{}{}", row.get_answer_display(), below(row.answer_words)) if row.answer else "–"


def tick_cell(row: Proposal) -> Any:
    """Return the box by which a proposal is chosen."""
    return format_html('<input type="checkbox" name="proposal" value="{}" aria-label="{}">', row.pk, str(row))
