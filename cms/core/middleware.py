"""Small request-wide rules: an id for each request, no caching behind a login, the admin's own content policy."""

import inspect
import logging
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from csp.constants import HEADER, NONE, SELF
from django.conf import settings
from django.db import DataError, IntegrityError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger("django.request")
# Wagtail's choosers of links take a form, and write nothing.
_CHOOSERS = "wagtailadmin_choose_"
# How SQLite's full-text search begins when it cannot read what is looked for; its class is that of a lost database too.
_BROKEN_SEARCH = ("fts5:", "unterminated string")

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the id of the request being answered, or an empty string outside one."""
    return _request_id.get()


class RequestIdMiddleware:
    """Give each request an id, which the audit ledger keeps and the answer carries."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        token = _request_id.set(uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = current_request_id()
            return response
        finally:
            _request_id.reset(token)


class CutOffMiddleware:
    """Close and remove what had come of a file when the client went away; Django would leave that to chance."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if getattr(request.META.get("wsgi.input"), "is_cut_off", False):
            for handler in request.upload_handlers:
                handler.upload_interrupted()
        return response


class VietnameseFirstMiddleware(LocaleMiddleware):
    """Screens are Vietnamese unless the person has chosen otherwise; what a browser was sold with decides nothing.

    The API alone follows Accept-Language: a program that sends it means it.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of the answer."""
        if request.path.startswith("/api/"):
            super().process_request(request)
            return
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class NoStoreMiddleware:
    """What a signed-in person sees is kept by no cache (ASVS 14.3.2)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response


class UnreadableRequestMiddleware:
    """Answer 400 where a screen of Wagtail breaks at what was asked: it reads numbers and names unchecked."""

    # What Wagtail, Django and the databases raise at numbers that are none or too large, broken searches, odd names.
    _RAISED = (
        AttributeError,
        MultiValueDictKeyError,
        ValueError,
        OverflowError,
        NoReverseMatch,
        IntegrityError,
        DataError,
        ProgrammingError,
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse what was only to be read or chosen, and keep it in the log; faults of our own stay faults."""
        match = request.resolver_match
        if match is None or not _view_module(match.func).startswith("wagtail."):
            return None
        reads = request.method in ("GET", "HEAD") and bool(request.GET)
        if not reads and not str(match.url_name).startswith(_CHOOSERS):
            return None
        if not isinstance(exception, self._RAISED) and not str(exception).startswith(_BROKEN_SEARCH):
            return None
        logger.warning("Unreadable request: %s", request.path, exc_info=exception)
        return bad_request(request, exception)


def _view_module(view: Any) -> str:
    """Return where the view is written, below what is wrapped around it; decorators hand its class on."""
    written = getattr(view, "view_class", None) or getattr(view, "cls", None) or inspect.unwrap(view)
    return str(written.__module__)


class AdminCspMiddleware:
    """Wagtail's admin needs inline styles and scripts; only its addresses get them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = {  # type: ignore[attr-defined]
                "style-src": [SELF, "'unsafe-inline'"],
                "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
            }
            # Previews are shown in a frame of the admin itself.
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
            _let_a_preview_be_framed(response)
        return response


def _let_a_preview_be_framed(response: HttpResponse) -> None:
    """Keep a preview's own strict policy: Wagtail answers it as the public page, which no frame may show."""
    policy = response.headers.get(HEADER)
    if policy:
        response.headers[HEADER] = policy.replace(f"frame-ancestors {NONE}", f"frame-ancestors {SELF}")
