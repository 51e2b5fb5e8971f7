"""What the actions share: the locked upload, and its line in the ledger."""

from __future__ import annotations

from typing import Any

from cms.audit.actions import record
from cms.users.models import User
from importers.models import ImportBatch


def locked(batch: ImportBatch) -> ImportBatch:
    """Return the upload as it is now, locked until the transaction ends."""
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("agency", "by").get(pk=batch.pk)


def write_down(by: User | None, batch: ImportBatch, action: str, **more: Any) -> None:
    """Record an act on the upload, with what it is and how it stands."""
    facts = {
        "file": batch.file_name, "size": batch.size, "sha256": batch.sha256, "state": batch.state,
        "verdict": batch.verdict, "on_behalf": batch.on_behalf, "counts": batch.counts,
        "upload_kind": batch.kind,
    }  # fmt: skip
    record(by=by, action=action, subject=batch, agency_code=batch.agency.code, after=facts | more)
