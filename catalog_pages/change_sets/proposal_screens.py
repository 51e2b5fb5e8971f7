"""Coefficients that differ, proposals about items, and what agencies answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog_pages.change_sets.forms import AnswerForm, OneCoefficientForm, ProposalFilterForm, ProposeForm
from catalog_pages.change_sets.frame import (
    PROPOSALS,
    ChangeScreen,
    ProposalRows,
    ProposalScreen,
    answer_cell,
    item_cell,
)
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion, ExtraColumn
from cms.changesets import actions, conflicts, permissions
from cms.changesets.models import Proposal
from cms.changesets.standing import standing_items
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, below
from cms.curation.models import Cluster
from cms.curation.queue import first_names
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES

# Of one work so many other agencies are named beside a proposal.
_MOST_NAMED = 50


class ConflictListScreen(ChangeScreen, ListScreen):
    """Works that were judged the same and that agencies weigh differently."""

    page_title = _lazy("Coefficients that differ")
    opens_to = staticmethod(permissions.can_appraise_any)
    order = ("pk",)
    empty = _lazy("No works that were judged the same are weighed differently.")

    def get_queryset(self) -> QuerySet[Cluster]:
        return conflicts.clusters_in_conflict(self.person)

    def present(self, rows: list[Cluster]) -> list[Cluster]:
        """Give each its first two names."""
        names = first_names([row.pk for row in rows], self.person)
        for row in rows:
            vars(row)["names"] = names.get(row.pk, [""])
        return rows

    def get_columns(self) -> Sequence[Column]:
        return [
            Column(
                "name", _lazy("Product or work"), lambda row: vars(row)["names"][0], url_name="changesets:conflict",
                classname="td-sentence", below=lambda row: below(*vars(row)["names"][1:]),
            ),
            Column("catalogs", _lazy("Agencies"), classname="td-num"),
            Column("low", _lazy("Lowest"), lambda row: format_decimal_vi(row.low), classname="td-num"),
            Column("high", _lazy("Highest"), lambda row: format_decimal_vi(row.high), classname="td-num"),
        ]  # fmt: skip


class ConflictScreen(ChangeScreen, FormScreen):
    """The items that are one work, and the one coefficient that is proposed for all of them."""

    page_title = _lazy("One coefficient for one work")
    template_name = "catalog_pages/change_sets/conflict.html"
    opens_to = staticmethod(permissions.can_appraise_any)
    form_class = OneCoefficientForm
    submit_label = _lazy("Propose it to the agencies")
    explanation = _lazy(
        "Each agency with another coefficient gets a proposal and may answer it. No list changes before a decision. "
        "A score follows the coefficient; the parts of the old score are emptied."
    )
    success_message = _lazy("The agencies concerned see the proposal.")

    @cached_property
    def items(self) -> list[CatalogItem]:
        """Return the items, as they stand."""
        if "common" in self.kwargs:
            found = conflicts.items_of_common(self.person, self.kwargs["common"])
            if not found:
                raise Http404
        else:
            clusters = Cluster.objects.visible_to(self.person)
            cluster = get_object_or_404(clusters, pk=self.kwargs["cluster_pk"])
            found = conflicts.items_of_cluster(self.person, cluster)
        return found

    @property
    def subject(self) -> str:
        return self.items[0].name if self.items else ""

    def refused_url(self) -> str:
        return reverse("changesets:conflicts")

    def perform(self, form: forms.BaseForm) -> HttpResponse | None:
        actions.propose_one_coefficient(by=self.person, items=self.items, **form.cleaned_data)
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(items=self.items, **kwargs)


class ProposalListScreen(ChangeScreen, ProposalRows):
    """Proposals about one's own lists, or about those that one appraises, the newest first."""

    above = None
    filter_form_class = ProposalFilterForm
    empty = _lazy("Nothing is proposed.")

    @property
    def is_of_agency(self) -> bool:
        """Return whether the person reads what is proposed of their own agency's list."""
        return not permissions.can_see_sets(self.person)

    def get_page_title(self) -> str:
        return _("Proposals of the Department about coefficients and items") if self.is_of_agency else str(PROPOSALS[1])

    def get_queryset(self) -> QuerySet[Proposal]:
        found = Proposal.objects.visible_to(self.person)
        asked = dict(self.narrowed)
        if asked.pop("waiting", False):
            found = Proposal.objects.asked_of(self.person)
        return found.matching(**asked).select_related("catalog__agency", "change_set", "by")

    def buttons(self) -> list[tuple[str, Any]]:
        new = (reverse("changesets:propose"), _("Propose a change"))
        if not permissions.can_appraise_any(self.person):
            return [] if permissions.can_see_sets(self.person) else [new]
        return [new, (reverse("changesets:conflicts"), _("Coefficients that differ"))]

    def get_columns(self) -> Sequence[Column]:
        return [
            Column("item", _lazy("Product or work"), item_cell, classname="td-sentence"),
            Column("what", _lazy("What is proposed"), self.what_cell, classname="td-sentence"),
            Column("reason", _lazy("Reason"), "reason", classname="td-sentence"),
            Column("by", _lazy("Proposed by"), "by.full_name", below=lambda row: below(f"{row.at:%d/%m/%Y}")),
            Column("answer", _lazy("Answer"), answer_cell, classname="td-sentence"),
            Column("state", _lazy("State"), _state_cell),
        ]  # fmt: skip


