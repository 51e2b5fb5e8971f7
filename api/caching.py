"""What may be kept by a cache, and what need not be sent twice."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response

from api.throttling import omit_remaining
from cms.catalogs.models import CatalogVersion
from cms.core.public_cache import allow_public_cache

# Part of every ETag: raised when the same content is written in another form.
REPRESENTATION = 4
PUBLIC = "public, max-age=60"


def version_etag(*versions: CatalogVersion | None, seen: str = "") -> str:
    """Return the weak ETag of what is made of decided versions alone, or nothing while one of them can still change.

    ``seen`` stands for what else the answer is made of: the added columns that the caller sees, links.
    """
    if not all(version is None or (version.is_frozen and version.content_hash) for version in versions):
        return ""
    parts = [_mark(version) if version else "" for version in versions]
    return f'W/"{REPRESENTATION}.{"-".join([*parts, *filter(None, [seen])])}"'


def _mark(version: CatalogVersion) -> str:
    """Return what stands for a decided version: its content never changes, but its day comes, and ends."""
    day = "" if version.public_since else ".coming"
    return f"{version.content_hash}.{version.state}.{version.effective_to or ''}{day}"


def content_etag(content_hash: str) -> str:
    """Return the weak ETag of what is made of frozen content alone."""
    return f'W/"{REPRESENTATION}.{content_hash}"'


def not_modified(request: Request, etag: str) -> Response | None:
    """Return the answer 304 when the caller already holds what the ETag names."""
    if not etag or "If-None-Match" not in request.headers:
        return None
    answer = get_conditional_response(request._request, etag=etag)
    return None if answer is None else Response(status=answer.status_code)


def set_caching(request: Request, response: HttpResponseBase, etag: str) -> None:
    """Let shared caches keep what everybody may read; what a signed-in person reads is kept by none."""
    patch_vary_headers(response, ["Cookie"])
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        response.headers["Cache-Control"] = "no-store"
        return
    if response.status_code not in (200, 304):
        return
    if etag:
        response.headers["ETag"] = etag
    if request.user.is_authenticated:
        response.headers["Cache-Control"] = "no-store, private"
        return
    response.headers["Cache-Control"] = PUBLIC
    omit_remaining(response)
    allow_public_cache(response)
