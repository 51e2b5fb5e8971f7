"""Writing checked results."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cms.assignments import actions as work_actions
from cms.assignments.actions import ChangedWork, NewWork
from cms.users.models import User
from importers.batches.previews import rows_of
from importers.enums import MissingItems, RowClass
from importers.kinds.contract import Base
from importers.kinds.results.check.context import ROW_FIELDS
from importers.models import ImportBatch, ImportRow

WORK_FIELDS = tuple(name for name in ROW_FIELDS if name != "documents")
_DAYS = frozenset(("given_on", "due_on", "done_on"))
_QUANTITIES = frozenset(("assigned", "completed"))
_READ = _DAYS | _QUANTITIES


def store(*, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> None:
    """Write the stored rows that are new or changed; what the file does not have stays as it is."""
    if not batch.changes_anything(missing):
        return
    new = [_new(row) for row in rows_of(batch, RowClass.NEW)]
    changed = [_changed(row) for row in rows_of(batch, RowClass.CHANGED)]
    source = {"file": batch.file_name, "sha256": batch.sha256}
    work_actions.write_work(by=by, agency=batch.agency, new=new, changed=changed, source=source)


def _new(row: ImportRow) -> NewWork:
    return NewWork(
        identity=row.identity, posting=_posting(row.values["posting"]), item=row.values["item_key"],
        values=read_values(row.values), documents=row.values["documents"],
    )  # fmt: skip


# A file speaks of few postings, and often.
_posting = lru_cache(maxsize=10_000)(uuid.UUID)


def _changed(row: ImportRow) -> ChangedWork:
    before, after = changes_of(row)
    was, now = row.changes.get("documents", ((), ()))
    return ChangedWork(
        identity=row.identity, before=before, after=after, documents=[number for number in now if number not in was]
    )  # fmt: skip


def changes_of(row: ImportRow) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a changed row wrote over, with the state that it found, and what it wrote."""
    changes = {name: pair for name, pair in row.changes.items() if name != "documents"}
    before = {name: read_value(name, was) for name, (was, _now) in changes.items()}
    after = {name: read_value(name, now) for name, (_was, now) in changes.items()}
    return {"state": row.values["state"]} | before, after


def read_values(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the stored fields of a row as work holds them: JSON's text is a day or a number again."""
    values = {name: stored[name] for name in WORK_FIELDS}
    return values | {name: read_value(name, values[name]) for name in _READ}


def read_value(name: str, value: Any) -> Any:
    """Return one stored field as work holds it."""
    if name in _DAYS:
        return datetime.date.fromisoformat(value) if value else None
    return Decimal(value) if name in _QUANTITIES else value
