"""Receipts in templates: one partial for every screen and for paper."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join

from cms.frameworks.decree import address_of
from cms.scoring import wording_document
from cms.scoring.document import Document

register = template.Library()
_ARTICLE = re.compile(r"(Điều \d+)")


@register.simple_tag
def cited(citation: str, articles: Collection[str]) -> str:
    """Show a citation; each article of the decree that it names leads to what it says."""
    texts = _ARTICLE.split(citation)
    shown = (_linked(text, articles) if place % 2 else text for place, text in enumerate(texts))
    return format_html_join("", "{}", ((each,) for each in shown))


def _linked(name: str, articles: Collection[str]) -> str:
    key = f"dieu-{name.rpartition(' ')[2]}"
    address = address_of(key) if key in articles else ""
    return format_html('<a href="{}">{}</a>', address, name) if address else name


@register.inclusion_tag("frameworks/_receipt.html")
def receipt(document: Document, mark: str = "") -> dict[str, Any]:
    """Show a receipt that is laid out (``cms.scoring.document``); ``mark`` says under its title what it is worth."""
    return {"document": document, "mark": mark, "words": wording_document, "province": settings.THUOCDO_PROVINCE_NAME}
