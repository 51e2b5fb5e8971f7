"""What everybody may see: pages that are live and open to all, and their published versions.

The one gate of the public side: every public page, search and file starts here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils import timezone

from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.catalogs.querysets import CatalogItemQuerySet
from cms.frameworks.models import FrameworkVersion, FrameworkVersionQuerySet
from cms.organisations.models import Agency

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from catalog_pages.models import AgencyCatalogPage

MOST_COMING = 50


def published_pages() -> QuerySet[AgencyCatalogPage]:
    """Return the agencies' pages with a published version, each with its agency, in no order yet."""
    from catalog_pages.models import AgencyCatalogPage

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


def public_versions(catalog: Catalog) -> list[CatalogVersion]:
    """Return the published versions of a catalog, newest first, each knowing its catalog."""
    versions = list(catalog.versions.public().order_by("-effective_from", "-number"))
    for version in versions:
        version.catalog = catalog
    return versions


def versions_by_catalog(catalogs: Iterable[int]) -> dict[int, list[CatalogVersion]]:
    """Return the published versions of each catalog, newest first, by the catalog's key, in one query."""
    versions: dict[int, list[CatalogVersion]] = defaultdict(list)
    for version in CatalogVersion.objects.public().filter(catalog__in=catalogs).order_by("-effective_from", "-number"):
        versions[version.catalog_id].append(version)
    return versions


def current_of(versions: Iterable[CatalogVersion]) -> CatalogVersion | None:
    """Return the version that holds today out of published ones, newest first; else the last that did."""
    return next(iter(versions), None)


def current_versions(catalogs: Iterable[int]) -> dict[int, CatalogVersion]:
    """Return the current version of each catalog, by the catalog's key, in one query."""
    versions = CatalogVersion.objects.public().filter(catalog__in=catalogs).order_by("effective_from", "number")
    return {version.catalog_id: version for version in versions}


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


def latest_decisions(count: int) -> list[CatalogVersion]:
    """Return the versions published last, with their agency and page at hand."""
    versions = CatalogVersion.objects.public().filter(catalog__page__in=published_pages())
    newest = versions.order_by("-decision_date", "-decided_at", "-pk")
    return list(newest.select_related("catalog__agency", "catalog__page")[:count])


def frameworks_in_effect() -> FrameworkVersionQuerySet:
    """Return the version of each criteria framework that holds today, with its framework and agency at hand."""
    return FrameworkVersion.objects.effective_on().select_related("framework__agency").defer("content")


def coming_frameworks() -> list[FrameworkVersion]:
    """Return the published versions of frameworks that hold from a later day on, the next first."""
    later = FrameworkVersion.objects.filter(effective_from__gt=timezone.localdate()).select_related("framework__agency")
    return list(later.defer("content").order_by("effective_from", "name")[:MOST_COMING])


def framework_versions(code: str) -> list[FrameworkVersion]:
    """Return the versions of a framework, newest first, with its agency and the framework that it is made of."""
    versions = FrameworkVersion.objects.filter(framework__code=code).order_by("-number")
    return list(versions.select_related("framework__agency", "framework__base").defer("content"))
