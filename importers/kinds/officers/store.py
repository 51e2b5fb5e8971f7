"""Writing a checked list of officers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cms.organisations import actions as staff_actions
from cms.organisations.actions import StaffRow
from cms.users.models import User
from importers.batches import packing
from importers.batches.previews import rows_of
from importers.enums import MissingItems, RowClass
from importers.kinds.contract import Base
from importers.kinds.officers.check.context import ROW_FIELDS
from importers.models import ImportBatch, ImportRow

_DAYS = ("valid_from", "valid_to")


def store(*, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> None:
    """Write the stored rows that are new or changed, and end today what the file does not have if that was chosen."""
    if not batch.changes_anything(missing):
        return
    today = timezone.localdate()
    packing.keep(batch, packing.BEFORE, {"ended_on": today})
    rows = [staff_row(row) for row in _rows(batch, RowClass.NEW, RowClass.CHANGED)]
    if missing == MissingItems.REMOVE:
        rows += [staff_row(row, valid_to=today) for row in _rows(batch, RowClass.MISSING)]
    source = {"file": batch.file_name, "sha256": batch.sha256}
    staff_actions.write_staff(by=by, agency=batch.agency, rows=rows, source=source)


def _rows(batch: ImportBatch, *kinds: RowClass) -> list[ImportRow]:
    return list(rows_of(batch, *kinds))


def staff_row(row: ImportRow, **changes: Any) -> StaffRow:
    """Return a stored row as the action takes it, with these values instead of its own."""
    return StaffRow(identity=row.identity, **(read_values(row.values) | changes))


def read_values(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the stored fields of a row as a posting holds them: JSON's text is a day again."""
    return {name: read_value(name, stored[name]) for name in ROW_FIELDS}


def read_value(name: str, value: Any) -> Any:
    """Return one stored field as a posting holds it."""
    return datetime.date.fromisoformat(value) if name in _DAYS and value else value
