"""What was in an upload is removed after its time; what became of it stays."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from importers.actions.ledger import locked, write_down
from importers.enums import BatchState
from importers.models import ImportBatch

_PENDING = (BatchState.REFUSED, BatchState.PREVIEWED, BatchState.STALE)


def forget(batch: ImportBatch) -> ImportBatch:
    """Remove the original bytes, the parsed rows, the problems and the corrections; nobody's act, but in the ledger.

    The file goes after the rows, so that whoever is interrupted finds it again and ends the work.
    """
    with transaction.atomic():
        batch = locked(batch)
        if not batch.is_forgotten:
            _remove_contents(batch)
    if batch.original:
        batch.original.delete(save=False)
        ImportBatch.objects.filter(pk=batch.pk).update(original="")
    return batch


def _remove_contents(batch: ImportBatch) -> None:
    for contents in (batch.rows, batch.problems, batch.corrections, batch.packs):
        contents.all().delete()
    if batch.state in _PENDING:
        batch.state = BatchState.ABANDONED
    batch.forgotten_at = timezone.now()
    batch.title = {}
    batch.save()
    write_down(None, batch, "import.forget")