def _state_cell(row: Proposal) -> Any:
    if row.change_set is None:
        return _("in no change set yet")
    return row.get_outcome_display() or row.change_set.get_state_display()


class ProposalDetailScreen(ProposalScreen, FormScreen):
    """One proposal: what and why, who else is concerned, and the agency's answer."""

    page_title = _lazy("Proposal about an item")
    template_name = "catalog_pages/change_sets/proposal.html"
    form_class = AnswerForm
    submit_label = _lazy("Send the answer")
    success_message = _lazy("The answer is kept.")

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.proposal.answer, "words": self.proposal.answer_words}

    def perform(self, form: forms.BaseForm) -> HttpResponse | None:
        actions.answer_proposal(by=self.person, proposal=self.proposal, **form.cleaned_data)
        return redirect(self.refused_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        proposal = self.proposal
        return context | {
            "others": self._others(),
            "may_answer": permissions.can_answer(self.person, proposal), "back_url": reverse(PROPOSALS[0]),
            "may_propose": permissions.can_propose(self.person, proposal.catalog),
            "follows_others": permissions.can_see_sets(self.person),
        }  # fmt: skip

    def _others(self) -> list[tuple[Proposal, Any]]:
        """Return the proposals made together with this one, each with the coefficient that stands approved."""
        if self.proposal.together is None:
            return []
        found = Proposal.objects.filter(together=self.proposal.together).exclude(pk=self.proposal.pk)
        others = list(found.select_related("catalog__agency").order_by("catalog__agency__path")[:_MOST_NAMED])
        items = standing_items({one.catalog_id for one in others}).filter(identity__in=[one.identity for one in others])
        standing = {(item.version.catalog_id, item.identity): item.coefficient for item in items}
        return [(one, standing.get((one.catalog_id, one.identity))) for one in others]


class ProposeScreen(ChangeScreen, FormScreen):
    """Propose what is to become of an item of a decided list."""

    page_title = _lazy("Propose a change")
    form_class = ProposeForm
    submit_label = _lazy("Propose")
    explanation = _lazy(
        "The list stays as it is until a decision. Fill in only what is to be another; of a new item everything."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        columns = list(ExtraColumn.objects.in_use().seen_anywhere_by(self.person))
        return super().get_form_kwargs() | {"catalogs": _catalogs_of(self.person), "columns": columns}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        made = actions.propose_by_code(by=self.person, **form.cleaned_data)
        return redirect("changesets:proposal", made.pk)


def _catalogs_of(person: Any) -> QuerySet[Catalog]:
    """Return the catalogs with a decided version about which the person may propose something."""
    access = access_for(person)
    own = Agency.objects.within(frozenset().union(*(access.paths.get(role, ()) for role in WRITING_AGENCY_ROLES)))
    reach = access.rows_over("agency", *APPRAISING_ROLES) | Q(agency__in=own.order_by().values("pk"))
    decided = CatalogVersion.objects.frozen().order_by().values("catalog")
    return Catalog.objects.filter(reach, pk__in=decided).select_related("agency")
