"""News of the portal: a page that lists them, as a feed too, and the articles below it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction

from catalog_pages.content_body import ContentBody, body_in_english
from catalog_pages.english import both_languages, words_of
from catalog_pages.english_fields import english_panel, line_in_english, text_in_english
from catalog_pages.page_search import SEARCH_FIELDS, FoldedTitle
from catalog_pages.portal import PortalSettings
from catalog_pages.portal_pages import PROMOTED, PermanentAddress, PortalPage
from catalog_pages.rich_text import LINE_FEATURES, is_open_to_all
from catalog_pages.routes.answers import cacheable, query_without_place
from cms.core.paging import BadCursor, page_beyond

PAGE_SIZE = 20
_IN_FEED = 30
# Of a page that was made without being published there is no day.
_BEFORE_ANYTHING = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class _NewsFeed(Atom1Feed):
    """The feed; without an article it is as old as the page, where Django says that it changed just now."""

    since: datetime.datetime

    def latest_post_date(self) -> datetime.datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.since)


class NewsIndexPage(PermanentAddress, PortalPage, FoldedTitle, RoutablePageMixin, Page):
    """All news, the newest first. There is one such page; it is made by whoever wants to tell news."""

    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    title_en, introduction_en = line_in_english(_("title")), text_in_english(_("introduction"))

    api_fields = ["title_en", *both_languages("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), english_panel("title", "introduction")]
    promote_panels = [MultiFieldPanel([FieldPanel("show_in_menus")], _("Menu")), *PROMOTED]
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.HomePage"]
    subpage_types = ["catalog_pages.NewsPage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer any address of this page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))

    @path("", name="latest")
    def latest(self, request: HttpRequest) -> Any:
        """List the news (``sau`` or ``truoc`` an article)."""
        after, before = request.GET.get("sau", ""), request.GET.get("truoc", "")
        try:
            listed = page_beyond(_fetch, order=["date", "pk"], size=PAGE_SIZE, after=after, before=before)
        except BadCursor as problem:
            raise Http404 from problem
        context = {"listed": listed, "query": query_without_place(request)}
        return self.render(request, template="catalog_pages/news_index_page.html", context_overrides=context)

    @path("nguon-tin/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Tell the newest to feed readers, as Atom (RFC 4287)."""
        own = request.build_absolute_uri(self.get_url(request))
        feed = _NewsFeed(
            title=f"{words_of(self, 'title')} – {PortalSettings.for_request(request).name}", link=own, description=None,
            language=get_language(), feed_url=f"{own}{self.reverse_subpage('feed')}",
        )  # fmt: skip
        feed.since = timezone.localtime(self.last_published_at or _BEFORE_ANYTHING)
        for news in published_news()[:_IN_FEED]:
            address = request.build_absolute_uri(news.get_url(request))
            published, updated = timezone.localtime(news.first_published_at), timezone.localtime(news.last_published_at)
            feed.add_item(
                title=words_of(news, "title"), link=address, description=words_of(news, "summary"), unique_id=address,
                pubdate=published, updateddate=updated, author_name=PortalSettings.for_request(request).name,
            )  # fmt: skip
        return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


class NewsPage(PermanentAddress, PortalPage, FoldedTitle, Page):
    """One article."""

    date = models.DateField(_("day of the news"), default=timezone.localdate, db_index=True)
    summary = models.CharField(_("summary"), max_length=400, help_text=_("Stands in lists, in the feed and on top."))
    picture = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, verbose_name=_("picture"), null=True, blank=True, related_name="+",
        help_text=_("Its words in the library stand for it."),
    )  # fmt: skip
    body = StreamField(ContentBody(required=False), verbose_name=_("body"), blank=True)
    title_en, summary_en = line_in_english(_("title")), line_in_english(_("summary"), 400)
    body_en = body_in_english()

    api_fields = ["date", "picture", "title_en", *both_languages("summary", "body")]
    content_panels = [
        *Page.content_panels, FieldPanel("date"), FieldPanel("summary"), FieldPanel("picture"), FieldPanel("body"),
        english_panel("title", "summary", "body"),
    ]  # fmt: skip
    promote_panels = PROMOTED
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    @property
    def open_picture(self) -> Any:
        """Return the picture; None where there is none that everybody may see."""
        return self.picture if self.picture and is_open_to_all(self.picture) else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer the page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))


def published_news() -> models.QuerySet[NewsPage]:
    """Return the articles that everybody may see, the newest first: in one query, which the home page makes too."""
    below = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    closed = PageViewRestriction.objects.annotate(below=below).filter(below__startswith=F("page__path"))
    news: models.QuerySet[NewsPage] = NewsPage.objects.live().filter(~Exists(closed)).order_by("-date", "-pk")
    return news


def _fetch(cursor: list[Any] | None, backwards: bool, count: int) -> list[NewsPage]:
    """Return the articles that come after a day and key, or before them, nearest first."""
    news = published_news()
    if cursor:
        day, key = cursor
        side = "gt" if backwards else "lt"
        news = news.filter(Q(**{f"date__{side}": day}) | Q(**{"date": day, f"pk__{side}": key}))
    return list(news.order_by("date", "pk")[:count] if backwards else news[:count])
