"""What the frame and the front page of the public side need beyond their own page."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from catalog_pages import published
from catalog_pages.english import is_foreign, words_of
from catalog_pages.frame import Frame, read_frame
from catalog_pages.front_figures import present
from catalog_pages.news import NewsPage, published_news
from catalog_pages.portal import PortalSettings, with_province
from cms.catalogs.columns import unit_text
from cms.core.numbers import format_decimal_vi

register = template.Library()

register.simple_tag(unit_text)
register.filter("with_province", with_province)
register.filter("words", words_of)


@register.simple_block_tag(end_name="endkeep")
def keep(content: str) -> str:
    """Return what stands between as plain text in one line, for ``as``: a block may stand once, its text often."""
    return " ".join(unescape(strip_tags(content)).split())


@register.simple_tag
def province_name() -> str:
    """Return what the province calls itself."""
    return str(settings.THUOCDO_PROVINCE_NAME)


@register.simple_tag
def in_other_language(address: str | None) -> str:
    """Return what is at an address of ours in the other language: the front page for what has but one.

    Nothing where there is no address, as on the page that says that the server failed.
    """
    language = "vi" if get_language() == "en" else "en"
    there = translate_url(address, language) if address else ""
    if there != address:
        return there
    with override(language):
        return reverse("wagtail_serve", args=[""]) if address else ""


@register.filter
def here(address: str) -> str:
    """Return an address of ours, as editors write it, in the language of the page; others as they are."""
    language = get_language() or settings.LANGUAGE_CODE
    if address.startswith(f"/{language}/"):
        return address
    with override(settings.LANGUAGE_CODE):
        return str(translate_url(address, language))


@register.simple_tag
def vi(owner: Any = None, name: str = "") -> str:
    """Return what marks an element's words as Vietnamese on a page in another language.

    With an owner only where its words of this name were not written in English.
    """
    is_marked = is_foreign(owner, name) if name else get_language() != "vi"
    return mark_safe(' lang="vi"') if is_marked else ""


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """Return the pages that the frame leads to.

    None of them on the page that says that the server failed: it has no request, and the database may be what failed.
    """
    return read_frame() if "request" in context else Frame()


@register.simple_tag(takes_context=True)
def front_figures(context: template.Context) -> dict[str, Any]:
    """Return what the front page says at a glance of the release that it shows."""
    return present(context["release"])


@register.simple_tag
def published_catalogs(most: int = 5) -> dict[str, Any]:
    """Return how many agencies have a published catalog, some hundred in a province, and what was decided last."""
    pages = published.published_pages()
    return {"count": pages.count(), "latest": published.latest_decisions(most, pages)}


@register.simple_tag
def latest_news(count: int = 3) -> list[NewsPage]:
    """Return the newest articles."""
    return list(published_news()[:count])


@register.simple_tag(takes_context=True)
def portal_settings(context: template.Context) -> PortalSettings:
    """Return name, look and words of the site; the shipped ones on the page that says that the server failed."""
    return PortalSettings.for_request(context["request"]) if "request" in context else PortalSettings()


@register.filter
def table_cell(value: object) -> str:
    """Return a cell of an editor's table as it is read: decimals as Vietnamese people write them."""
    return format_decimal_vi(value) if isinstance(value, Decimal) else str(value or "")


@register.filter
def dialled(telephone: str) -> str:
    """Return a telephone number as it is dialled."""
    return "".join(sign for sign in telephone if sign.isdigit() or sign == "+")
