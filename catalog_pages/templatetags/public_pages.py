"""What the frame and the front page of the public side need beyond their own page."""

from __future__ import annotations

from django import template
from django.conf import settings

from catalog_pages import published
from catalog_pages.models import CatalogIndexPage, TransparencyPage
from catalog_pages.portal import PortalTexts, with_province
from cms.catalogs.columns import unit_text
from cms.catalogs.models import CatalogVersion

register = template.Library()

register.simple_tag(unit_text)
register.filter("with_province", with_province)


@register.simple_tag
def province_name() -> str:
    """Return what the province calls itself."""
    return str(settings.THUOCDO_PROVINCE_NAME)


@register.simple_tag(takes_context=True)
def catalog_index(context: template.Context) -> CatalogIndexPage | None:
    """Return the index of catalogs, to link to.

    None on the page that says that the server failed: it has no request, and the database may be what failed.
    """
    if "request" not in context:
        return None
    return CatalogIndexPage.objects.live().first()


@register.simple_tag(takes_context=True)
def transparency_page(context: template.Context) -> TransparencyPage | None:
    """Return the page of public figures, to link to; None as with ``catalog_index``."""
    if "request" not in context:
        return None
    return TransparencyPage.objects.live().first()


@register.simple_tag
def published_count() -> int:
    """Return how many agencies have a published catalog: some hundred in a province, so they may be counted."""
    return published.published_pages().count()


@register.simple_tag
def latest_decisions(count: int = 5) -> list[CatalogVersion]:
    """Return the versions that were decided last."""
    return published.latest_decisions(count)


@register.simple_tag(takes_context=True)
def portal_texts(context: template.Context) -> PortalTexts:
    """Return the words at the foot of pages; those of the beginning on the page that says that the server failed."""
    return PortalTexts.for_request(context["request"]) if "request" in context else PortalTexts()
