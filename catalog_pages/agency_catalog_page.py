"""The page of one agency's catalog. It stands below the portal's other pages, whose routes read published catalogs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Page

from catalog_pages import publishing
from catalog_pages.english import both_languages
from catalog_pages.english_fields import english_panel, text_in_english
from catalog_pages.page_rights import CatalogPageRights
from catalog_pages.page_search import SEARCH_FIELDS, FoldedTitle
from catalog_pages.rich_text import LINE_FEATURES
from catalog_pages.routes.agency import AgencyCatalogRoutes
from cms.catalogs.models import Catalog


class AgencyCatalogPage(FoldedTitle, AgencyCatalogRoutes, RoutablePageMixin, Page):
    """The address, the page rights and the workflow of one agency's catalog; the items are rows of its versions."""

    catalog = models.OneToOneField(Catalog, models.PROTECT, related_name="page", editable=False)
    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    contact = RichTextField(
        _("contact"), blank=True, features=LINE_FEATURES,
        help_text=_("Who answers questions about this catalog: division, address, telephone, e-mail."),
    )  # fmt: skip
    introduction_en = text_in_english(_("introduction"))
    contact_en = text_in_english(_("contact"))

    api_fields = both_languages("introduction", "contact")
    # The address is permanent and the day of publication is the decision's: neither is a field of the page's form.
    content_panels = [
        FieldPanel("title"), FieldPanel("introduction"), FieldPanel("contact"),
        english_panel("introduction", "contact"),
    ]  # fmt: skip
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    search_fields = SEARCH_FIELDS
    parent_page_types = ["catalog_pages.CatalogIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("agency catalog page")
        verbose_name_plural = _("agency catalog pages")

    def permissions_for_user(self, user: Any) -> CatalogPageRights:
        """Return what a person may do with the page."""
        return CatalogPageRights(user, self)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish a text, and what is due; a text that was decided on waits for its version's day."""
        if not publishing.is_waiting(revision):
            publishing.publish_text(revision, *args, **kwargs)
        publishing.publish_due(page=self)
