"""One search over all that everybody may read, kind by kind: a few of the best of each, or one kind in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import quote

import orjson
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from catalog_pages import published, published_versions
from catalog_pages.agency_catalog_page import AgencyCatalogPage
from catalog_pages.models import HomePage, TransparencyPage
from catalog_pages.news import NewsPage, published_news
from catalog_pages.open_data.dictionary import DATASETS
from catalog_pages.rich_text import closed_collections
from catalog_pages.routes.answers import cacheable
from catalog_pages.transparency.models import TransparencyRelease
from cms.catalogs.models import CatalogItem, CatalogItemQuerySet
from cms.core import slots
from cms.core.text import fold
from cms.frameworks import decree
from cms.frameworks.models import FrameworkVersion
from cms.help.guides import search_guides
from cms.organisations.finder import MOST, Hit, KindResults, SearchKind, distance
from cms.organisations.models import Agency
from cms.questions.models import PublishedAnswer

LONGEST = 100
BEST = 4
PAGE_SIZE = 20
_MOST_COUNTED = 100
_MOST_FRAMEWORKS = 500
_MOST_DOCUMENTS = 1_000


class FoundOfKind(Protocol):
    """What the words find of one kind; ``KindResults`` is one."""

    @property
    def has_more(self) -> bool: ...
    def count(self, cap: int) -> str: ...
    def hits(self, first: int, size: int) -> list[Hit]: ...


class FoundInMemory:
    """What words find among a few things that stand in memory: the best first, as rows of the database are ranked."""

    has_more = False

    def __init__(self, text: str, hits: Iterable[tuple[str, Hit]]) -> None:
        asked = fold(text)
        found = [hit for words, hit in hits if all(f" {word}" in f" {fold(words)}" for word in asked.split())]
        self._hits = sorted(found, key=lambda hit: distance(asked, hit.name, hit.code))

    def count(self, cap: int) -> str:
        return str(len(self._hits)) if len(self._hits) <= cap else f"{cap}+"

    def hits(self, first: int, size: int) -> list[Hit]:
        return self._hits[first : first + size]


@dataclass(frozen=True)
class SiteKind:
    """One kind of thing that is public: its key in addresses, and how its words are looked for."""

    key: str
    label: Any
    find: Callable[[str], FoundOfKind]


def _rows(
    rows: QuerySet[Any], text: str, show: Callable[[Any], Iterable[tuple[Any, Hit]]], name: str, code: str
) -> FoundOfKind:
    kind = SearchKind("", "", 0, bool, lambda *_asked: rows, show, name=name, code=code)
    return KindResults(kind, rows, text)


def _indexed(pages: QuerySet[Any], text: str) -> list[int]:
    """Return the keys of those pages in whose folded words all stand: Wagtail's index holds what is published."""
    seen = pages.model._default_manager.filter(pk__in=pages.order_by().values("pk"))
    return [page.pk for page in seen.autocomplete(fold(text))[: MOST + 1]]


def _pages(text: str) -> FoundOfKind:
    pages = Page.objects.live().public().not_type(AgencyCatalogPage, NewsPage, HomePage)
    return _rows(Page.objects.filter(pk__in=_indexed(pages, text)), text, _show_pages, "title", "slug")


def _show_pages(pages: QuerySet[Page]) -> Iterator[tuple[Page, Hit]]:
    for page in pages:
        yield page, Hit(page.title, page.url, about=page.search_description)


def _news(text: str) -> FoundOfKind:
    found = NewsPage.objects.filter(pk__in=_indexed(published_news(), text)).order_by("-date", "-pk")
    return _rows(found, text, _show_news, "title", "slug")


def _show_news(articles: QuerySet[NewsPage]) -> Iterator[tuple[NewsPage, Hit]]:
    for news in articles:
        yield news, Hit(news.title, news.url, about=f"{date_format(news.date)} – {news.summary}")


def _agencies(text: str) -> FoundOfKind:
    pages = published.find_pages(text=text).order_by("catalog__agency__path")
    return _rows(pages, text, _show_agencies, "catalog__agency__name", "catalog__agency__code")


def _show_agencies(pages: QuerySet[AgencyCatalogPage]) -> Iterator[tuple[AgencyCatalogPage, Hit]]:
    for page in pages.select_related("catalog__agency"):
        agency: Agency = page.catalog.agency
        yield page, Hit(agency.name, page.url, agency.code, about=agency.get_block_display())


def _items(text: str) -> FoundOfKind:
    return _rows(published.items_in_effect().search(text).in_order(), text, _show_items, "name", "code")


def _show_items(items: CatalogItemQuerySet) -> Iterator[tuple[CatalogItem, Hit]]:
    for item in items.select_related("version__catalog__agency", "version__catalog__page").defer("search_text"):
        page, version = item.version.catalog.page, item.version
        url = page.url + page.reverse_subpage("item", args=[version.number, item.identity])
        yield item, Hit(item.name, url, item.code, version.catalog.agency.name, item.output)


def _criteria(text: str) -> FoundOfKind:
    """Look through the frameworks in effect, with the criteria in them, and the articles of the decree."""
    frameworks = list(published_versions.frameworks_in_effect().order_by("name", "pk")[:_MOST_FRAMEWORKS])
    words = _words_of_frameworks(tuple(version.pk for version in frameworks))
    hits = [(f"{version.name} {words[version.pk]}", _framework(version)) for version in frameworks]
    for article in decree.ARTICLES:
        url, name = f"{decree.ADDRESS}#{article.key}", f"Điều {article.number}. {article.title}"
        hits.append((" ".join((name, *article.paragraphs)), Hit(name, url, about=decree.DOCUMENT)))
    return FoundInMemory(text, hits)


