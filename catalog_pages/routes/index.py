"""Addresses below the index of catalogs: the list of agencies, and the search over all items in effect."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from catalog_pages import published, published_versions
from catalog_pages.routes.answers import cacheable, page_of_rows, query_without_place
from cms.core import slots
from cms.core.paging import cursor_bound
from cms.core.text import fold
from cms.organisations.enums import CATALOG_KINDS, AgencyKind, Block


class CatalogIndexRoutes(RoutablePageMixin):
    """``/danh-muc/`` and ``/danh-muc/tim-kiem/``."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer any address of this page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))

    @path("", name="agencies")
    def agencies(self, request: HttpRequest) -> Any:
        """List the agencies with a published catalog, the province's common list first (``q``, ``loai``, ``khoi``)."""
        text, kind, block = (request.GET.get(name, "") for name in ("q", "loai", "khoi"))
        matches = published.find_pages(text=text, kind=kind, block=block)
        # Paths of the tree start at the province, whose own catalog is the common list.
        listed = page_of_rows(request, matches, order=["catalog__agency__path"])
        versions = published_versions.current_versions([page.catalog_id for page in listed.rows])
        context = {
            "listed": listed,
            "agencies": [(page, versions[page.catalog_id]) for page in listed.rows if page.catalog_id in versions],
            "kinds": [choice for choice in AgencyKind.choices if choice[0] in CATALOG_KINDS],
            "blocks": Block.choices,
            "q": text,
            "kind": kind,
            "block": block,
            "is_filtered": bool(text or kind or block),
            "query": query_without_place(request),
        }
        return self.render(request, template="catalog_pages/catalog_index_page.html", context_overrides=context)

    @path("tim-kiem/", name="search")
    def search(self, request: HttpRequest) -> Any:
        """Search the items of all versions in effect today (``q``); without words there is nothing to list."""
        text = request.GET.get("q", "")
        listed = None
        if fold(text):
            # In the order of an index, so that nothing is sorted; versions before the cursor are not walked through.
            bound = cursor_bound(request.GET.get("sau", ""), request.GET.get("truoc", ""))
            matches = published.items_in_effect(**bound).search(text).defer("search_text")
            with slots.for_strangers(request.user, "search"):
                listed = page_of_rows(request, matches, order=["version_id", "position", "pk"])
        context = {"q": text, "listed": listed, "query": query_without_place(request)}
        return self.render(request, template="catalog_pages/item_search.html", context_overrides=context)
