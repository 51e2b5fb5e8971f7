"""From the stored bytes of an upload to its stored preview: read, check against the base, keep rows and problems."""

from __future__ import annotations

import pathlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CONTENT_FIELDS, Catalog, CatalogItem, CatalogRound, CatalogVersion
from cms.organisations.models import Agency
from importers.enums import BatchState, RowClass, Verdict
from importers.models import ImportBatch, ImportProblem, ImportRow
from importers.problems import FileRefused, Problem
from importers.sheets import Limits, read
from importers.sources.catalog import check as catalog_check
from importers.sources.catalog import verdict as found
from importers.sources.catalog.verdict import BaseItem, Context

_CHUNK = 1000


@dataclass(frozen=True)
class Base:
    """What a file is compared with: the open version, else the last decided one, else nothing; and its edition then."""

    version: CatalogVersion | None = None

    @property
    def edition(self) -> int:
        """Return the count of writes at the moment of looking."""
        return self.version.edition if self.version else 0

    def is_that_of(self, batch: ImportBatch) -> bool:
        """Return whether the batch was previewed against just this."""
        return (self.version and self.version.pk, self.edition) == (batch.base_id, batch.base_edition)


def limits() -> Limits:
    """Return how much of a file is looked at (the setting THUOCDO_IMPORT_LIMITS overrides single figures)."""
    return Limits(**getattr(settings, "THUOCDO_IMPORT_LIMITS", {}))


def base_of(agency: Agency) -> Base:
    """Return what a file for this agency is compared with now."""
    catalog = Catalog.objects.filter(agency=agency).first()
    if catalog is None:
        return Base()
    return Base(catalog_actions.working_version(catalog) or catalog.versions.frozen().order_by("-number").first())


def context_for(agency: Agency, base: Base) -> Context:
    """Return what the check must know of the version that the file is for."""
    version = base.version
    if version is None:
        start = CatalogRound.objects.filter(is_current=True).first() or CatalogRound()
        version = CatalogVersion(divisor=start.standard_score, frames=start.frames)
    return Context(
        standard_score=version.divisor,
        prefix=agency.item_prefix,
        max_group=version.max_group,
        group_frames=version.group_frames,
        base_items=_base_items(base),
        used_codes=_used_codes(agency),
        limits=limits(),
    )


def _base_items(base: Base) -> list[BaseItem]:
    if base.version is None:
        return []
    rows = base.version.items.order_by("position", "pk").values("identity", *CONTENT_FIELDS)
    return [BaseItem(**row) for row in rows]


def _used_codes(agency: Agency) -> frozenset[str]:
    """Codes with the agency's prefix in any version: once given, a code is never given to another item."""
    ours = CatalogItem.objects.filter(version__catalog__agency=agency, code__istartswith=f"{agency.item_prefix}.")
    return frozenset(ours.order_by().values_list("code", flat=True).distinct())


def judge(batch: ImportBatch, base: Base) -> found.Verdict:
    """Read the batch's bytes in a child process and check them. A file that cannot be read is a verdict too."""
    context = context_for(batch.agency, base)
    try:
        with _local_copy(batch) as path:
            workbook = read(path, name=batch.file_name, limits=context.limits)
    except FileRefused as refusal:
        return found.Verdict(problems=refusal.problems)
    return catalog_check.check(workbook, context)


@contextmanager
def _local_copy(batch: ImportBatch) -> Iterator[pathlib.Path]:
    """The bytes as a file of this machine, wherever the storage keeps them."""
    with tempfile.NamedTemporaryFile() as copy:
        with batch.original.open("rb") as original:
            shutil.copyfileobj(original, copy)
        copy.flush()
        yield pathlib.Path(copy.name)


@transaction.atomic
def store(batch: ImportBatch, base: Base, verdict: found.Verdict) -> ImportBatch:
    """Keep the verdict with every row and problem, in place of an earlier one. A batch dropped meanwhile stays so."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("agency", "by").get(pk=batch.pk)
    if batch.state != BatchState.CHECKING:
        return batch
    batch.rows.all().delete()
    batch.problems.all().delete()
    ImportRow.objects.bulk_create(_rows(batch, verdict), batch_size=_CHUNK)
    ImportProblem.objects.bulk_create(_problems(batch, verdict), batch_size=_CHUNK)
    batch.state = BatchState.REFUSED if verdict.errors else BatchState.PREVIEWED
    batch.verdict = Verdict(verdict.verdict)
    batch.sheets, batch.layout = [storable(name) for name in verdict.sheets], verdict.layout
    batch.row_count, batch.counts, batch.title = verdict.rows, verdict.counts, _title(verdict)
    batch.error_count, batch.warning_count = len(verdict.errors), len(verdict.warnings)
    batch.note_count = len(verdict.notes)
    batch.base, batch.base_edition = base.version, base.edition
    batch.checked_at = timezone.now()
    batch.save()
    return batch


def _rows(batch: ImportBatch, verdict: found.Verdict) -> Iterator[ImportRow]:
    """The rows of the file in its order, then what it does not have."""
    for position, item in enumerate(verdict.items):
        yield ImportRow(
            batch=batch, position=position, sheet=item.sheet[:255], row=item.row, change=item.change,
            identity=cast(uuid.UUID | None, item.identity), values=item.values, changes=item.changes,
        )  # fmt: skip
    for position, gone in enumerate(verdict.missing, start=len(verdict.items)):
        values = {name: getattr(gone, name) for name in CONTENT_FIELDS}
        yield ImportRow(
            batch=batch, position=position, change=RowClass.MISSING,
            identity=cast(uuid.UUID, gone.identity), values=values,
        )  # fmt: skip


def _problems(batch: ImportBatch, verdict: found.Verdict) -> Iterator[ImportProblem]:
    every: list[Problem | found.Note] = [*verdict.problems, *verdict.notes]
    for position, said in enumerate(every):
        severity = said.severity if isinstance(said, Problem) else "note"
        yield ImportProblem(
            batch=batch, position=position, severity=severity, code=said.code, sheet=storable(said.sheet)[:255],
            row=said.row, column=storable(said.column)[:255], value=storable(said.value)[:200],
            params={key: storable(value) for key, value in said.params.items()},
        )  # fmt: skip


def _title(verdict: found.Verdict) -> dict[str, Any]:
    if verdict.title is None:
        return {}
    score = verdict.title.standard_score
    return {"standard_unit": verdict.title.standard_unit, "standard_score": None if score is None else str(score)}


def storable(value: Any) -> Any:
    """Return text that every database takes: NUL and broken characters become the replacement character."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
