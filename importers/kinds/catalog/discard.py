"""Taking a whole draft away, with what was uploaded into it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cms.catalogs.models import CatalogVersion
from cms.users.models import User
from importers.actions.ledger import write_down
from importers.enums import BatchState
from importers.kinds.catalog.undo import take_away
from importers.models import ImportBatch


@transaction.atomic
def discard_version(*, by: User, version: CatalogVersion) -> None:
    """Take away a draft; uploads that were written into it are taken back with it.

    Raises NotAllowed, and WrongState once it was submitted or somebody remarked on it.
    """
    written = ImportBatch.objects.filter(catalog__committed_to=version, state=BatchState.COMMITTED)
    for batch in written.select_related("agency"):
        batch.state, batch.undone_by, batch.undone_at = BatchState.UNDONE, by, timezone.now()
        numbers = dict.fromkeys(("removed", "restored", "returned"), 0) | {"discarded": version.number}
        batch.undo_result = numbers | {"kept_count": 0, "kept": []}
        batch.save(update_fields=["state", "undone_by", "undone_at", "undo_result"])
        write_down(by, batch, "import.undo", **numbers)
    take_away(by=by, version=version)
