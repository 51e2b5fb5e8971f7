"""The kinds of upload that there are. A new one is a module here, its sources in ``importers/sources``, and a line."""

from __future__ import annotations

from importers.kinds.catalog import CATALOG
from importers.kinds.contract import Kind
from importers.kinds.officers import OFFICERS
from importers.models import ImportBatch

KINDS: dict[str, Kind] = {kind.code: kind for kind in (CATALOG, OFFICERS)}
KIND_CHOICES = [(code, kind.words.name) for code, kind in KINDS.items()]


def kind_of(batch: ImportBatch) -> Kind:
    """Return the kind of an upload."""
    return KINDS[batch.kind]
