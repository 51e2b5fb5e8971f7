"""What was in an upload is removed after its time; what became of it stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from importers.actions.ledger import locked, write_down
from importers.enums import BatchState
from importers.models import ImportBatch

# An upload is stored within seconds of its record; bytes that stand alone for so long were left by a process that died.
STRAY_AFTER = datetime.timedelta(days=1)
_UPLOADS = "uploads"
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
    for contents in (batch.chunks, batch.problems, batch.corrections, batch.packs):
        contents.all().delete()
    if batch.state in _PENDING:
        batch.state = BatchState.ABANDONED
    batch.forgotten_at = timezone.now()
    batch.title = {}
    batch.save()
    write_down(None, batch, "import.forget")


def remove_strays(*, dry_run: bool = False) -> int:
    """Remove files that no upload points to: their process was killed before the record of them; return how many."""
    storage = ImportBatch().original.storage
    strays = [name for folder in _folders(storage, _UPLOADS) for name in _strays(storage, folder)]
    if not dry_run:
        for name in strays:
            storage.delete(name)
    return len(strays)


def _folders(storage: Storage, folder: str) -> Iterator[str]:
    if storage.exists(folder):
        yield folder
        for inner in storage.listdir(folder)[0]:
            yield from _folders(storage, f"{folder}/{inner}")


def _strays(storage: Storage, folder: str) -> list[str]:
    """The files of one folder, which is a month's, that are old enough and belong to nobody."""
    names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
    owned = ImportBatch.objects.filter(original__startswith=f"{folder}/").values_list("original", flat=True)
    border = timezone.now() - STRAY_AFTER
    return [name for name in sorted(names.difference(owned)) if storage.get_modified_time(name) < border]
