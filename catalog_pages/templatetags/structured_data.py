"""What search engines read beside a page's words, put where its template says."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from catalog_pages import structured_data

register = template.Library()


@register.simple_tag(takes_context=True)
def data_of_province(context: template.Context) -> SafeString:
    """Tell of the province."""
    return structured_data.script(structured_data.province(context["request"].build_absolute_uri))


@register.simple_tag(takes_context=True)
def data_of_version(context: template.Context) -> SafeString:
    """Tell of an agency's published version, as data that anybody may take."""
    absolute = context["request"].build_absolute_uri
    return structured_data.script(
        structured_data.catalog_version(context["version"], context["agency"], context["page"], absolute)
    )


@register.simple_tag(takes_context=True)
def data_of_news(context: template.Context) -> SafeString:
    """Tell of an article."""
    return structured_data.script(structured_data.news(context["page"], context["request"].build_absolute_uri))


@register.simple_block_tag(takes_context=True, end_name="endtrail_data")
def trail_data(context: dict[str, Any], content: str) -> str:
    """Return the trail that stands between, and beside it the same for search engines."""
    if "request" not in context or 'class="trail' not in content:
        return content
    absolute = context["request"].build_absolute_uri
    title, address = context["shared_title"], context["shared_address"]
    data = structured_data.breadcrumbs(content, title, address, absolute)
    return mark_safe(content + (structured_data.script(data) if data else ""))  # noqa: S308
