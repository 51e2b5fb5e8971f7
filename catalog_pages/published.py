"""What everybody may see: pages that are live and open to all, and their published versions.

The one gate of the public side, with ``published_versions``: every public page, search and file starts here.
"""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from catalog_pages.agency_catalog_page import AgencyCatalogPage
from cms.catalogs.models import CatalogItem, CatalogItemQuerySet, CatalogVersion
from cms.organisations.models import Agency


def published_pages() -> QuerySet[AgencyCatalogPage]:
    """Return the agencies' pages with a published version, each with its agency, in no order yet."""
    pages = AgencyCatalogPage.objects.live().public().filter(catalog__published=True)
    return pages.select_related("catalog__agency")


def find_pages(*, text: str = "", kind: str = "", block: str = "") -> QuerySet[AgencyCatalogPage]:
    """Return published pages whose agency has these words in its name or code, and is of this kind and block."""
    agencies = Agency.objects.search(text)
    if kind:
        agencies = agencies.filter(kind=kind)
    if block:
        agencies = agencies.filter(block=block)
    return published_pages().filter(catalog__agency__in=agencies.order_by())


def items_in_effect(**bound: int) -> CatalogItemQuerySet:
    """Return the items of every published version that holds today, with their agency and page at hand.

    These are read apart: joined, all items that fit would be sorted, where a page of them is met soon in order.
    ``bound`` narrows the versions by their keys.
    """
    versions = CatalogVersion.objects.public().effective_on().filter(catalog__page__in=published_pages(), **bound)
    keys = list(versions.values_list("pk", flat=True))
    items: CatalogItemQuerySet = CatalogItem.objects.filter(version__in=keys)
    with_page = CatalogVersion.objects.select_related("catalog__agency", "catalog__page")
    return items.prefetch_related(Prefetch("version", with_page))


def latest_decisions(count: int, pages: QuerySet[AgencyCatalogPage]) -> list[CatalogVersion]:
    """Return the versions of published pages that were published last, with their agency and page at hand."""
    versions = CatalogVersion.objects.public().filter(catalog__page__in=pages)
    newest = versions.order_by("-decision_date", "-decided_at", "-pk")
    return list(newest.select_related("catalog__agency", "catalog__page")[:count])
