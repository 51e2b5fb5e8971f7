"""What search engines read of a page beside its words: schema.org as JSON-LD."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import orjson
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from catalog_pages.news import NewsPage
from cms.catalogs.models import CatalogVersion
from cms.organisations.enums import AgencyKind
from cms.organisations.models import Agency

Absolute = Callable[[str], str]
_FILES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def script(data: dict[str, Any]) -> SafeString:
    """Return the script element that holds the data: no text in it can end that, and browsers run none of it."""
    text = orjson.dumps({"@context": "https://schema.org", **data}).decode()
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(safe))


def province(absolute: Absolute) -> dict[str, Any]:
    """Describe the province, whose portal this is."""
    return {"@type": "GovernmentOrganization", "name": str(settings.THUOCDO_PROVINCE_NAME), "url": absolute("/")}


def agency(agency: Agency, page: Page, absolute: Absolute) -> dict[str, Any]:
    """Describe an agency, at its page; the province's own catalog is the province's."""
    if agency.kind == AgencyKind.PROVINCE:
        return province(absolute)
    own = {"@type": "GovernmentOrganization", "name": agency.name, "url": absolute(page.url), "identifier": agency.code}
    return own | {"parentOrganization": province(absolute)}


def catalog_version(version: CatalogVersion, owner: Agency, page: Any, absolute: Absolute) -> dict[str, Any]:
    """Describe a published version as a set of open data, with its files."""
    number = version.number
    dataset = {
        "@type": "Dataset",
        "name": f"Danh mục sản phẩm, công việc của {owner.name}, phiên bản {number}",
        "description": f"{version.item_count} sản phẩm, công việc của {owner.name} theo Nghị định 335/2025/NĐ-CP, "
        f"Quyết định số {version.decision_number}.",
        "url": absolute(page.url + page.reverse_subpage("version", args=[number])),
        "version": str(number),
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "creator": agency(owner, page, absolute),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": absolute(page.url + page.reverse_subpage("file", args=[number, kind])),
            }
            for kind, media_type in _FILES.items()
        ],
    }
    if version.effective_from:
        dataset["temporalCoverage"] = f"{version.effective_from.isoformat()}/{version.effective_to or '..'}"
    return dataset


def news(page: NewsPage, absolute: Absolute) -> dict[str, Any]:
    """Describe an article."""
    article = {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "datePublished": page.date.isoformat(),
        "mainEntityOfPage": absolute(page.url),
        "inLanguage": "vi",
        "publisher": province(absolute),
    }
    if page.last_published_at:
        article["dateModified"] = page.last_published_at.isoformat(timespec="seconds")
    if page.open_picture:
        article["image"] = absolute(page.open_picture.get_rendition("width-1200").url)
    return article


def breadcrumbs(trail: str, title: str, address: str, absolute: Absolute) -> dict[str, Any] | None:
    """Describe the way to a page as its trail shows it, with the page itself at the end; None where there is none."""
    reader = _Trail()
    reader.feed(trail)
    if not reader.links:
        return None
    steps = [*reader.links, (title, address)] if address else reader.links
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(where)}
            for number, (name, where) in enumerate(steps, start=1)
        ],
    }


class _Trail(HTMLParser):
    """Takes the links out of a trail."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._words: list[str] | None = None
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._words, self._address = [], dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._words is not None:
            self.links.append((" ".join("".join(self._words).split()), self._address))
            self._words = None
