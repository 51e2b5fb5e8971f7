"""The OpenAPI document and the two pages that show it, with nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

from api.views import refuse_unknown_parameters

_REDOC = "drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"
# The bundle asks a CDN for its maker's logo; an empty picture stands in for it.
_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"
_EMPTY_PICTURE = b"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"


_WRITING, _WRITTEN, _MOST_WRITTEN = Lock(), dict[tuple[object, ...], tuple[Any, str]](), 16


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """The OpenAPI document, as YAML, or as JSON by the Accept header or ``?format=json``."""

    http_method_names = ["get", "head", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse unknown parameters."""
        refuse_unknown_parameters(request, frozenset({"format"}))
        super().initial(request, *args, **kwargs)

    def _get_schema_response(self, request: Request) -> HttpResponse:
        """Return what was written for this host, form and language before: it takes seconds, whoever asks."""
        renderer = request.accepted_renderer
        # Settings stay while a process lives, but for tests.
        shown_settings = (settings.THUOCDO_OAUTH, settings.THUOCDO_PROVINCE_NAME)
        key = (request.build_absolute_uri("/"), renderer.media_type, get_language(), *shown_settings)
        with _WRITING:
            if key not in _WRITTEN:
                if len(_WRITTEN) >= _MOST_WRITTEN:
                    _WRITTEN.clear()
                made = super()._get_schema_response(request)
                _WRITTEN[key] = (renderer.render(made.data, renderer.media_type, {}), made["Content-Disposition"])
            content, disposition = _WRITTEN[key]
        headers = {"Content-Disposition": disposition}
        return HttpResponse(content, content_type=f"{renderer.media_type}; charset=utf-8", headers=headers)


schema = Schema.as_view()


@require_safe
def swagger(request: HttpRequest) -> HttpResponse:
    """Show the document in Swagger UI."""
    return render(request, "api/swagger.html")


@require_safe
@csp_update({"style-src": ["'unsafe-inline'"]})
def redoc(request: HttpRequest) -> HttpResponse:
    """Show the document in Redoc, which writes the styles of its parts into the page."""
    return render(request, "api/redoc.html")


@require_safe
@cache_control(public=True, max_age=86400)
def redoc_script(request: HttpRequest) -> HttpResponse:
    """Return Redoc's program without its call to a CDN."""
    return HttpResponse(_redoc_program(), content_type="text/javascript; charset=utf-8")


@cache
def _redoc_program() -> bytes:
    return Path(str(finders.find(_REDOC))).read_bytes().replace(_LOGO, _EMPTY_PICTURE)
