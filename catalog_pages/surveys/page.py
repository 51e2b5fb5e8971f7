"""The page of a survey: its words, days and questions. The public finds it only when its results are made public."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractForm
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction

from catalog_pages.page_search import SEARCH_FIELDS, FoldedTitle
from catalog_pages.portal_pages import PROMOTED, PermanentAddress, PortalPage
from catalog_pages.rich_text import LINE_FEATURES
from catalog_pages.routes.answers import cacheable
from catalog_pages.second_person import PortalRights
from catalog_pages.surveys.enums import SurveyAbout, SurveyState
from catalog_pages.surveys.models import SurveyAnswer
from catalog_pages.surveys.page_form import SurveyPageForm
from catalog_pages.surveys.presenting import public_results
from catalog_pages.surveys.questions import MOST_QUESTIONS, SurveyFormBuilder


class SurveyRights(PortalRights):
    """What a person may do with a survey's page: that it is closed to the public is no setting of the page's."""

    def can_set_view_restrictions(self) -> bool:
        """Return whether the page may be opened by Wagtail's button: never, results are made public by an action."""
        return False


class SurveyPage(PermanentAddress, PortalPage, FoldedTitle, AbstractForm):
    """A survey that is answered by links. It is hidden by a restriction of Wagtail's until its results are public."""

    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    thanks = RichTextField(
        _("words of thanks"), blank=True, features=LINE_FEATURES, help_text=_("Shown when the answer has been sent.")
    )
    opens_on = models.DateField(_("answers from"), default=timezone.localdate)
    closes_on = models.DateField(_("answers until"), help_text=_("Results are counted on the day after it."))
    about = models.CharField(
        _("an answer is about"), max_length=10, choices=SurveyAbout.choices, default=SurveyAbout.OWN
    )

    base_form_class = SurveyPageForm
    form_builder = SurveyFormBuilder
    template = "catalog_pages/surveys/page.html"
    api_fields = ["introduction"]
    content_panels = [
        *Page.content_panels, FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("opens_on"), FieldPanel("closes_on"), FieldPanel("about")], _("Whom and when")),
        InlinePanel("form_fields", heading=_("Questions"), label=_("Question"), min_num=1, max_num=MOST_QUESTIONS),
        FieldPanel("thanks"),
    ]  # fmt: skip
    promote_panels = PROMOTED
    preview_modes = [("form", _("Questions"))]
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.HomePage", "catalog_pages.ContentPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    @property
    def state(self) -> SurveyState:
        """Return where the survey stands today."""
        today = timezone.localdate()
        if today > self.closes_on:
            return SurveyState.OVER
        if not self.live:
            return SurveyState.DRAFT
        return SurveyState.COMING if today < self.opens_on else SurveyState.OPEN

    @property
    def is_public(self) -> bool:
        """Return whether its results were made public."""
        return not PageViewRestriction.objects.filter(page=self).exists()

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Close a new survey to the public, and leave what answers rest on as it is, whichever draft is published."""
        is_new = self.pk is None
        if not is_new and SurveyAnswer.objects.filter(survey=self.pk).exists():
            stored = SurveyPage.objects.only("opens_on", "closes_on", "about").get(pk=self.pk)
            self.about = stored.about
            if stored.state == SurveyState.OVER:
                self.opens_on, self.closes_on = stored.opens_on, stored.closes_on
        saved = super().save(*args, **kwargs)
        if is_new:
            PageViewRestriction.objects.create(page=self, restriction_type=PageViewRestriction.GROUPS)
        return saved

    def permissions_for_user(self, user: Any) -> SurveyRights:
        """Return what a person may do with the page."""
        return SurveyRights(user, self)

    def get_view_restrictions(self) -> Any:
        """Return the restrictions of pages above: its own is answered with 404, and not with a log-in."""
        return super().get_view_restrictions().exclude(page=self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer with the results, once they are public; until then there is no such page."""
        if self.state != SurveyState.OVER or not self.is_public:
            raise Http404
        context = self.get_context(request) | {"results": public_results(self)}
        return cacheable(request, TemplateResponse(request, self.get_template(request), context))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show editors the questions as those who are asked see them."""
        context = self.get_context(request) | {"form": self.get_form(prefix="q", page=self), "survey": self}
        return TemplateResponse(request, "catalog_pages/surveys/answer.html", context)
