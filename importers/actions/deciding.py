"""What was previewed is written, or dropped."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogs.errors import StaleEdition
from cms.catalogs.permissions import require
from cms.core.errors import WrongState
from cms.organisations.models import Agency
from cms.users.models import User
from importers.actions.correcting import corrections_summary
from importers.actions.ledger import locked, write_down
from importers.enums import BatchState, MissingItems
from importers.kinds import kind_of
from importers.models import ImportBatch
from importers.permissions import can_commit


def commit(*, by: User, batch: ImportBatch, missing: str = MissingItems.REMOVE, seen: str = "") -> ImportBatch:
    """Write what was previewed, from the stored rows, in one transaction; a second call changes nothing.

    ``missing`` says what becomes of items that the file does not have; ``seen`` is when the preview that the person
    looked at was made (ISO), so that a cell corrected by somebody else since is not written unseen.

    Raises NotAllowed, WrongState (refused, dropped, checked anew, or the version lies with somebody else), and
    StaleEdition when the catalog has moved since the preview, which then is marked as out of date. Source: the import
    contract, promises 1, 4 and 5; security, T14.
    """
    try:
        with transaction.atomic():
            return _commit(by, locked(batch), MissingItems(missing), seen)
    except StaleEdition:
        _mark_stale(by, batch)
        raise


def _commit(by: User, batch: ImportBatch, missing: MissingItems, seen: str) -> ImportBatch:
    require(can_commit(by, batch))
    if batch.state == BatchState.COMMITTED:
        return batch
    require_confirmable(batch, seen)
    # The agency's row stands even before its first catalog does: two first uploads wait for each other here.
    Agency.objects.select_for_update(no_key=True).get(pk=batch.agency_id)
    kind = kind_of(batch)
    base = kind.base(batch.agency, batch.period)
    if batch.is_expired or not kind.compares_with(batch, base):
        raise StaleEdition(str(kind.words.moved))
    missing = missing if kind.is_whole else MissingItems.KEEP
    number = kind.store(by=by, batch=batch, base=base, missing=missing)
    batch.state, batch.missing = BatchState.COMMITTED, missing
    batch.committed_by, batch.committed_at = by, timezone.now()
    batch.written_edition = kind.base(batch.agency, batch.period).edition
    batch.save()
    more = {"corrections": corrections} if (corrections := corrections_summary(batch)) else {}
    write_down(by, batch, "import.commit", version=number, missing=missing, **more)
    return batch


def require_confirmable(batch: ImportBatch, seen: str) -> None:
    """Raise unless the upload was previewed without errors, and as the person saw it (``seen``, when it was made)."""
    if batch.state == BatchState.STALE:
        raise StaleEdition(str(kind_of(batch).words.moved))
    if batch.state != BatchState.PREVIEWED or batch.error_count:
        raise WrongState(_("This upload cannot be confirmed: only a file without errors that was previewed can."))
    if seen and batch.checked_at and seen != batch.checked_at.isoformat():
        raise WrongState(_("The file was checked anew after you opened this page. Look at the preview once more."))


@transaction.atomic
def _mark_stale(by: User, batch: ImportBatch) -> None:
    batch = locked(batch)
    if batch.state == BatchState.PREVIEWED:
        batch.state = BatchState.STALE
        batch.save(update_fields=["state"])
        write_down(by, batch, "import.mark_stale")


@transaction.atomic
def abandon(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Drop an upload that was not written; its bytes and its preview stay on record."""
    batch = locked(batch)
    require(can_commit(by, batch))
    if batch.state in (BatchState.COMMITTED, BatchState.ABANDONED, BatchState.UNDONE):
        raise WrongState(_("This upload is already written or abandoned."))
    batch.state = BatchState.ABANDONED
    batch.save(update_fields=["state"])
    write_down(by, batch, "import.abandon")
    return batch
