"""Pages of uploads, the latest first, and of the lists of one upload: whoever shows them reads them here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from cms.core.paging import Page, keyset_page
from importers.batches.previews import rows_page
from importers.kinds import KINDS
from importers.models import ImportBatch, ImportBatchQuerySet, ImportCorrection, ImportProblem

__all__ = [
    "BatchesPage", "batches_page", "corrections_page", "problems", "problems_page", "rows_page", "with_targets",
]  # fmt: skip


def with_targets(batches: ImportBatchQuerySet) -> ImportBatchQuerySet:
    """Return uploads with whose they are, who sent them, and what each was compared with and written into."""
    return batches.select_related("agency", "by", *(path for kind in KINDS.values() for path in kind.related))


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


@dataclass(frozen=True)
class Only:
    """Problems alike: those with one code in one column."""

    code: str
    column: int

    def query(self) -> dict[str, Any]:
        """Return what of an address chooses them."""
        return {"code": self.code, "column": self.column}


def problems(batch: ImportBatch, severity: str, only: Only | None = None) -> QuerySet[ImportProblem]:
    """Return the errors, the warnings or the notes of an upload, or those of them alike, in the order of the file."""
    found = batch.problems.filter(severity=severity).order_by("position")
    return found.filter(code=only.code, column_number=only.column) if only else found


def problems_page(
    batch: ImportBatch, severity: str, only: Only | None = None, *, size: int, after: str = "", before: str = ""
) -> Page[ImportProblem]:
    """Return one page of the errors, the warnings or the notes of an upload; raises BadCursor."""
    found = problems(batch, severity, only)
    return keyset_page(found, order=("position",), size=size, after=after, before=before)


def corrections_page(batch: ImportBatch, *, size: int, after: str = "", before: str = "") -> Page[ImportCorrection]:
    """Return one page of the cells mended in an upload, the first ones first; raises BadCursor."""
    made = batch.corrections.select_related("by")
    return keyset_page(made, order=("id",), size=size, after=after, before=before)
