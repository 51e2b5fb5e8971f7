"""What search engines may find: every public address that stays, in files of so many, and what they shall not walk."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from catalog_pages.models import AgencyCatalogPage, HomePage
from catalog_pages.published import published_pages
from catalog_pages.routes.answers import cacheable
from cms.catalogs.models import CatalogVersion
from cms.frameworks.models import FrameworkVersion

# Only people sign in there, and lists that are searched have no end.
_NOT_FOR_ROBOTS = (
    "/admin/", "/accounts/", "/cua-toi/", "/kiem-tra-phieu/", "/khao-sat/", "/danh-muc/tim-kiem/", "/tim-kiem/",
)  # fmt: skip


class _Part(Sitemap):
    limit = 1000


class _Pages(_Part):
    """The home page, what its editors wrote, the index of catalogs and each agency's page with a published version."""

    def items(self) -> QuerySet[Page]:
        pages = Page.objects.live().public().descendant_of(HomePage.objects.get(), inclusive=True)
        return pages.exclude(pk__in=AgencyCatalogPage.objects.exclude(pk__in=published_pages())).order_by("path")

    def location(self, page: Page) -> str:
        return _path(page)

    def lastmod(self, page: Page) -> datetime.datetime | None:
        return page.last_published_at


class _CatalogVersions(_Part):
    """Each published version of each catalog."""

    def items(self) -> QuerySet[CatalogVersion]:
        versions = CatalogVersion.objects.public().filter(catalog__page__in=published_pages())
        return versions.select_related("catalog__page").order_by("pk")

    def location(self, version: CatalogVersion) -> str:
        page = version.catalog.page
        return _path(page) + str(page.reverse_subpage("version", args=[version.number]))

    def lastmod(self, version: CatalogVersion) -> datetime.datetime | None:
        return version.public_since


class _FrameworkVersions(_Part):
    """Each published version of each criteria framework."""

    def items(self) -> QuerySet[FrameworkVersion]:
        return FrameworkVersion.objects.select_related("framework").defer("content").order_by("pk")

    def location(self, version: FrameworkVersion) -> str:
        return HomePage.framework_address(version.framework.code, version.number)


class _Places(_Part):
    """What stands beside the pages."""

    def items(self) -> Sequence[str]:
        return ["open_data:overview", "open_data:changes", "published_answers"]

    def location(self, name: str) -> str:
        return reverse(name)


def _path(page: Page) -> str:
    _site, _root, path = page.get_url_parts()
    return str(path)


_PARTS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "trang": _Pages, "danh-muc": _CatalogVersions, "khung-tieu-chi": _FrameworkVersions, "khac": _Places,
}  # fmt: skip


@require_safe
def sitemap_index(request: HttpRequest) -> Any:
    """List the files of addresses."""
    return cacheable(request, index(request, _PARTS, sitemap_url_name="sitemap_part"))


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> Any:
    """List addresses of one kind (``p``: which file of them)."""
    return cacheable(request, sitemap(request, _PARTS, section=section))


@require_safe
def robots(request: HttpRequest) -> Any:
    """Say what robots shall leave, and where the addresses are listed."""
    refused = "".join(f"Disallow: {place}\n" for place in _NOT_FOR_ROBOTS)
    text = f"User-agent: *\n{refused}\nSitemap: {request.build_absolute_uri(reverse('sitemap'))}\n"
    return cacheable(request, HttpResponse(text, content_type="text/plain; charset=utf-8"))
