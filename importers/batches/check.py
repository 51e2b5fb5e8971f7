"""From the stored bytes of an upload to its stored preview: read, mend, check against the base, keep what was found."""

from __future__ import annotations

import pathlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from cms.core.bulk import insert_rows
from importers.batches import packing
from importers.batches import stamps as returned
from importers.batches.progress import ProgressReporter, Step
from importers.checking.contract import Chunk, Findings, Order, StoredProblem
from importers.checking.headings import header_key
from importers.checking.mending import Place
from importers.checking.process import judge_in_child
from importers.enums import BatchState, Verdict
from importers.kinds import KINDS, kind_of
from importers.kinds.contract import Base
from importers.limits import limits
from importers.mappings.layouts import layouts_for
from importers.mappings.models import ColumnMapping
from importers.models import ImportBatch, ImportChunk, ImportProblem
from importers.workbooks.book import OWN_SHEETS


def judge(batch: ImportBatch, base: Base, report: ProgressReporter) -> Findings:
    """Have the batch's bytes read and checked by child processes, with the cells mended in the browser put in.

    ``tell`` hears how far that has come. A file that cannot be read is a verdict too.
    """

    kind = kind_of(batch)
    matchers: dict[str, int] = {}

    def order() -> Order:
        matchers.update(ColumnMapping.objects.used_for(batch.agency, kind.code).matchers())
        context = kind.context_for(batch.agency, base, limits(), layouts_for(batch.agency, kind), by=batch.by)
        return Order(
            kind.code, batch.agency.code, kind.check, context, corrections(batch),
            OWN_SHEETS | kind.template_sheets, frozenset(KINDS),
        )  # fmt: skip

    report(Step.READING)
    with local_copy(batch) as path:
        findings = judge_in_child(path, name=batch.file_name, limits=limits(), order=order, report=report)
    report(Step.STORING)
    findings.matched_by = _who_matched(findings, matchers)
    returned.report_stamp(findings, kind=kind, agency=batch.agency, base=base)
    return findings


def _who_matched(findings: Findings, matchers: dict[str, int]) -> set[int]:
    """Everybody who matched any, where a heading of the file is not found again among those that were matched."""
    headings = {header_key(heading) for heading, _ours in findings.mapped}
    used = headings if headings <= matchers.keys() else matchers.keys()
    return {matchers[heading] for heading in used}


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
def store(batch: ImportBatch, base: Base, findings: Findings) -> ImportBatch:
    """Keep the verdict with every row and problem, in place of an earlier one. A batch dropped meanwhile stays so."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("agency", "by").get(pk=batch.pk)
    if batch.state != BatchState.CHECKING:
        return batch
    batch.chunks.all().delete()
    batch.problems.all().delete()
    insert_rows(ImportChunk, ("batch", *Chunk._fields), ((batch.pk, *chunk) for chunk in findings.chunks))
    problems = ((batch.pk, position, *each) for position, each in enumerate(findings.problems))
    insert_rows(ImportProblem, ("batch", "position", *StoredProblem._fields), problems)
    packing.keep_packed(batch, packing.CELLS, findings.cells)
    if findings.headings:
        packing.keep_packed(batch, packing.HEADINGS, findings.headings)
    else:
        packing.drop(batch, packing.HEADINGS)
    batch.error_count, batch.warning_count, batch.note_count = map(findings.count, ("error", "warning", "note"))
    batch.state = BatchState.REFUSED if batch.error_count else BatchState.PREVIEWED
    batch.verdict = Verdict(findings.verdict)
    batch.sheets, batch.layout = findings.sheets, findings.layout
    batch.mapped = [list(pair) for pair in findings.mapped]
    batch.matched_by.set(findings.matched_by)
    batch.template = findings.template
    batch.row_count, batch.counts, batch.title = findings.rows, findings.counts, findings.title
    batch.base_edition = base.edition
    batch.checked_at = timezone.now()
    batch.save()
    kind_of(batch).keep_base(batch, base)
    return batch
