"""Addresses as a reader copies them from a page of figures."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

register = template.Library()


@register.simple_tag
def absolute_url(request: HttpRequest, page: Any, route: str, *args: Any) -> str:
    """Return the whole address of a route of a page."""
    return request.build_absolute_uri(page.get_url(request) + page.reverse_subpage(route, args=args))
