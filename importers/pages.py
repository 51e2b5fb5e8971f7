"""Pages of uploads by key, the latest first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from importers.models import ImportBatch


@dataclass(frozen=True)
class BatchesPage:
    """Uploads of one page, and the key of the page of older ones (empty where there is none)."""

    rows: list[ImportBatch]
    older: str
    is_first: bool


def batches_page(batches: QuerySet[ImportBatch], older: str, size: int) -> BatchesPage:
    """Return the ``size`` latest uploads that are older than the key; a key from elsewhere gives the first page."""
    key = _read(older)
    if key:
        at, pk = key
        batches = batches.filter(Q(at__lte=at), Q(at__lt=at) | Q(id__lt=pk))
    rows = list(batches.order_by("-at", "-id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return BatchesPage(rows, f"{rows[-1].at.isoformat()}~{rows[-1].pk.hex}" if more else "", key is None)


def _read(older: str) -> tuple[object, uuid.UUID] | None:
    at, _, pk = older.partition("~")
    try:
        moment = parse_datetime(at)
        return (moment, uuid.UUID(pk)) if moment and moment.tzinfo else None
    except ValueError:
        return None
