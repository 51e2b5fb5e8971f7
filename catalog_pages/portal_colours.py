"""The style sheet that an editor's choice of colour makes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog_pages.portal import PortalSettings
from catalog_pages.routes.answers import cacheable


@require_safe
def portal_colours(request: HttpRequest) -> Any:
    """Answer the colours of the site, by the names that the shipped style sheet gives them."""
    portal = PortalSettings.for_request(request)
    text = f":root {{ --navy: {portal.colour}; --navy-dark: {portal.dark_colour}; }}\n"
    return cacheable(request, HttpResponse(text, content_type="text/css; charset=utf-8"))