def _framework(version: FrameworkVersion) -> Hit:
    code = version.framework.code
    url = HomePage.framework_address(code, version.number)
    owner = version.framework.agency
    return Hit(version.name, url, code, owner.name if owner else "")


@lru_cache(maxsize=8)
def _words_of_frameworks(keys: tuple[int, ...]) -> dict[int, str]:
    """Return what versions call their parts. A version never changes, so it is read once for a process."""
    versions = FrameworkVersion.objects.filter(pk__in=keys).values_list("pk", "content")
    return {pk: " ".join(_names_in(orjson.loads(content))) for pk, content in versions}


def _names_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (text for key in ("name", "label", "title") if isinstance(text := data.get(key), str))
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _names_in(part)


def _data(text: str) -> FoundOfKind:
    """Look through the files of open data and the figures of the newest release."""
    overview = reverse("open_data:overview")
    hits = [
        (
            f"{dataset.title.vi} {dataset.meaning.vi}",
            Hit(dataset.title.vi, f"{overview}#{code}", about=dataset.meaning.vi),
        )
        for code, dataset in DATASETS.items()
    ]
    page, release = TransparencyPage.objects.live().public().first(), TransparencyRelease.objects.first()
    if page and release:
        for figure in release.figures.values():
            url = page.url + page.reverse_subpage("figure", args=[release.number, figure.code])
            hits.append((f"{figure.title} {figure.summary}", Hit(figure.title, url, about=figure.headline)))
    return FoundInMemory(text, hits)


def _guides(text: str) -> FoundOfKind:
    hits = [
        (
            text,
            Hit(found.section.title, f"{found.guide.address}#{quote(found.section.anchor)}", about=found.guide.title),
        )
        for found in search_guides(text)
    ]
    return FoundInMemory(text, hits)


def _documents(text: str) -> FoundOfKind:
    """Look through the files that published pages hand out, whose collection is open."""
    document = get_document_model()
    named = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(document),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", "to_object_id")
    places = dict.fromkeys(page for page, _file in named)
    shown = {str(pk) for pk in Page.objects.live().public().filter(pk__in=places).values_list("pk", flat=True)}
    files = document.objects.filter(pk__in={file for page, file in named if page in shown})
    rows = files.exclude(collection__in=closed_collections()).order_by("title", "pk")[:_MOST_DOCUMENTS]
    return FoundInMemory(text, [(file.title, Hit(file.title, file.url, about=file.filename)) for file in rows])


def _answers(text: str) -> FoundOfKind:
    return _rows(PublishedAnswer.objects.public().matching(text), text, _show_answers, "asked", "asked")


def _show_answers(answers: QuerySet[PublishedAnswer]) -> Iterator[tuple[PublishedAnswer, Hit]]:
    for each in answers.select_related("question__topic"):
        url = f"{reverse('published_answers')}?q={quote(each.asked[:LONGEST])}"
        yield each, Hit(each.asked, url, about=each.question.topic.name)


KINDS = (
    SiteKind("trang", _("Pages of the portal"), _pages),
    SiteKind("tin", _("News"), _news),
    SiteKind("co-quan", _("Agencies"), _agencies),
    SiteKind("muc", _("Products and works"), _items),
    SiteKind("tieu-chi", _("Criteria and articles"), _criteria),
    SiteKind("du-lieu", _("Figures and open data"), _data),
    SiteKind("tai-lieu", _("Documents"), _documents),
    SiteKind("giai-dap", _("Answers to questions"), _answers),
    SiteKind("huong-dan", _("Guides"), _guides),
)


@require_safe
def site_search(request: HttpRequest) -> Any:
    """Show what the words of ``q`` find, of every kind or of one (``loai``), that one in pages (``trang``)."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    chosen = next((kind for kind in KINDS if kind.key == request.GET.get("loai", "")), None)
    context: dict[str, Any] = {"q": text, "kinds": KINDS, "chosen": chosen}
    if fold(text):
        with slots.for_strangers(request.user, "search"):
            context |= _one_kind(request, chosen, text) if chosen else {"groups": _best_of_each(text)}
    return cacheable(request, render(request, "catalog_pages/site_search.html", context))


def _best_of_each(text: str) -> list[dict[str, Any]]:
    groups = []
    for kind in KINDS:
        results = kind.find(text)
        if hits := results.hits(0, BEST):
            groups.append({"kind": kind, "hits": hits, "count": results.count(_MOST_COUNTED)})
    return groups


def _one_kind(request: HttpRequest, kind: SiteKind, text: str) -> dict[str, Any]:
    asked = request.GET.get("trang", "")
    page = min(max(int(asked), 1), MOST // PAGE_SIZE) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    results = kind.find(text)
    hits = results.hits((page - 1) * PAGE_SIZE, PAGE_SIZE + 1)
    return {
        "hits": hits[:PAGE_SIZE], "count": results.count(_MOST_COUNTED), "has_more": results.has_more,
        "earlier": page - 1, "later": page + 1 if len(hits) > PAGE_SIZE else 0,
    }  # fmt: skip
