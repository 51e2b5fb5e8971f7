"""Cursor paging for every list of the API: pages by key, no count, links in the body and in the ``Link`` header."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from cms.core import paging
from cms.core.paging import Page, keyset_page

# The highest value of a key column that is a primary key.
TOP_KEY = 2**63 - 1
TOP_TIME = "9999-12-31T00:00:00Z"
TOP_UUID = "ffffffff-ffff-ffff-ffff-ffffffffffff"


@dataclass(frozen=True)
class Ordering:
    """Columns of an order, the last of them unique.

    ``top`` holds a value beyond every row's for each column; an order that has it is read from its end (descending).
    """

    fields: tuple[str, ...]
    top: tuple[Any, ...] = ()

    @property
    def top_cursor(self) -> str:
        """Return the cursor from which the whole list lies before."""
        return base64.urlsafe_b64encode(json.dumps(self.top).encode()).decode().rstrip("=")


def invalid(field: str, code: str, message: str) -> ValidationError:
    """Return the refusal of one query parameter."""
    return ValidationError({field: [ErrorDetail(message, code)]})


def whole_number(request: Request, name: str, default: int, *, lowest: int, highest: int) -> int:
    """Return a query parameter that is a whole number between two others; raises ValidationError."""
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 19 and lowest <= int(text) <= highest):
        message = _("Give a whole number from %(lowest)s to %(highest)s.") % {"lowest": lowest, "highest": highest}
        raise invalid(name, "out_of_range", message)
    return int(text)


def chosen_ordering(request: Request, orderings: Mapping[str, Ordering]) -> Ordering:
    """Return the order that ``?ordering=`` names, the first of the view's when it names none."""
    name = request.query_params.get("ordering") or next(iter(orderings))
    if name not in orderings:
        message = _("Unknown order. Known ones: %(known)s.") % {"known": ", ".join(orderings)}
        raise invalid("ordering", "unknown_ordering", message)
    return orderings[name]


def cursor_bound(request: Request) -> dict[str, int]:
    """Return what the cursor says of the first column of an order when that is a key: ``{"pk__gte": 95}``, or {}."""
    query = request.query_params
    return paging.cursor_bound(query.get("after", ""), query.get("before", ""))


def page_response(
    request: Request, data: Any, *, next_url: str | None, previous_url: str | None, **more: Any
) -> Response:
    """Return a page of results with its neighbours' addresses, in the body and in the ``Link`` header (RFC 8288)."""
    links = [f'<{url}>; rel="{rel}"' for rel, url in (("next", next_url), ("prev", previous_url)) if url]
    headers = {"Link": ", ".join(links)} if links else None
    return Response(more | {"next": next_url, "previous": previous_url, "results": data}, headers=headers)


def slice_response(request: Request, rows: Sequence[Any], offset: int, size: int, write: Any, **more: Any) -> Response:
    """Return a page of a list that is made anew each time, walked by ``offset``; ``write`` gives its rows as JSON."""

    def at(place: int) -> str:
        return str(replace_query_param(request.build_absolute_uri(), "offset", place))

    return page_response(
        request, write(rows[offset : offset + size]),
        next_url=at(offset + size) if offset + size < len(rows) else None,
        previous_url=at(max(0, offset - size)) if offset else None, **more,
    )  # fmt: skip


def page_schema(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the OpenAPI schema of a page of results."""
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": [*more, "next", "previous", "results"],
        "properties": {
            **more,
            "next": {**link, "description": "Address of the next page; null on the last."},
            "previous": {**link, "description": "Address of the page before; null on the first."},
            "results": schema,
        },
    }


def integer_parameter(name: str, description: str, **limits: Any) -> dict[str, Any]:
    """Return the OpenAPI entry of a whole number in the query."""
    return _parameter(name, description, {"type": "integer", **limits})


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


class KeysetPagination(BasePagination):
    """Pages by key over the view's ``orderings``; every page costs what the first does."""

    page_size = 50
    max_page_size = 100
    parameter_names = frozenset({"after", "before", "page_size", "ordering"})

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page that the query asks for; raises ValidationError or BadCursor."""
        ordering = chosen_ordering(request, view.orderings)
        return self.read(partial(read_page, queryset, ordering), request).rows

    def read(self, read: Callable[[int, str, str], Page[Any]], request: Request) -> Page[Any]:
        """Return the page that the query asks for, read by its size and the cursors after and before it."""
        self.request = request
        size = whole_number(request, "page_size", self.page_size, lowest=1, highest=self.max_page_size)
        after, before = request.query_params.get("after", ""), request.query_params.get("before", "")
        if after and before:
            raise invalid("before", "after_and_before", _("Give after or before, not both."))
        page = read(size, after, before)
        self.next_url = self._link("after", page.next)
        self.previous_url = self._link("before", page.previous)
        return page

    def _link(self, name: str, cursor: str | None) -> str | None:
        if not cursor:
            return None
        url = self.request.build_absolute_uri()
        for other in ("after", "before"):
            url = remove_query_param(url, other)
        return str(replace_query_param(url, name, cursor))

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with its links."""
        return page_response(self.request, data, next_url=self.next_url, previous_url=self.previous_url)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the OpenAPI schema of the page."""
        return page_schema(schema)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the paging and ordering parameters for OpenAPI."""
        return [
            *self.paging_parameters(),
            _parameter("ordering", "Order of the list; `-` is descending.", _choice(view.orderings)),
        ]

    def paging_parameters(self) -> list[dict[str, Any]]:
        """Return the entries of what chooses a page."""
        cursor = {"type": "string"}
        return [
            _parameter("after", "Cursor of the next page, as found in `next`.", cursor),
            _parameter("before", "Cursor of the previous page, as found in `previous`.", cursor),
            integer_parameter(
                "page_size", "Rows a page.", minimum=1, maximum=self.max_page_size, default=self.page_size
            ),
        ]


class GivenPages(KeysetPagination):
    """Pages by key of a list that has one order, which whoever keeps the list reads."""

    parameter_names = frozenset({"after", "before", "page_size"})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the paging parameters for OpenAPI."""
        return self.paging_parameters()


def _choice(orderings: Mapping[str, Ordering]) -> dict[str, Any]:
    return {"type": "string", "enum": list(orderings), "default": next(iter(orderings))}


def read_page(queryset: QuerySet[Any], ordering: Ordering, size: int, after: str, before: str) -> Page[Any]:
    """Read one page; raises BadCursor."""
    if ordering.top:
        return _read_from_end(queryset, ordering, size, after, before)
    return keyset_page(queryset, order=ordering.fields, size=size, after=after, before=before)


def _read_from_end(queryset: QuerySet[Any], ordering: Ordering, size: int, after: str, before: str) -> Page[Any]:
    """Read a descending page: the ascending list, walked from its end."""
    first = not (after or before)
    end = ordering.top_cursor if first else after
    page = keyset_page(queryset, order=ordering.fields, size=size, after=before, before=end)
    return Page(page.rows[::-1], next=page.previous, previous=None if first else page.next)
