"""Receipts in templates: one partial for every screen and for paper."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html

from cms.frameworks.decree import address_of
from cms.scoring import wording_document
from cms.scoring.document import Document

register = template.Library()


@register.simple_tag
def cited(citation: str, article: str) -> str:
    """Show a citation; one that names an article of the decree leads to what it says."""
    address = address_of(article)
    return format_html('<a href="{}">{}</a>', address, citation) if address else conditional_escape(citation)


@register.inclusion_tag("frameworks/_receipt.html")
def receipt(told: Document, mark: str = "") -> dict[str, Any]:
    """Show a receipt that is laid out (``cms.scoring.document``); ``mark`` says under its title what it is worth."""
    return {"told": told, "mark": mark, "words": wording_document, "province": settings.THUOCDO_PROVINCE_NAME}
