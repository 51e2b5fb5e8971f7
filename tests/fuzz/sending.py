"""A case as a request to the whole stack, middleware and all, without a socket; nothing of it stays in the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import requests
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.test.client import ClientHandler
from schemathesis.core.transport import Response
from schemathesis.transport.requests import REQUESTS_TRANSPORT

from tests.fuzz.askers import Asker
from tests.fuzz.budget import IN_CI

_BASE = "http://testserver"
_STANDARD = {
    "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
    "SCRIPT_NAME": "", "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.errors": BytesIO(),
    "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
}  # fmt: skip
# Middleware that does nothing for the API, and takes a third of the time of a call; ``make fuzz`` goes through it too.
_SCREENS_ONLY = frozenset({
    "whitenoise.middleware.WhiteNoiseMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware", "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware", "cms.core.middleware.AdminCspMiddleware", "axes.middleware.AxesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
})  # fmt: skip
_BARE = ("content-type", "content-length")


@dataclass(frozen=True)
class Sendable:
    """A case, and the request that it is on the wire; who asks is added when it is sent."""

    case: Any
    request: requests.PreparedRequest
    environ: dict[str, Any]
    body: bytes

    def __str__(self) -> str:
        headers = {name: value for name, value in self.request.headers.items() if name not in ("User-Agent", "Accept")}
        return f"{self.request.method} {self.request.url} {headers} {self.body[:400]!r}"

    def send(self, asker: Asker) -> Response:
        """Send it, read the answer to its end, and undo what was written."""
        environ = self.environ | {"wsgi.input": BytesIO(self.body)} | _as_environ(asker.headers)
        with transaction.atomic():
            response = _handler()(environ)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        headers = {name: [value] for name, value in response.items()}
        return Response(response.status_code, headers, content, self.request, 0.0, verify=False, encoding="utf-8")


def prepare(case: Any) -> Sendable:
    """Return the case as it goes over the wire."""
    request = requests.Request(**REQUESTS_TRANSPORT.serialize_case(case, base_url=_BASE)).prepare()
    parts = urlsplit(str(request.url))
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    environ = _STANDARD | {
        "REQUEST_METHOD": str(request.method),
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
    }
    return Sendable(case, request, environ | _as_environ(dict(request.headers)), body)


def _as_environ(headers: dict[str, Any]) -> dict[str, str]:
    """Return headers as a WSGI server hands them over."""
    named = {
        (name if name.lower() in _BARE else f"HTTP_{name}").upper().replace("-", "_"): value
        for name, value in headers.items()
    }
    return {name: value.decode("latin-1") if isinstance(value, bytes) else value for name, value in named.items()}


@cache
def _handler() -> ClientHandler:
    handler = ClientHandler(enforce_csrf_checks=True)
    with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if not (IN_CI and name in _SCREENS_ONLY)]):
        handler.load_middleware()
    return handler
