"""The rows of a stored preview: pages of them for lists, all of them for a commit or an undo."""

from __future__ import annotations

import heapq
import uuid
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter

import orjson

from cms.core.paging import Page, page_beyond
from importers.enums import RowClass
from importers.models import ImportBatch, ImportChunk, ImportRow

_POSITION = attrgetter("position")


def rows_of(batch: ImportBatch, *changes: str) -> Iterator[ImportRow]:
    """Yield the rows of some classes, of all without any, in the order of the file; chunk by chunk."""
    return heapq.merge(*(_of_class(batch, change) for change in changes or RowClass.values), key=_POSITION)


def rows_page(batch: ImportBatch, change: str, *, size: int, after: str = "", before: str = "") -> Page[ImportRow]:
    """Return one page of the rows of a class, of all rows without one; raises BadCursor.

    Two chunks of a class are looked at, so ``size`` is at most what one holds.
    """
    changes = [change] if change else RowClass.values
    return page_beyond(partial(_beyond, batch, changes), order=("position",), size=size, after=after, before=before)


def _beyond(
    batch: ImportBatch, changes: Iterable[str], cursor: list[int] | None, backwards: bool, count: int
) -> list[ImportRow]:
    rows = (row for change in changes for row in _near(batch, change, cursor, backwards))
    if cursor is not None:
        place = cursor[0]
        rows = (row for row in rows if (row.position < place if backwards else row.position > place))
    return sorted(rows, key=_POSITION, reverse=backwards)[:count]


def _near(batch: ImportBatch, change: str, cursor: list[int] | None, backwards: bool) -> Iterator[ImportRow]:
    """The rows of the two chunks of a class that are next from a position on."""
    chunks = batch.chunks.filter(change=change).order_by("-first" if backwards else "first")
    if cursor is not None:
        chunks = chunks.filter(first__lt=cursor[0]) if backwards else chunks.filter(last__gt=cursor[0])
    for chunk in chunks[:2]:
        yield from _unpacked(chunk)


def _of_class(batch: ImportBatch, change: str) -> Iterator[ImportRow]:
    for chunk in batch.chunks.filter(change=change).order_by("first").iterator(chunk_size=10):
        yield from _unpacked(chunk)


def _unpacked(chunk: ImportChunk) -> Iterator[ImportRow]:
    stored = orjson.loads(zlib.decompress(chunk.packed))
    for position, row in zip(stored["positions"], stored["rows"], strict=True):
        yield ImportRow(
            position, chunk.change, row["sheet"], row["row"], uuid.UUID(row["identity"]), row["values"], row["changes"]
        )
