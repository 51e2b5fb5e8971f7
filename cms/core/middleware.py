"""Small request-wide rules: an id for each request, no caching behind a login, the admin's own content policy."""

import logging
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from traceback import walk_tb

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
_OUR_ROOMS = ("api", "catalog_pages", "cms", "importers")
# What Wagtail, Django and the databases raise at numbers that are none or too large, broken searches, odd names.
_RAISED = (
    AttributeError, MultiValueDictKeyError, ValueError, OverflowError, NoReverseMatch, IntegrityError, DataError,
    ProgrammingError,
)  # fmt: skip
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
        response = self.get_response(request)
        if getattr(request.META.get("wsgi.input"), "is_cut_off", False):
            for handler in request.upload_handlers:
                handler.upload_interrupted()
        return response


# Where a person's own choice of language holds; what everybody reads has an address for each language instead.
_BY_CHOICE = ("/admin/", "/accounts/", "/cua-toi/", "/hop-tin/", "/tro-giup/", "/kiem-tra-phieu/")


class VietnameseFirstMiddleware(LocaleMiddleware):
    """Screens are Vietnamese unless the address or the person says otherwise; what a browser was sold with is nothing.

    The API alone follows Accept-Language: a program that sends it means it.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of the answer."""
        translation.activate(_language_of(request))
        request.LANGUAGE_CODE = translation.get_language()


def _language_of(request: HttpRequest) -> str:
    path, known = request.path_info, dict(settings.LANGUAGES)
    if path.startswith("/api/"):
        return translation.get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") if path.startswith(_BY_CHOICE) else ""
    first = chosen or path.lstrip("/").partition("/")[0]
    return first if first in known else settings.LANGUAGE_CODE


class NoStoreMiddleware:
    """What a signed-in person sees is kept by no cache (ASVS 14.3.2)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response


class UnreadableRequestMiddleware:
    """Answer 400 where a screen of Wagtail breaks at what was asked: it reads numbers and names unchecked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse what cannot be read; everything else stays a fault."""
        return bad_request(request, exception) if is_unreadable(request, exception) else None


def is_unreadable(request: HttpRequest, exception: Exception) -> bool:
    """Return whether Wagtail broke at a request that only reads or chooses, and keep in the log how."""
    name = request.resolver_match.url_name if request.resolver_match else None
    reads = request.method in ("GET", "HEAD") and bool(request.GET)
    if not reads and not str(name).startswith(_CHOOSERS):
        return False
    broke = isinstance(exception, _RAISED) or str(exception).startswith(_BROKEN_SEARCH)
    if not broke or not _is_wagtails(exception):
        return False
    logger.warning("Unreadable request: %s", request.path, exc_info=exception)
    return True


def _is_wagtails(exception: Exception) -> bool:
    """Return whether it was raised by Wagtail, or by a library at its call: the last of the two to be called says."""
    modules = [frame.f_globals.get("__name__", "") for frame, _line in walk_tb(exception.__traceback__)]
    # Our part of the database's driver is called by everybody.
    rooms = [module.partition(".")[0] for module in modules if not module.startswith("cms.core.sqlite3")]
    last = [room for room in rooms if room == "wagtail" or room in _OUR_ROOMS][-1:]
    return last == ["wagtail"]


class AdminCspMiddleware:
    """Wagtail's admin needs inline styles and scripts; only its addresses get them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
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
