"""Bodies of requests: one that ends too early is not taken for the whole, and one that is too large is not read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# More than a proxy hands over.
_MOST_DRAINED = 32 * 1024 * 1024
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class BodyCutOff(ConnectionError):
    """The client was gone before it had sent what it announced."""


class WholeBody:
    """The body of a request, which gives all the bytes that its head announced or raises BodyCutOff.

    Web servers answer a read after the client has gone as if the body ended there, and Django then takes half a file
    for a file.
    """

    def __init__(self, body: Any, length: int) -> None:
        self._body, self._left = body, length
        self.is_cut_off = False

    def read(self, size: int | None = -1) -> bytes:
        """Return just so many bytes, or all that are left."""
        remaining = self._left if size is None or size < 0 else min(size, self._left)
        pieces = []
        while remaining:
            piece = self._body.read(remaining)
            if not piece:
                raise self._cut_off()
            pieces.append(piece)
            remaining -= len(piece)
            self._left -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int | None = -1) -> bytes:
        most = self._left if size is None or size < 0 else min(size, self._left)
        line: bytes = self._body.readline(most) if most else b""
        if most and not line:
            raise self._cut_off()
        self._left -= len(line)
        return line

    def drain(self) -> None:
        """Read what is left without keeping it, unless that is a lot.

        A server that hangs up on bytes that it has not read tears its answer from the other side's hands: a proxy then
        tells people of a bad gateway.
        """
        with suppress(OSError):
            while 0 < self._left <= _MOST_DRAINED:
                self.read(min(self._left, 64 * 1024))

    def _cut_off(self) -> BodyCutOff:
        self.is_cut_off = True
        return BodyCutOff(f"{self._left} bytes of the body never came")


def with_whole_bodies(application: Application) -> Application:
    """Wrap a WSGI application so that it never takes part of a body for the whole."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not (length := _declared(environ)):
            return application(environ, start_response)
        environ["wsgi.input"] = body = WholeBody(environ["wsgi.input"], length)
        response = application(environ, start_response)
        body.drain()
        return response

    return answer


def declared_bytes(request: HttpRequest) -> int:
    """Return how many bytes the request says that its body has; 0 where it does not say."""
    return _declared(request.META)


def _declared(environ: dict[str, Any]) -> int:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return 0
    return int(length) if len(length) < 19 else sys.maxsize


def most_bytes(request: HttpRequest) -> int:
    """Return how large a body may be: by the route, and by whether the caller is somebody (THUOCDO_BODY_BYTES).

    A token counts unread: whoever takes one looks at it before the body.
    """
    limits = settings.THUOCDO_BODY_BYTES
    route = request.resolver_match.view_name if request.resolver_match else ""
    of_strangers, of_people = limits.get(route, limits[""])
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return int(limits[""][0])
    has_token = request.path.startswith("/api/") and "Authorization" in request.headers
    return int(of_people if has_token or request.user.is_authenticated else of_strangers)


class BodyLimitMiddleware:
    """Refuses a body over the limit of its route before a byte of it is read; stands above whatever reads forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer 413 instead of the view."""
        return self.refuse(request) if declared_bytes(request) > most_bytes(request) else None

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Return the page that says so."""
        return render(request, "413.html", status=413)
