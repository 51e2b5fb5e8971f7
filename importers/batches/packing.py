"""Packs of an upload: many small values that are only ever needed together, as one compressed JSON."""

from __future__ import annotations

from typing import Any

from importers.checking.packs import pack, unpack
from importers.models import ImportBatch, ImportPack

# The cells of rows that somebody may want to mend: {"tables": {sheet: {column number: heading}},
# "rows": {sheet: {row number: [text of column 1, ...]}}}.
CELLS = "cells"
# The first rows of a file in which columns may be matched (``importers.checking.outline``).
HEADINGS = "headings"
# What a commit is about to write over, for the undo; what is in it is the kind's own affair.
BEFORE = "before"


def keep(batch: ImportBatch, name: str, value: Any) -> None:
    """Keep a pack, in place of an earlier one of this name."""
    keep_packed(batch, name, pack(value))


def keep_packed(batch: ImportBatch, name: str, packed: bytes) -> None:
    """Keep what is packed already."""
    ImportPack.objects.update_or_create(batch=batch, name=name, defaults={"packed": packed})


def drop(batch: ImportBatch, name: str) -> None:
    """Keep a pack of this name no longer."""
    batch.packs.filter(name=name).delete()


def stored(batch: ImportBatch, name: str) -> Any:
    """Return a pack, or None where there is none."""
    found = batch.packs.filter(name=name).first()
    return unpack(bytes(found.packed)) if found else None
