"""Which other sites' scripts may read what: anybody's what everybody may read, and named ones what needs a token.

Cookies are never let through, so that no site can read as whoever is signed in here.
"""

from __future__ import annotations

from corsheaders import middleware
from corsheaders.conf import conf
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_READING = ("GET", "HEAD")
# What scripts of any site may send; none of it says who asks.
_HEADERS_OF_ANYBODY = ("accept", "accept-language", "content-language", "if-modified-since", "if-none-match", "range")


class CorsMiddleware(middleware.CorsMiddleware):
    """Answers ``*`` to whoever reads without saying who they are; the rest is for THUOCDO_CORS_ORIGINS alone."""

    def add_response_headers(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say who may read the answer."""
        if not self.is_enabled(request) or not _reads_as_anybody(request):
            return super().add_response_headers(request, response)
        response[middleware.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
        response[middleware.ACCESS_CONTROL_EXPOSE_HEADERS] = ", ".join(conf.CORS_EXPOSE_HEADERS)
        if request.method == "OPTIONS":
            response[middleware.ACCESS_CONTROL_ALLOW_METHODS] = ", ".join(_READING)
            response[middleware.ACCESS_CONTROL_ALLOW_HEADERS] = ", ".join(_HEADERS_OF_ANYBODY)
            response[middleware.ACCESS_CONTROL_MAX_AGE] = str(conf.CORS_PREFLIGHT_MAX_AGE)
        return response


def _reads_as_anybody(request: HttpRequest) -> bool:
    """Return whether a request, or the one that a browser asks leave for, reads without credentials."""
    if "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if request.method != "OPTIONS":
        return request.method in _READING
    requested = request.headers.get("Access-Control-Request-Headers", "").lower().replace(" ", "")
    headers = set(filter(None, requested.split(",")))
    return request.headers.get("Access-Control-Request-Method") in _READING and headers <= set(_HEADERS_OF_ANYBODY)
