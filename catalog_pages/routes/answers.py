"""How public pages answer: briefly cacheable for anonymous visitors, in pages by key, and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO, Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import http_date

from catalog_pages.exports import FORMAT
from cms.core.cached_files import cached_file, temporary_file
from cms.core.paging import BadCursor, Page, keyset_page
from cms.core.public_cache import allow_public_cache
from cms.core.table_files import MEDIA_TYPES, MOST_IN_A_SMALL_FILE, write_file
from cms.core.workbooks import ExportTable

ModelT = TypeVar("ModelT", bound=Model)

PAGE_SIZE = 50
MAX_AGE = 60
# Queries of these alone are kept on the server. Links of a page repeat its whole query, so that an address with
# anything else is an address of its own, of which there could be any number.
_CACHEABLE_PARAMETERS = frozenset({"q", "sau", "truoc", "loai", "khoi", "linh-vuc", "nhom"})


def cacheable(request: HttpRequest, response: Any) -> Any:
    """Let anonymous visitors keep a page for a minute, and ask afterwards whether it is still the same."""
    if getattr(request, "is_preview", False) or request.user.is_authenticated or response.status_code != 200:
        return response
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    if response.streaming:
        return response
    if hasattr(response, "render"):
        response.render()
    set_response_etag(response)
    if request.GET.keys() <= _CACHEABLE_PARAMETERS:
        allow_public_cache(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def page_of_rows(request: HttpRequest, rows: QuerySet[ModelT], order: Sequence[str]) -> Page[ModelT]:
    """Return the page of rows that the address asks for (``sau`` or ``truoc`` a row); Http404 for a made-up place."""
    after, before = request.GET.get("sau", ""), request.GET.get("truoc", "")
    try:
        return keyset_page(rows, order=order, size=PAGE_SIZE, after=after, before=before)
    except (BadCursor, ValueError) as problem:
        raise Http404 from problem


def file_answer(
    request: HttpRequest,
    make_tables: Callable[[], Sequence[ExportTable]],
    *,
    kind: str,
    name: str,
    contents: str,
    changed: datetime,
    rows: int | None = None,
) -> HttpResponseBase:
    """Return the first table as csv, or all as xlsx; nothing is read when the visitor already has these contents.

    ``contents`` is the hash of what the tables hold, ``changed`` when they last changed. ``rows`` is about how many
    rows there are in what everybody may read: it is made once (``cached_file``, which raises Busy). Http404 for a kind
    of file that is not made.
    """
    if kind not in MEDIA_TYPES:
        raise Http404
    etag = f'"{contents}-{FORMAT}-{kind}"'
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(changed.timestamp()))
    if unchanged is not None:
        return unchanged

    def make(file: IO[bytes]) -> None:
        # Files are one and the same whatever the language of the page that leads to them.
        with translation.override(settings.LANGUAGE_CODE):
            write_file(kind, make_tables(), file, title=name, is_long=(rows or 0) > MOST_IN_A_SMALL_FILE)

    if rows is None:
        file = temporary_file(make)
    else:
        file = cached_file(f"page {request.get_host()} {name} {etag}", make, slot=slot_for(request, rows))
    answer = FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=MEDIA_TYPES[kind])
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(changed.timestamp())
    return answer


def slot_for(request: HttpRequest, rows: int) -> str:
    """Return the slot in which a file of so many rows is made; people at work need none."""
    if request.user.is_authenticated:
        return ""
    return "large" if rows > MOST_IN_A_SMALL_FILE else "small"


def query_without_place(request: HttpRequest) -> str:
    """Return the address's query without the place in the list, so that a link can put another there."""
    query = request.GET.copy()
    for name in ("sau", "truoc"):
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""
