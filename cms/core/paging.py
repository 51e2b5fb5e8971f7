"""Pages by key, not by number: the thousandth page costs what the first does, and no row is counted.

One pager serves the admin, the public pages and the API.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from cms.core.errors import DomainError

# The longest values of a key, written down, are shorter.
_LONGEST_CURSOR = 8_000

_ModelT = TypeVar("_ModelT", bound=Model)
_RowT = TypeVar("_RowT")


class BadCursor(DomainError):
    """The cursor was not made by this list."""

    code = "bad_cursor"


@dataclass(frozen=True)
class Page(Generic[_RowT]):
    """Rows of one page in order, and the cursors of the pages around it (None where there is none)."""

    rows: list[_RowT]
    next: str | None
    previous: str | None


def keyset_page(
    queryset: QuerySet[_ModelT], *, order: Sequence[str], size: int, after: str = "", before: str = ""
) -> Page[_ModelT]:
    """Return the ``size`` rows after (or before) a cursor, in the ascending order of the fields.

    The last field must be unique, as a primary key is, and an index over all of them makes every page cheap. Raises
    ``BadCursor`` for a cursor from elsewhere.
    """

    def fetch(cursor: list[Any] | None, backwards: bool, count: int) -> list[_ModelT]:
        ordering = [F(name).desc() if backwards else F(name).asc() for name in order]
        return list(_beyond(queryset, order, cursor, backwards).order_by(*ordering)[:count])

    return page_beyond(fetch, order=order, size=size, after=after, before=before)


def page_beyond(
    fetch: Callable[[list[Any] | None, bool, int], list[_RowT]],
    *,
    order: Sequence[str],
    size: int,
    after: str = "",
    before: str = "",
) -> Page[_RowT]:
    """Return such a page of whatever ``fetch(cursor, backwards, count)`` gets: the next rows in walking order.

    The cursor holds the values of ``order``; None asks for the first rows.
    """
    backwards = bool(before)
    cursor = _decode(before or after, len(order))
    try:
        rows = fetch(cursor, backwards, size + 1)
    except (ValueError, TypeError, ArithmeticError, ValidationError, DataError) as mistake:
        raise _bad_cursor() from mistake
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
    return Page(
        rows,
        next=_encode(rows[-1], order) if rows and has_next else None,
        previous=_encode(rows[0], order) if rows and has_previous else None,
    )


def cursor_bound(after: str, before: str) -> dict[str, int]:
    """Return what cursors say of the first column of an order when that is a key: ``{"pk__gte": 95}``, or {}."""
    for cursor, lookup in ((after, "pk__gte"), (before, "pk__lte")):
        values = _read(cursor)
        if values and isinstance(values[0], int):
            return {lookup: values[0]}
    return {}


def _beyond(
    queryset: QuerySet[_ModelT], order: Sequence[str], cursor: list[Any] | None, backwards: bool
) -> QuerySet[_ModelT]:
    """Narrow to rows beyond the cursor: the first comparison lets the index seek, the second is exact."""
    if cursor is None:
        return queryset
    operator = "lt" if backwards else "gt"
    exact = Q()
    for depth, name in enumerate(order):
        equal = {order[index]: cursor[index] for index in range(depth)}
        exact |= Q(**equal, **{f"{name}__{operator}": cursor[depth]})
    return queryset.filter(Q(**{f"{order[0]}__{operator}e": cursor[0]}), exact)


def _encode(row: Any, order: Sequence[str]) -> str:
    values = json.dumps([_value(row, name) for name in order], separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(values.encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _decode(cursor: str, length: int) -> list[Any] | None:
    if not cursor:
        return None
    values = _read(cursor)
    if values is None or len(values) != length:
        raise _bad_cursor()
    return values


def _read(cursor: str) -> list[Any] | None:
    """Return the plain values that a cursor holds, or None where it is not one that a list could have made."""
    if len(cursor) > _LONGEST_CURSOR:
        return None
    try:
        # orjson refuses what is nested a thousand deep, single surrogates and NaN.
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return None
    return values if isinstance(values, list) and all(map(_is_plain, values)) else None


def _bad_cursor() -> BadCursor:
    return BadCursor(_("This page address is incomplete. Start again from the first page."))


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= 500 and "\x00" not in value
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
