"""One search over all that a person may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.organisations.access import Access, access_for
from cms.organisations.enums import CATALOG_KINDS
from cms.organisations.finder import MOST, KindResults, search_all
from cms.organisations.forms import AgencyChoice, offer
from cms.organisations.models import Agency, AgencyQuerySet
from cms.organisations.permissions import can_see_agencies
from cms.organisations.views.base import Screen
from cms.users.enums import PARTIAL_ROLES

SIZE = 25
# So many of each kind are shown where all kinds are.
FEW = 5
CAP = 100


class FinderForm(forms.Form):
    """The words, and whose things."""

    q = forms.CharField(
        label=_("What to look for"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("All"))
    kind = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", _agencies_of(by))
        self.is_valid()

    @property
    def filters(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read narrows nothing."""
        return self.cleaned_data if self.is_bound else {}


def _agencies_of(user: Any) -> AgencyQuerySet:
    """Return the agencies by which a person may narrow a search."""
    with_catalogs = Agency.objects.filter(kind__in=CATALOG_KINDS)
    return with_catalogs if can_see_agencies(user) else _reached(with_catalogs, access_for(user))


def _reached(agencies: AgencyQuerySet, access: Access) -> AgencyQuerySet:
    own = agencies.within(access.own_paths)
    return own | agencies.filter(access.rows_over("", *PARTIAL_ROLES)) if access.holds(*PARTIAL_ROLES) else own


class FinderScreen(Screen, TemplateView):
    """What the words find: the best few of each kind, or one kind page by page."""

    template_name = "organisations/finder.html"
    page_title = _("Search")
    header_icon = "search"
    opens_to = staticmethod(lambda user: True)

    @cached_property
    def form(self) -> FinderForm:
        """Return what was asked for."""
        return FinderForm(self.request.GET or None, by=self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the kinds with their counts, and the hits; a kind without any is not shown."""
        filters = self.form.filters
        text = filters.get("q", "")
        results = [result for result in search_all(self.person, text, filters.get("agency")) if result.keys]
        chosen = next((result for result in results if result.kind.key == filters.get("kind")), None)
        return super().get_context_data(
            form=self.form, q=text, tabs=[(result.kind, result.count(CAP)) for result in results], most=MOST,
            chosen=chosen and chosen.kind, **(self._page(chosen) if chosen else _overview(results)), **kwargs,
        )  # fmt: skip

    def _page(self, chosen: KindResults) -> dict[str, Any]:
        """Return a page of one kind; a page that is not there is the first."""
        pages = -(-min(len(chosen.keys), MOST) // SIZE)
        page_text = self.request.GET.get("page", "")
        number = int(page_text) if page_text.isascii() and page_text.isdigit() and len(page_text) < 6 else 1
        number = number if 1 <= number <= pages else 1
        return {
            "sections": [{"kind": chosen.kind, "hits": chosen.hits((number - 1) * SIZE, SIZE)}],
            "has_more": chosen.has_more, "number": number, "pages": pages,
        }  # fmt: skip


def _overview(results: list[KindResults]) -> dict[str, Any]:
    sections = [
        {"kind": result.kind, "hits": result.hits(0, FEW), "count": result.count(CAP), "more": len(result.keys) > FEW}
        for result in results
    ]
    return {"sections": sections}
