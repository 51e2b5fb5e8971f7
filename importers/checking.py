"""From the stored bytes of an upload to its stored preview: read, mend, check against the base, keep what was found."""

from __future__ import annotations

import pathlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core.bulk import insert_rows
from importers import mending, packing, returned
from importers.enums import BatchState, RowClass, Verdict
from importers.kinds import kind_of
from importers.kinds.contract import Base
from importers.limits import limits
from importers.mappings.layouts import layouts_for
from importers.mending import Place
from importers.models import ImportBatch, ImportProblem, ImportRow
from importers.problems import FileRefused, Problem
from importers.progress import Step, Teller
from importers.sheets import read
from importers.sources import verdict as found
from importers.sources.outline import is_mendable, outline

# The columns of stored rows and problems, in the order in which they are written.
_ROW = ("batch", "position", "sheet", "row", "change", "identity", "values", "changes")
_PROBLEM = (
    "batch", "position", "severity", "code", "sheet", "row", "column", "column_number", "value", "params",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What a check came to, and what somebody may want to mend: cells, and columns that were not known."""

    verdict: found.Verdict
    cells: dict[str, Any] = field(default_factory=dict)
    # The first rows, where a person can say which column is which.
    headings: dict[str, Any] | None = None


def judge(batch: ImportBatch, base: Base, tell: Teller) -> Judged:
    """Read the batch's bytes in a child process and check them, with the cells mended in the browser put in.

    ``tell`` hears how far that has come. A file that cannot be read is a verdict too.
    """
    tell(Step.READING)
    try:
        with local_copy(batch) as path:
            workbook = read(path, name=batch.file_name, limits=limits())
    except FileRefused as refusal:
        return Judged(found.Verdict(problems=refusal.problems))
    mending.tidy(workbook)
    corrected = corrections(batch)
    mending.put_in(workbook, corrected)
    kind = kind_of(batch)
    layouts = layouts_for(batch.agency, kind)
    verdict = returned.check(workbook, kind=kind, agency=batch.agency, base=base, layouts=layouts, tell=tell)
    tell(Step.STORING)
    headings = outline(workbook, layouts) if verdict.mapped or is_mendable(verdict.problems) else None
    return Judged(verdict, mending.cells_to_mend(workbook, verdict, corrected), headings)


def corrections(batch: ImportBatch) -> dict[Place, str]:
    """Return the cells mended in the browser, the latest text of each."""
    rows = batch.corrections.order_by("pk").values_list("sheet", "row", "column_number", "value")
    return {(sheet, row, column): value for sheet, row, column, value in rows}


@contextmanager
def local_copy(batch: ImportBatch) -> Iterator[pathlib.Path]:
    """Give the bytes as a file of this machine, wherever the storage keeps them."""
    with tempfile.NamedTemporaryFile() as copy:
        with batch.original.open("rb") as original:
            shutil.copyfileobj(original, copy)
        copy.flush()
        yield pathlib.Path(copy.name)


@transaction.atomic
def store(batch: ImportBatch, base: Base, judged: Judged) -> ImportBatch:
    """Keep the verdict with every row and problem, in place of an earlier one. A batch dropped meanwhile stays so."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("agency", "by").get(pk=batch.pk)
    if batch.state != BatchState.CHECKING:
        return batch
    verdict = judged.verdict
    batch.rows.all().delete()
    batch.problems.all().delete()
    insert_rows(ImportRow, _ROW, _rows(batch, verdict))
    insert_rows(ImportProblem, _PROBLEM, _problems(batch, verdict))
    packing.keep(batch, packing.CELLS, judged.cells)
    if judged.headings:
        packing.keep(batch, packing.HEADINGS, judged.headings)
    else:
        packing.drop(batch, packing.HEADINGS)
    batch.state = BatchState.REFUSED if verdict.errors else BatchState.PREVIEWED
    batch.verdict = Verdict(verdict.verdict)
    batch.sheets, batch.layout = [storable(name) for name in verdict.sheets], verdict.layout
    batch.mapped = [[storable(heading), ours] for heading, ours in verdict.mapped]
    batch.template = verdict.template
    batch.row_count, batch.counts, batch.title = verdict.rows, verdict.counts, verdict.title
    batch.error_count, batch.warning_count = len(verdict.errors), len(verdict.warnings)
    batch.note_count = len(verdict.notes)
    batch.base, batch.base_edition = base.version, base.edition
    batch.checked_at = timezone.now()
    batch.save()
    return batch


def _rows(batch: ImportBatch, verdict: found.Verdict) -> Iterator[tuple[Any, ...]]:
    """The rows of the file in its order, then what it does not have. New rows are given their identity here."""
    for position, item in enumerate(verdict.items):
        identity = item.identity or uuid.uuid4()
        yield batch.pk, position, item.sheet[:255], item.row, item.change, identity, item.values, item.changes
    for position, gone in enumerate(verdict.missing, start=len(verdict.items)):
        yield batch.pk, position, "", None, RowClass.MISSING.value, gone.identity, gone.values(), {}


def _problems(batch: ImportBatch, verdict: found.Verdict) -> Iterator[tuple[Any, ...]]:
    every: list[Problem | found.Note] = [*verdict.problems, *verdict.notes]
    for position, said in enumerate(every):
        problem = said if isinstance(said, Problem) else None
        yield (
            batch.pk, position, problem.severity if problem else "note", said.code, storable(said.sheet)[:255],
            said.row, storable(said.column)[:255], problem.column_number if problem else 0,
            storable(said.value)[:200], {key: storable(value) for key, value in said.params.items()},
        )  # fmt: skip


def storable(value: Any) -> Any:
    """Return text that every database takes: NUL and broken characters become the replacement character."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
