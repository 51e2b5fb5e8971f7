"""Published versions of catalogs and frameworks: whether a catalog's page is open to all, ``published`` knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from cms.catalogs.models import Catalog, CatalogVersion
from cms.frameworks.models import FrameworkVersion, FrameworkVersionQuerySet

MOST_COMING = 50


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


def frameworks_in_effect() -> FrameworkVersionQuerySet:
    """Return the version of each criteria framework that holds today, with its framework and agency at hand."""
    return FrameworkVersion.objects.effective_on().select_related("framework__agency", "decision").defer("content")


def coming_frameworks() -> list[FrameworkVersion]:
    """Return the published versions that hold from a later day on, or once they are issued, the next first."""
    later = FrameworkVersion.objects.not_begun(timezone.localdate()).select_related("framework__agency", "decision")
    return list(later.defer("content").order_by("effective_from", "name")[:MOST_COMING])


def framework_versions(code: str) -> list[FrameworkVersion]:
    """Return the versions of a framework, newest first, with its agency and the framework that it is made of."""
    versions = FrameworkVersion.objects.filter(framework__code=code).order_by("-number")
    return list(versions.select_related("framework__agency", "framework__base", "decision").defer("content"))
