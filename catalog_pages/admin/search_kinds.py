"""Catalogs, items and pages, as the search over everything finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from catalog_pages import published
from catalog_pages.admin.screens import version_label, works_on_catalogs
from cms.catalogs.models import Catalog, CatalogItem, CatalogItemQuerySet, CatalogQuerySet, CatalogVersion
from cms.core.text import fold
from cms.organisations.access import access_for
from cms.organisations.finder import MOST, Hit, SearchKind
from cms.organisations.models import Agency


def _catalogs(user: Any, text: str, agency: Agency | None) -> CatalogQuerySet:
    named = Agency.objects.search(text).order_by()
    found = Catalog.objects.worked_on_by(user).filter(agency__in=named.within({agency.path}) if agency else named)
    return found.order_by("agency__path")


def _show_catalogs(catalogs: CatalogQuerySet) -> Iterator[tuple[Catalog, Hit]]:
    for catalog in catalogs.select_related("agency"):
        url = reverse("catalogs:catalog", args=[catalog.pk])
        yield catalog, Hit(catalog.agency.name, url, catalog.agency.code)


def _items(user: Any, text: str, agency: Agency | None) -> CatalogItemQuerySet:
    """Return items of the newest version of each catalog: earlier ones hold the same again."""
    versions = CatalogVersion.objects.newest_worked_on_by(user)
    if agency:
        versions = versions.filter(catalog__agency__path__startswith=agency.path)
    found: CatalogItemQuerySet = CatalogItem.objects.filter(version__in=versions.values("pk")).search(text)
    return found.in_order()


def _show_items(items: CatalogItemQuerySet) -> Iterator[tuple[CatalogItem, Hit]]:
    for item in items.select_related("version__catalog__agency").defer("search_text"):
        version = item.version
        url = f"{reverse('catalogs:items', args=[version.pk])}?{urlencode({'q': item.code})}"
        about = f"{version_label(version)} ({version.get_state_display()})"
        yield item, Hit(item.name, url, item.code, version.catalog.agency.name, about)


def _reads_own_alone(user: Any) -> bool:
    return works_on_catalogs(user) and not access_for(user).reads_province


def _published_items(user: Any, text: str, agency: Agency | None) -> CatalogItemQuerySet:
    """Return what everybody reads of all agencies, which those of one agency do not find among their own."""
    found = published.items_in_effect().search(text)
    if agency:
        found = found.filter(version__catalog__agency__path__startswith=agency.path)
    return found.in_order()


def _show_published_items(items: CatalogItemQuerySet) -> Iterator[tuple[CatalogItem, Hit]]:
    for item in items.select_related("version__catalog__agency", "version__catalog__page").defer("search_text"):
        page, version = item.version.catalog.page, item.version
        url = page.url + page.reverse_subpage("item", args=[version.number, item.identity])
        yield item, Hit(item.name, url, item.code, version.catalog.agency.name, version_label(version))


def _sees_pages(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change", "publish"}))


def _pages(user: Any, text: str, agency: Agency | None) -> QuerySet[Page]:
    """Ask Wagtail's index, which holds the titles folded."""
    seen = Page.objects.filter(pk__in=policy_registry.get_by_type(Page).explorable_instances(user).values("pk"))
    found = Page.objects.filter(pk__in=[page.pk for page in seen.autocomplete(fold(text))[: MOST + 1]])
    if agency:
        found = found.filter(agencycatalogpage__catalog__agency__path__startswith=agency.path)
    return found.order_by("path")


def _show_pages(pages: QuerySet[Page]) -> Iterator[tuple[Page, Hit]]:
    for page in pages:
        yield page, Hit(page.get_admin_display_title(), reverse("wagtailadmin_explore", args=[page.pk]), page.slug)


def catalogs() -> SearchKind:
    """Return the catalogs whose workbench the person may open."""
    return SearchKind(
        "catalogs", _("Catalogs"), 100, works_on_catalogs, _catalogs, _show_catalogs,
        name="agency__name", code="agency__code",
    )  # fmt: skip


def items() -> SearchKind:
    """Return the items of those catalogs."""
    return SearchKind("items", _("Products and works"), 200, works_on_catalogs, _items, _show_items)


def published_items() -> SearchKind:
    """Return the items in effect of all agencies, for those who work on their own alone."""
    return SearchKind(
        "published", _("Published items of all agencies"), 250, _reads_own_alone, _published_items,
        _show_published_items,
    )  # fmt: skip


def pages() -> SearchKind:
    """Return the pages that Wagtail lets the person explore."""
    return SearchKind("pages", _("Public pages"), 700, _sees_pages, _pages, _show_pages, name="title", code="slug")
