"""What editors wrote, as one caller reads it: HTML whose links work elsewhere, pictures, files, catalogs, figures."""

from __future__ import annotations

import re
from functools import cached_property
from html import escape, unescape
from typing import Any

from django.urls import reverse
from rest_framework.request import Request
from wagtail.images.models import SourceImageIOError
from wagtail.rich_text import expand_db_html

from api.v1.links import Links
from api.v1.serializers.transparency import FigureSerializer, ReleaseDetailSerializer
from api.v1.serializers.versions import VersionSerializer
from catalog_pages import published, published_versions
from catalog_pages.front_figures import present
from catalog_pages.models import AgencyCatalogPage
from catalog_pages.transparency.models import TransparencyRelease

_LOCAL_LINK = re.compile(r'(<a\s[^>]*?href=")(/(?!/)[^"]*)')
# In which widths pictures are offered; a narrower one comes as wide as it is.
WIDTHS = (400, 800, 1600)


class Reader:
    """Writes what stands in a page for one caller."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.links = Links(request)

    def address(self, path: str) -> str:
        """Return a path of the platform, or an address, as the caller reaches it; nothing stays nothing."""
        return self._request.build_absolute_uri(path) if path else ""

    def detail(self, endpoint: str, key: int) -> str:
        """Return the address of a page, picture or document below /api/."""
        return self.address(reverse(f"api_pages:{endpoint}:detail", args=[key]))

    def html(self, source: str) -> str:
        """Return rich text as HTML that can stand anywhere."""

        def absolute(link: re.Match[str]) -> str:
            return link[1] + escape(self.address(unescape(link[2])))

        return _LOCAL_LINK.sub(absolute, expand_db_html(source))

    def renditions(self, image: Any) -> list[dict[str, Any]]:
        """Return a picture in each width; nothing when its file is gone."""
        try:
            renditions_by_width = image.get_renditions(*(f"width-{width}" for width in WIDTHS))
        except SourceImageIOError:
            return []
        return [
            {"url": self.address(rendition.url), "width": rendition.width, "height": rendition.height}
            for rendition in renditions_by_width.values()
        ]

    def picture(self, image: Any) -> dict[str, Any]:
        """Return a picture as it stands in a page: its words there go before those of the library."""
        alt = "" if image.decorative else image.contextual_alt_text or image.default_alt_text
        return {
            "id": image.pk, "detail_url": self.detail("images", image.pk), "title": image.title, "alt": alt,
            "renditions": self.renditions(image),
        }  # fmt: skip

    def file(self, document: Any) -> dict[str, Any]:
        """Return a document to download."""
        return {
            "id": document.pk, "detail_url": self.detail("documents", document.pk), "title": document.title,
            "download_url": self.address(document.url), "extension": document.file_extension,
            "size": document.file_size,
        }  # fmt: skip

    def version(self, version: Any) -> dict[str, Any]:
        """Return a version of a catalog as /api/v1/ gives it, with the address of its page."""
        data = VersionSerializer().row(self.links, version)
        page = version.catalog.page
        return data | {"html_url": self.address(page.url + page.reverse_subpage("version", args=[version.number]))}

    def catalog(self, page: AgencyCatalogPage) -> dict[str, Any] | None:
        """Return an agency's catalog as it is published; None where it is not."""
        found = published.published_pages().filter(pk=page.pk).first()
        if found is None:
            return None
        versions = published_versions.public_versions(found.catalog)
        for version in versions:
            version.catalog.page = found
        code, agency = found.catalog.agency.code, found.catalog.agency
        return {
            "url": self.links.catalog(code), "html_url": self.address(found.url),
            "agency": {"code": code, "name": agency.name, "url": self.links.agency(code)},
            "versions_url": f"{self.links.catalog(code)}versions/",
            "current_version": self.version(versions[0]) if versions else None,
        }  # fmt: skip

    @cached_property
    def _release(self) -> TransparencyRelease | None:
        return TransparencyRelease.objects.first()

    def release(self) -> dict[str, Any] | None:
        """Return the release of figures that pages show; None before the first."""
        return ReleaseDetailSerializer().row(self.links, self._release) if self._release else None

    def front_figures(self) -> dict[str, Any]:
        """Return what the front page says at a glance of that release."""
        front = present(self._release)
        findings = [{"code": each.code, "headline": each.headline, "title": each.title} for each in front["findings"]]
        legend = front["grid"].legend if front["grid"] else ()
        return {
            "findings": findings,
            "agencies_by_state": [{"state": state, "agencies": count} for _number, state, count in legend],
        }  # fmt: skip

    def figure(self, code: str) -> dict[str, Any] | None:
        """Return a figure of that release; None where it has none of this code."""
        figure = self._release.figures.get(code) if self._release else None
        return FigureSerializer().row(self.links, (self._release, figure)) if figure else None
