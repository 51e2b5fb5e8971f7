"""The pages on which catalogs live, and the steps of the workflow that carries them to the Chairman's decision."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from catalog_pages.agency_catalog_page import AgencyCatalogPage
from catalog_pages.blocks import LinksBlock
from catalog_pages.content_body import ContentBody, body_in_english
from catalog_pages.english import both_languages
from catalog_pages.english_fields import english_panel, line_in_english, text_in_english
from catalog_pages.news import NewsIndexPage, NewsPage
from catalog_pages.page_search import SEARCH_FIELDS, FoldedTitle
from catalog_pages.portal import PROVINCE_HELP, PortalSettings
from catalog_pages.portal_pages import PROMOTED, PermanentAddress, PortalPage
from catalog_pages.rich_text import LINE_FEATURES
from catalog_pages.routes.answers import cacheable
from catalog_pages.routes.frameworks import FrameworkRoutes
from catalog_pages.routes.index import CatalogIndexRoutes
from catalog_pages.second_person import SecondPersonTask
from catalog_pages.surveys.models import SurveyAnswer, SurveyLink, SurveyQuestion
from catalog_pages.surveys.page import SurveyPage
from catalog_pages.task_states import CatalogTaskState
from catalog_pages.tasks import AppraisalTask, DecisionTask
from catalog_pages.transparency.models import PublishedUnit, TransparencyDraft, TransparencyRelease
from catalog_pages.transparency.routes import TransparencyRoutes

__all__ = [
    "AgencyCatalogPage",
    "AppraisalTask",
    "CatalogIndexPage",
    "CatalogTaskState",
    "ContentPage",
    "DecisionTask",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PortalSettings",
    "PublishedUnit",
    "SecondPersonTask",
    "SurveyAnswer",
    "SurveyLink",
    "SurveyPage",
    "SurveyQuestion",
    "TransparencyDraft",
    "TransparencyPage",
    "TransparencyRelease",
]


class HomePage(PortalPage, FoldedTitle, FrameworkRoutes, RoutablePageMixin, Page):
    """The front door: what this is, and where to go. The criteria frameworks stand right below it."""

    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)

    headline = models.CharField(_("headline"), max_length=200, blank=True, help_text=PROVINCE_HELP)
    search_label = models.CharField(_("above the search"), max_length=200, blank=True)
    search_hint = models.CharField(_("hint at the search"), max_length=200, blank=True)
    links_heading = models.CharField(_("heading of the links"), max_length=200, blank=True)
    count_label = models.CharField(_("after the number of published catalogs"), max_length=200, blank=True)
    links = StreamField(LinksBlock(required=False), verbose_name=_("links"), blank=True)
    decisions_heading = models.CharField(_("heading of the latest decisions"), max_length=200, blank=True)
    body = StreamField(ContentBody(required=False), verbose_name=_("body"), blank=True)
    title_en = line_in_english(_("title"))
    headline_en = line_in_english(_("headline"))
    introduction_en = text_in_english(_("introduction"))
    search_label_en = line_in_english(_("above the search"))
    search_hint_en = line_in_english(_("hint at the search"))
    links_heading_en = line_in_english(_("heading of the links"))
    count_label_en = line_in_english(_("after the number of published catalogs"))
    links_en = StreamField(LinksBlock(required=False), verbose_name=_("links in English"), blank=True)
    decisions_heading_en = line_in_english(_("heading of the latest decisions"))
    body_en = body_in_english()

    _own = (
        "headline", "introduction", "search_label", "search_hint", "links_heading", "count_label", "links",
        "decisions_heading", "body",
    )  # fmt: skip
    api_fields = ["title_en", *both_languages(*_own)]
    content_panels = [
        *Page.content_panels, FieldPanel("headline"), FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("search_label"), FieldPanel("search_hint")], _("Search")),
        MultiFieldPanel([FieldPanel("links_heading"), FieldPanel("count_label"), FieldPanel("links")], _("Links")),
        FieldPanel("decisions_heading"), FieldPanel("body"), english_panel("title", *_own),
    ]  # fmt: skip
    promote_panels = PROMOTED
    search_fields = SEARCH_FIELDS
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "catalog_pages.CatalogIndexPage", "catalog_pages.TransparencyPage", "catalog_pages.ContentPage",
        "catalog_pages.NewsIndexPage", "catalog_pages.SurveyPage",
    ]  # fmt: skip
    max_count = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def framework_address(cls, code: str, number: int) -> str:
        """Return the path of a version of a criteria framework, in the language of who asks."""
        return reverse("wagtail_serve", args=[""]) + cls().reverse_subpage("framework_version", args=[code, number])

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer the page and the addresses right below it; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))


class ContentPage(PermanentAddress, PortalPage, FoldedTitle, Page):
    """Words, pictures and files on whatever the portal's editors tell."""

    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    body = StreamField(ContentBody(required=False), verbose_name=_("body"), blank=True)
    title_en, introduction_en, body_en = (
        line_in_english(_("title")),
        text_in_english(_("introduction")),
        body_in_english(),
    )

    api_fields = ["title_en", *both_languages("introduction", "body")]
    content_panels = [
        *Page.content_panels, FieldPanel("introduction"), FieldPanel("body"),
        english_panel("title", "introduction", "body"),
    ]  # fmt: skip
    promote_panels = [MultiFieldPanel([FieldPanel("show_in_menus")], _("Menu")), *PROMOTED]
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.HomePage", "catalog_pages.ContentPage"]
    subpage_types = ["catalog_pages.ContentPage", "catalog_pages.SurveyPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer the page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))


class CatalogIndexPage(PortalPage, FoldedTitle, CatalogIndexRoutes, RoutablePageMixin, Page):
    """All agencies' catalogs: listed, searched, as open data."""

    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    title_en, introduction_en = line_in_english(_("title")), text_in_english(_("introduction"))

    api_fields = ["title_en", *both_languages("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), english_panel("title", "introduction")]
    promote_panels = PROMOTED
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.HomePage"]
    subpage_types = ["catalog_pages.AgencyCatalogPage"]
    max_count = 1

    class Meta:
        verbose_name = _("catalog index page")
        verbose_name_plural = _("catalog index pages")

    def get_workflow(self) -> Any:
        """Return what carries the page's own words: the workflow set here is for the agencies' pages below it."""
        return self.get_parent().get_workflow()


class TransparencyPage(PortalPage, FoldedTitle, TransparencyRoutes, RoutablePageMixin, Page):
    """What the public sees of the whole: figures of a release and words, arranged by an editor."""

    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    body = StreamField(ContentBody(required=False), verbose_name=_("body"), blank=True)
    title_en, introduction_en, body_en = (
        line_in_english(_("title")),
        text_in_english(_("introduction")),
        body_in_english(),
    )

    api_fields = ["title_en", *both_languages("introduction", "body")]
    content_panels = [
        *Page.content_panels, FieldPanel("introduction"), FieldPanel("body"),
        english_panel("title", "introduction", "body"),
    ]  # fmt: skip
    promote_panels = PROMOTED
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("transparency page")
        verbose_name_plural = _("transparency pages")
