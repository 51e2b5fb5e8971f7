"""The province's common list with its members, and links to it that are ended by themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.catalogs.models import CatalogItem
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, below, link_to
from cms.curation import actions
from cms.curation.common import CommonItem, common_list, find_common, in_common_list
from cms.curation.forms import CommonFilterForm, EndLinkForm, ListsForm
from cms.curation.models import CommonLink, Vocabulary
from cms.curation.offering import names_position, usual_of
from cms.curation.permissions import can_choose_lists
from cms.curation.queue import members_of
from cms.curation.views import QueueScreen


class CommonListScreen(QueueScreen, ListScreen):
    """The items of the common list, those to come too, each with the items of agencies that are linked to it."""

    page_title = gettext_lazy("Common list and its members")
    empty = gettext_lazy("The common list holds no item yet. Promote works of agencies into it.")
    filter_form_class = CommonFilterForm

    def buttons(self) -> list[tuple[str, Any]]:
        chooses = can_choose_lists(self.person)
        return [(reverse("curation:choose_lists"), _("Common list or lists of each agency"))] if chooses else []

    def get_queryset(self) -> Any:
        found = common_list().search(self.narrowed.get("q", "")).in_order()
        code = self.narrowed.get("position")
        return found.filter(Q(identity__in=usual_of(code).keys()) | names_position(code)) if code else found

    def present(self, rows: list[Any]) -> list[CommonItem]:
        """Give each item of the common list its members."""
        members = members_of([row.identity for row in rows], self.person)
        found = in_common_list(rows)
        for row in found:
            vars(row)["members"] = members.get(row.item.identity, [])
        return found

    def get_columns(self) -> list[Column]:
        return [
            Column("item", _("Item of the common list"), "item.name", below=lambda row: below(row.item.code)),
            Column("state", _("State"), "state.label"),
            Column("coefficient", _("Coefficient"), lambda row: _number(row.item.coefficient), classname="td-num"),
            *([Column("holders", _("Agencies where the position does it"), self._agencies, classname="td-num")]
              if self.narrowed.get("position") else []),
            Column("members", _("Members"), _members_cell),
        ]  # fmt: skip

    def _agencies(self, row: CommonItem) -> int:
        return usual_of(self.narrowed["position"]).get(row.item.identity, 0)


def _number(coefficient: Any) -> str:
    return format_decimal_vi(coefficient.normalize())


def _members_cell(row: CommonItem) -> Any:
    lines = (
        f"{use.catalog.agency.name} · {use.item.code} · {_number(use.item.coefficient)}"
        for use in vars(row)["members"]
    )  # fmt: skip
    return format_html("{}{}", below(*lines), _way_to_one_coefficient(row))


def _way_to_one_coefficient(row: CommonItem) -> Any:
    """Lead to where one coefficient is proposed, where its members weigh it otherwise."""
    decided = [use.item for use in vars(row)["members"] if use.version.is_frozen]
    if not row.is_in_force or all(item.coefficient == row.item.coefficient for item in decided):
        return ""
    address = reverse("changesets:common_conflict", args=[row.item.identity])
    return link_to(address, _("One coefficient for one work"), f"{_('One coefficient for one work')}: {row.item.name}")


class ChooseListsScreen(QueueScreen, FormScreen):
    """Choose for the province between a common list and lists of each agency alone."""

    page_title = gettext_lazy("Common list or lists of each agency")
    form_class = ListsForm
    opens_to = staticmethod(can_choose_lists)
    success_message = gettext_lazy("The choice is kept.")
    explanation = gettext_lazy("Links that were made stay; no item of any list is changed.")

    def get_initial(self) -> dict[str, Any]:
        return {"per_agency": "yes" if Vocabulary.current().per_agency else "no"}

    def refused_url(self) -> str:
        return reverse("curation:common")

    def perform(self, form: Any) -> None:
        actions.choose_lists(by=self.person, **form.cleaned_data)


class EndLinkScreen(QueueScreen, FormScreen):
    """End the link of an agency's item to the common list."""

    page_title = gettext_lazy("End the link to the common list")
    form_class = EndLinkForm
    submit_label = gettext_lazy("End the link")
    success_message = gettext_lazy("The link has been ended.")
    serious = True
    explanation = gettext_lazy("The item stays as it is, and so does the item of the common list.")

    @cached_property
    def link(self) -> CommonLink:
        """Return the link of the address, where the person appraises the agency's lists."""
        links = CommonLink.objects.standing().within_reach(self.person).select_related("catalog__agency")
        return get_object_or_404(links, pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        items = CatalogItem.objects.filter(version__catalog=self.link.catalog_id, identity=self.link.identity)
        names = [str(item) for item in items.order_by("-version__number")[:1]]
        common = find_common([self.link.common]).get(self.link.common)
        return " → ".join([str(self.link.catalog), *names, *([common.label] if common else [])])

    def refused_url(self) -> str:
        return reverse("curation:common")

    def perform(self, form: Any) -> None:
        actions.end_link(by=self.person, link=self.link, reason=form.cleaned_data["reason"])
