"""Wagtail's published pages, headless and read-only, with the errors of the rest of the API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet

from api.caching import set_caching
from api.renderers import JSONRenderer


class PublishedPageSerializer(PageSerializer):
    """A page with its addresses on the host that was asked; Wagtail's record of the site may name another."""

    def to_representation(self, instance: Any) -> Any:
        """Return what Wagtail tells of the page, and of the one above it."""
        told = super().to_representation(instance)
        meta = told.get("meta", {})
        for addresses in (meta, (meta.get("parent") or {}).get("meta", {})):
            for name in addresses.keys() & {"detail_url", "html_url"}:
                if addresses[name]:
                    addresses[name] = self.context["request"].build_absolute_uri(urlsplit(addresses[name]).path)
        return told


class PublishedPages(PagesAPIViewSet):
    """Published pages that everybody may see; drafts and pages behind a login are not there."""

    renderer_classes = [JSONRenderer]
    base_serializer_class = PublishedPageSerializer

    def handle_exception(self, exc: Exception) -> Any:
        """Answer Wagtail's own refusals as problems too."""
        if isinstance(exc, BadRequestError):
            exc = ParseError(str(exc), code="bad_request")
        return super(BaseAPIViewSet, self).handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say what may be cached."""
        response = super().finalize_response(request, response, *args, **kwargs)
        set_caching(self.request, response, etag="")
        return response


pages_router = WagtailAPIRouter("api_pages")
pages_router.register_endpoint("pages", PublishedPages)
