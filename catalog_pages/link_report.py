"""Where the words of the portal's pages lead: what leads nowhere any more, and which other sites are named.

Other sites are listed and never asked: the platform calls no other system (ADR 72).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import Resolver404, URLPattern, path, resolve, reverse, reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from catalog_pages.english import both_languages
from catalog_pages.models import CatalogIndexPage, ContentPage, HomePage, NewsIndexPage, NewsPage, TransparencyPage
from catalog_pages.rich_text import closed_collections
from catalog_pages.transparency.builders import TITLES
from catalog_pages.transparency.models import TransparencyRelease
from cms.core.screens.lists import ListScreen
from cms.core.screens.tables import Column, below, link_to
from cms.organisations.access import access_for
from cms.users.enums import Role

_WRITTEN = (HomePage, ContentPage, NewsIndexPage, NewsPage, TransparencyPage, CatalogIndexPage)
_PAGE_SIZE = 25
# So many addresses of the portal are tried for one screen; whoever names more tries the rest themselves.
_MOST_TRIED = 100
# What a block keeps below these keys is a key of that kind.
_KEYS = {
    "address": "address",
    "page": "page",
    "image": "image",
    "picture": "image",
    "figure": "figure",
    "documents": "document",
}
Reference = tuple[str, Any]


@dataclass
class Checked:
    """A page with what is wrong in it, in sentences, and the other sites that it names."""

    page: Page
    faults: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def check_pages(pages: Iterable[Page]) -> list[Checked]:
    """Return the pages with their faults; what they name is looked up for all of them together."""
    named = {page: list(dict.fromkeys(_references(page))) for page in pages}
    wrong = _Wrong({reference for references in named.values() for reference in references})
    checked = []
    for page, references in named.items():
        outside = [str(target) for kind, target in references if kind == "outside"]
        faults = [fault for reference in references if (fault := wrong.fault(reference))]
        checked.append(Checked(page, faults, outside))
    return checked


def _references(page: Page) -> Iterator[Reference]:
    """Yield what the words and blocks of a page name: ("page", key), ("path", "/…"), ("outside", "https://…") …"""
    for name in both_languages("introduction"):
        yield from _in_value(getattr(page, name, ""))
    if getattr(page, "picture_id", None):
        yield "image", page.picture_id
    for name in both_languages("body", "links"):
        if hasattr(page, name):
            yield from _in_value(getattr(page, name).get_prep_value())


def _in_value(value: Any, kind: str = "") -> Iterator[Reference]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _in_value(part, kind if name == "value" else _KEYS.get(name, ""))
    elif isinstance(value, list):
        for part in value:
            yield from _in_value(part, kind)
    elif kind in ("page", "image", "document") and isinstance(value, int):
        yield kind, value
    elif isinstance(value, str) and value:
        if kind == "figure":
            yield "figure", value
        elif kind == "address":
            yield from _address(value)
        elif "<a " in value:
            reader = _Links()
            reader.feed(value)
            yield from reader.found


def _address(address: str) -> Iterator[Reference]:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https"):
        yield "outside", address
    elif not parts.scheme and parts.path.startswith("/"):
        yield "path", parts.path


class _Links(HTMLParser):
    """Takes what links lead to out of stored rich text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Reference] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        kind, key = attributes.get("linktype"), attributes.get("id") or ""
        if tag == "a" and kind in ("page", "document") and key.isdigit():
            self.found.append((kind, int(key)))
        elif tag == "a" and attributes.get("href"):
            self.found.extend(_address(str(attributes["href"])))


class _Wrong:
    """Knows which of the things that are named are not there for everybody."""

    def __init__(self, references: set[Reference]) -> None:
        def keys(kind: str) -> set[Any]:
            return {target for each, target in references if each == kind}

        closed = closed_collections()
        documents, images = (
            model.objects.exclude(collection__in=closed) for model in (get_document_model(), get_image_model())
        )
        self._there: dict[str, set[Any]] = {
            "page": set(Page.objects.live().public().filter(pk__in=keys("page")).values_list("pk", flat=True)),
            "document": set(documents.filter(pk__in=keys("document")).values_list("pk", flat=True)),
            "image": set(images.filter(pk__in=keys("image")).values_list("pk", flat=True)),
        }
        release = TransparencyRelease.objects.first() if keys("figure") else None
        self._there["figure"] = set(release.figures) if release else set()
        paths = sorted(keys("path"))
        self._there["path"] = {*filter(_leads_somewhere, paths[:_MOST_TRIED]), *paths[_MOST_TRIED:]}

    def fault(self, reference: Reference) -> str:
        """Return what is wrong with one; nothing where it is there, or is another site's."""
        kind, target = reference
        if kind == "outside" or target in self._there[kind]:
            return ""
        name = TITLES.get(target, target)
        return {
            "page": _now("A link leads to a page that is not published any more."),
            "document": _now("A document is missing, or not everybody may have it."),
            "image": _now("A picture is missing, or not everybody may see it."),
            "figure": _now("The figure “%(title)s” is not published at present.") % {"title": name},
            "path": _now("Nothing is at the address %(path)s.") % {"path": target},
        }[kind]  # fmt: skip


def _leads_somewhere(address: str) -> bool:
    """Return whether the platform, a page or a redirect answers at a path."""
    whole = address if address.endswith("/") or "." in address.rsplit("/", 1)[-1] else f"{address}/"
    try:
        if resolve(whole).url_name != "wagtail_serve":
            return True
    except Resolver404:
        return False
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    try:
        if site:
            site.root_page.specific.route(HttpRequest(), [part for part in whole.split("/") if part])
            return True
    except Http404:
        pass
    return Redirect.objects.filter(old_path=Redirect.normalise_path(whole)).exists()


class LinkReport(ListScreen):
    """The portal's pages, each with what leads nowhere in it and which other sites it names."""

    page_title = _("Links of the portal's pages")
    header_icon = "link"
    paginate_by = _PAGE_SIZE
    empty = _("The portal has no pages yet.")
    columns = (
        Column("title", _("Page"), lambda checked: link_to(checked.edit_url, checked.page.title)),
        Column(
            "faults", _("What leads nowhere"), lambda checked: below(*checked.faults) or _("Every link leads somewhere")
        ),
        Column("outside", _("Other sites (not checked)"), lambda checked: below(*checked.outside)),
    )

    @staticmethod
    def opens_to(user: Any) -> bool:
        """Return whether the person writes the portal."""
        return access_for(user).has(Role.PORTAL_EDITOR)

    def get_queryset(self) -> QuerySet[Page]:
        """Return the pages that are published, in the order of the tree."""
        return Page.objects.live().type(_WRITTEN).order_by("path").specific()

    def present(self, rows: list[Any]) -> list[Any]:
        """Check the pages of one screen together."""
        return check_pages(rows)


class _LinkReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom it opens."""
        return LinkReport.opens_to(request.user)


def link_report_item() -> MenuItem:
    """Lead those who write the portal to the report."""
    return _LinkReportItem(LinkReport.page_title, reverse_lazy("link_report"), icon_name="link", order=50)


urlpatterns: list[URLPattern] = [path("portal-links/", LinkReport.as_view(), name="link_report")]
