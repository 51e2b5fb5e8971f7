"""An upload comes in and is checked."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.audit.actions import record
from cms.catalogs.permissions import require
from cms.core.errors import DomainError, WrongState
from cms.core.periods import read_period
from cms.core.stored_files import sha256_of, stored_name
from cms.organisations.models import Agency
from cms.users.models import User
from importers.actions.ledger import locked, write_down
from importers.batches.check import judge, store
from importers.batches.notices import notify_if_long
from importers.batches.progress import ProgressReporter, forget
from importers.checking.contract import Findings
from importers.checking.findings import findings_of
from importers.checking.verdict import Verdict
from importers.enums import BatchState
from importers.errors import NotStored, PeriodNeeded
from importers.kinds import KINDS, USUAL, kind_of
from importers.kinds.contract import Base
from importers.limits import limits
from importers.models import CHECK_PATIENCE, ImportBatch
from importers.permissions import acts_on_behalf, can_commit, can_upload
from importers.problems import error

logger = logging.getLogger(__name__)


def upload(
    *,
    by: User,
    agency: Agency,
    file: File[bytes],
    name: str,
    kind: str = USUAL,
    period: str = "",
    via: str = "browser",
    wait: bool = False,
    after_commit: bool = False,
) -> ImportBatch:
    """Keep the bytes of one upload and have them checked: at once when it is small or with ``wait``, else by a task.

    ``kind`` is a key of ``importers.kinds.KINDS``; ``period`` the code of the period that the file is of, for a kind
    that has such. A caller inside a transaction says ``after_commit``: nobody else is to wait for its locks while a
    file is being read.

    Raises NotAllowed, PeriodNeeded, WrongState while another file of the agency is being checked, or NotStored where
    the server could not store the bytes. A file over the size limit is refused unread. Every attempt is in the ledger,
    whatever becomes of it (the import contract, promise 8).
    """
    name = stored_name(name)
    batch = ImportBatch(
        by=by, agency=agency, kind=kind, period=period, file_name=name, size=file.size,
        on_behalf=acts_on_behalf(by, agency),
    )  # fmt: skip
    try:
        require(can_upload(by, agency, kind))
        _require_period(kind, period)
        _require_turn(agency)
        if file.size > limits().file_bytes:
            return refuse_unread(
                by=by, agency=agency, name=name, size=file.size, kind=kind, period=period, via=via
            )  # fmt: skip
        _receive(batch, file, via)
    except DomainError as refusal:
        seen = {"file": name, "sha256": batch.sha256, "verdict": "reject", "code": refusal.code, "via": via}
        record(by=by, action="import.refuse", subject=agency, agency_code=agency.code, after=seen)
        raise
    if wait or (_is_small(batch) and not after_commit):
        return check_batch(batch)
    _check_after_commit(batch)
    batch.refresh_from_db()
    return batch


def _require_period(kind: str, period: str) -> None:
    if not KINDS[kind].has_period:
        if period:
            raise PeriodNeeded(_("Files of this kind are of no period."))
    elif read_period(period) is None:
        raise PeriodNeeded(_("Say of which period the file is: a month such as 2026-07, or 2026-Q3, 2026-H1, 2026."))


def _is_small(batch: ImportBatch) -> bool:
    return batch.size <= settings.THUOCDO_IMPORT_AT_ONCE_KIB * 1024


def _require_turn(agency: Agency) -> None:
    """One file of an agency at a time, so that nobody's uploads crowd out the others' (security, T15)."""
    if ImportBatch.objects.filter(agency=agency).being_checked().exists():
        raise WrongState(_("Another file of this agency is being checked. Wait until that is done."))


def _receive(batch: ImportBatch, file: File[bytes], via: str) -> None:
    """Keep the bytes and the record of them, or neither."""
    storage = batch.original.storage
    # The name in the storage is ours: nothing of what the person typed reaches the file system.
    name = batch.original.field.generate_filename(batch, batch.pk.hex)
    try:
        batch.sha256 = sha256_of(file)
        batch.original = storage.save(name, file)
    except OSError as failure:
        storage.delete(name)
        logger.exception("upload %s could not be stored", batch.pk)
        message = _("The server could not keep the file: its disk is full or fails. Tell the administrator.")
        raise NotStored(message) from failure
    try:
        _note(batch, via)
    except BaseException:
        # A COMMIT that breaks off may have gone through. Who cannot know leaves the bytes to ``remove_strays``.
        with suppress(DatabaseError):
            if not ImportBatch.objects.filter(pk=batch.pk).exists():
                storage.delete(name)
        raise


@transaction.atomic
def _note(batch: ImportBatch, via: str) -> None:
    # Two files that come at the same moment wait for each other here, and the second is told so.
    Agency.objects.select_for_update(no_key=True).get(pk=batch.agency_id)
    _require_turn(batch.agency)
    batch.save(force_insert=True)
    write_down(batch.by, batch, "import.upload", via=via)


@transaction.atomic
def refuse_unread(
    *, by: User, agency: Agency, name: str, size: int, kind: str = USUAL, period: str = "", via: str = "browser"
) -> ImportBatch:
    """Refuse a file over the size limit without reading or keeping a byte of it."""
    require(can_upload(by, agency, kind))
    batch = ImportBatch(
        by=by, agency=agency, kind=kind, period=period, file_name=stored_name(name), size=size,
        on_behalf=acts_on_behalf(by, agency),
    )  # fmt: skip
    batch.save(force_insert=True)
    problem = error("file_too_large", limit=limits().file_bytes // (1024 * 1024))
    batch = store(batch, Base(), findings_of(Verdict(problems=[problem])))
    write_down(by, batch, "import.check", via=via)
    return batch


def turn_away(*, by: User, size: int, via: str) -> None:
    """Write down that a body was turned away unread: it was over the limit, and for which agency stands inside it."""
    seen = {"size": size, "verdict": "reject", "code": "file_too_large", "via": via}
    record(by=by, action="import.refuse", subject=by, after=seen)


@task(backend="background")
def check_upload(batch_id: str) -> None:
    """Check one upload in the background: at once or by a worker, as the settings say."""
    batch = check_batch(ImportBatch.objects.select_related("agency", "by").get(pk=batch_id))
    notify_if_long(batch, batch.by, batch.queued_at)


def check_batch(batch: ImportBatch) -> ImportBatch:
    """Read and check the stored bytes, and keep the preview. Always ends in a verdict, even when the check breaks."""
    base = kind_of(batch).base(batch.agency, batch.period)
    try:
        return _keep(batch, base, judge(batch, base, ProgressReporter(batch)))
    except Exception:
        logger.exception("the check of upload %s broke off", batch.pk)
        return _keep(batch, base, findings_of(Verdict(problems=[error("check_failed")])))


@transaction.atomic
def _keep(batch: ImportBatch, base: Base, findings: Findings) -> ImportBatch:
    now = locked(batch)
    if now.state != BatchState.CHECKING:
        # Dropped meanwhile, or checked by another worker: this check came to nothing.
        return now
    batch = store(batch, base, findings)
    write_down(batch.by, batch, "import.check")
    return batch


def queue(batch: ImportBatch) -> None:
    """Have a locked upload checked once more, as soon as the transaction is through: at once when it is small."""
    batch.state, batch.queued_at = BatchState.CHECKING, timezone.now()
    batch.save(update_fields=["state", "queued_at"])
    forget(batch)
    _check_after_commit(batch)


def _check_after_commit(batch: ImportBatch) -> None:
    start = check_upload.call if _is_small(batch) else check_upload.enqueue
    transaction.on_commit(partial(start, str(batch.pk)))


def check_again(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Check the same bytes again, against what the catalog is now."""
    with transaction.atomic():
        batch = locked(batch)
        require(can_commit(by, batch))
        waiting = batch.state == BatchState.CHECKING and batch.queued_at > timezone.now() - CHECK_PATIENCE
        if batch.state in (BatchState.COMMITTED, BatchState.UNDONE) or waiting or not batch.original:
            raise WrongState(_("This upload cannot be checked again. Upload the file anew."))
        queue(batch)
        write_down(by, batch, "import.check_again")
    batch.refresh_from_db()
    return batch
