"""A short memory of answers that everybody may read, emptied in all processes when the public side changes (ADR 24).

An answer is kept only when its view says ``allow_public_cache``, and handed out only to somebody of whom nothing is
known. What stands in it is never made for one person, so there is nothing that could reach another.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from csp.constants import HEADER as POLICY
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language

logger = logging.getLogger(__name__)

# Answers above this are rather made again: with CACHES["public"] it bounds what a process keeps.
MOST_BYTES = 256 * 1024
_GENERATION = "public-generation"
_MARK = "_thuocdo_for_everybody"
# Requests that carry one of these come from somebody, or want more than the answer as it stands.
_OWN_HEADERS = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# The same for everybody who asks for the address. An answer with any other header is not kept.
_SHARED_HEADERS = frozenset({
    "access-control-allow-origin", "access-control-expose-headers", "allow", "cache-control", "content-disposition",
    "content-language", "content-length", "content-security-policy", "content-type", "cross-origin-opener-policy",
    "cross-origin-resource-policy", "etag", "last-modified", "link", "ratelimit-policy", "referrer-policy", "vary",
    "x-content-type-options", "x-frame-options",
})  # fmt: skip
_SHARED_VARY = frozenset({"accept-language", "cookie"})


@dataclass(frozen=True)
class _CachedResponse:
    """An answer, and what must still be so for it to be true: nothing published since, and the same day."""

    state: str
    response: HttpResponse


def allow_public_cache(response: HttpResponseBase) -> None:
    """Say that the answer depends on nothing but its address and language; views call it for anonymous visitors."""
    setattr(response, _MARK, True)


def forget_public_answers() -> None:
    """Have every process make public answers anew, once the transaction that goes on is through.

    Should the other processes not be reachable, they keep theirs for THUOCDO_PUBLIC_CACHE_SECONDS at most.
    """
    transaction.on_commit(_start_generation, robust=True)


def _start_generation() -> None:
    caches["progress"].set(_GENERATION, uuid.uuid4().hex, None)


class PublicCacheMiddleware:
    """Answers anonymous visitors from memory. What stands above it in MIDDLEWARE is done for each of them anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.THUOCDO_PUBLIC_CACHE_SECONDS
        state = _state() if seconds and _is_anonymous(request) else ""
        if not state:
            return self.get_response(request)
        key = _key(request)
        cached: _CachedResponse | None = caches["public"].get(key)
        if cached is not None and cached.state == state:
            return _answer(request, cached.response)
        response = self.get_response(request)
        if request.method == "GET" and _is_cacheable(response):
            # Under the state from before the answer was made: a change meanwhile leaves it unused.
            caches["public"].set(key, _CachedResponse(state, _copy(response)), seconds)
        return response


def _state() -> str:
    """Return what kept answers must agree with; nothing when the other processes cannot be asked."""
    shared = caches["progress"]
    try:
        generation = shared.get(_GENERATION)
        if generation is None:
            shared.add(_GENERATION, uuid.uuid4().hex, None)
            generation = shared.get(_GENERATION)
    except Exception:
        # Whatever the shared cache raises: public pages must not fail because a cache does.
        logger.exception("the shared cache does not answer; public answers are made anew")
        return ""
    # Versions come into effect, and end, at midnight.
    return f"{generation} {timezone.localdate()}" if generation else ""


def _is_anonymous(request: HttpRequest) -> bool:
    """Return whether nothing in a reading request identifies a person."""
    if request.method not in ("GET", "HEAD") or getattr(request, "is_dummy", False):
        return False
    if any(header in request.META for header in _OWN_HEADERS):
        return False
    own_cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return not any(name in request.COOKIES for name in own_cookies)


def _key(request: HttpRequest) -> str:
    """Return what distinguishes answers: address as the visitor reaches it, query, language, and form over the API."""
    form = request.headers.get("Accept", "") if request.path.startswith("/api/") else ""
    query = sorted(request.GET.lists()) if request.META.get("QUERY_STRING") else []
    parts = (request.scheme, request.get_host(), request.path, query, get_language(), form)
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _is_cacheable(response: HttpResponse) -> bool:
    if not getattr(response, _MARK, False) or response.status_code != 200 or response.streaming or response.cookies:
        return False
    headers = {name.lower(): value for name, value in response.headers.items()}
    control = headers.get("cache-control", "")
    vary = {name.strip().lower() for name in headers.get("vary", "").split(",") if name.strip()}
    return (
        headers.keys() <= _SHARED_HEADERS
        and vary <= _SHARED_VARY
        and "public" in control
        and not any(word in control for word in ("private", "no-store", "no-cache"))
        # A policy with a number used once belongs to one answer.
        and "nonce-" not in headers.get(POLICY.lower(), "")
        and len(response.content) <= MOST_BYTES
    )


def _copy(response: HttpResponse) -> HttpResponse:
    """Return the answer without what it was made of. The cache pickles it, so that each visitor gets an own one."""
    return HttpResponse(response.content, headers=dict(response.headers) | {"Cache-Status": "thuocdo; hit"})


def _answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer, or that the visitor holds it already."""
    if not any(header in request.META for header in _CONDITIONS):
        return response
    changed = parse_http_date_safe(response.headers["Last-Modified"]) if "Last-Modified" in response.headers else None
    return get_conditional_response(request, response.headers.get("ETag"), changed, response) or response
