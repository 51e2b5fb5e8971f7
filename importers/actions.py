"""Writes of the way in: upload, check, commit, drop. Browser, command line and API all call these."""

from __future__ import annotations

import hashlib
import logging
from decimal import Decimal
from functools import partial
from typing import Any, Literal, cast

from django.core.files.base import File
from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages import actions as pages
from cms.audit.actions import record
from cms.catalogs import actions as catalog_actions
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogVersion
from cms.catalogs.permissions import require
from cms.core.errors import DomainError, WrongState
from cms.organisations.models import Agency
from cms.users.models import User
from importers.checking import Base, base_of, judge, limits, storable, store
from importers.enums import BatchState, MissingItems, RowClass
from importers.models import CHECK_PATIENCE, ImportBatch
from importers.permissions import acts_on_behalf, can_commit, can_upload
from importers.problems import error
from importers.sources.catalog.verdict import Verdict

logger = logging.getLogger(__name__)


def upload(
    *, by: User, agency: Agency, file: File[bytes], name: str, via: str = "browser", wait: bool = False
) -> ImportBatch:
    """Keep the bytes of one upload and have them checked: at once with ``wait``, else by a task.

    Raises NotAllowed, or WrongState while another file of the agency is being checked. A file over the size limit is
    refused unread. Every attempt is in the ledger, whatever becomes of it (the import contract, promise 8).
    """
    name = storable(name)[:255]
    try:
        require(can_upload(by, agency))
        _require_turn(agency)
    except DomainError as refusal:
        seen = {"file": name, "sha256": "", "verdict": "reject", "code": refusal.code, "via": via}
        record(by=by, action="import.refuse", subject=agency, agency_code=agency.code, after=seen)
        raise
    if file.size > limits().file_bytes:
        return refuse_unread(by=by, agency=agency, name=name, size=file.size, via=via)
    batch = _receive(by, agency, file, name, via)
    if wait:
        return check_batch(batch)
    transaction.on_commit(partial(check_upload.enqueue, str(batch.pk)))
    batch.refresh_from_db()
    return batch


def _require_turn(agency: Agency) -> None:
    """One file of an agency at a time, so that nobody's uploads crowd out the others' (security, T15)."""
    if ImportBatch.objects.filter(agency=agency).being_checked().exists():
        raise WrongState(_("Another file of this agency is being checked. Wait until that is done."))


@transaction.atomic
def _receive(by: User, agency: Agency, file: File[bytes], name: str, via: str) -> ImportBatch:
    batch = ImportBatch(by=by, agency=agency, file_name=name, size=file.size, on_behalf=acts_on_behalf(by, agency))
    batch.sha256 = _sha256(file)
    # The name in the storage is ours: nothing of what the person typed reaches the file system.
    batch.original.save(batch.pk.hex, file, save=False)
    try:
        batch.save(force_insert=True)
        _record(by, batch, "import.upload", via=via)
    except Exception:
        batch.original.delete(save=False)
        raise
    return batch


def _sha256(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def refuse_unread(*, by: User, agency: Agency, name: str, size: int, via: str = "browser") -> ImportBatch:
    """Refuse a file over the size limit without reading or keeping a byte of it."""
    require(can_upload(by, agency))
    batch = ImportBatch(by=by, agency=agency, file_name=name, size=size, on_behalf=acts_on_behalf(by, agency))
    batch.save(force_insert=True)
    problem = error("file_too_large", limit=limits().file_bytes // (1024 * 1024))
    batch = store(batch, Base(), Verdict(problems=[problem]))
    _record(by, batch, "import.check", via=via)
    return batch


@task()
def check_upload(batch_id: str) -> None:
    """Check one upload in the background: at once or by a worker, as the settings say."""
    check_batch(ImportBatch.objects.select_related("agency", "by").get(pk=batch_id))


def check_batch(batch: ImportBatch) -> ImportBatch:
    """Read and check the stored bytes, and keep the preview. Always ends in a verdict, even when the check breaks."""
    base = base_of(batch.agency)
    try:
        return _keep(batch, base, judge(batch, base))
    except Exception:
        logger.exception("the check of upload %s broke off", batch.pk)
        return _keep(batch, base, Verdict(problems=[error("check_failed")]))


@transaction.atomic
def _keep(batch: ImportBatch, base: Base, verdict: Verdict) -> ImportBatch:
    batch = store(batch, base, verdict)
    _record(batch.by, batch, "import.check")
    return batch


def check_again(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Check the same bytes again, against what the catalog is now."""
    with transaction.atomic():
        batch = _locked(batch)
        require(can_commit(by, batch))
        waiting = batch.state == BatchState.CHECKING and batch.queued_at > timezone.now() - CHECK_PATIENCE
        if batch.state == BatchState.COMMITTED or waiting or not batch.original:
            raise WrongState(_("This upload cannot be checked again. Upload the file anew."))
        batch.state, batch.queued_at = BatchState.CHECKING, timezone.now()
        batch.save(update_fields=["state", "queued_at"])
        _record(by, batch, "import.check_again")
        transaction.on_commit(partial(check_upload.enqueue, str(batch.pk)))
    batch.refresh_from_db()
    return batch


def commit(*, by: User, batch: ImportBatch, missing: str = MissingItems.REMOVE) -> ImportBatch:
    """Write what was previewed, from the stored rows, in one transaction; a second call changes nothing.

    ``missing`` says what becomes of items that the file does not have. Raises NotAllowed, WrongState (refused, dropped,
    or the version lies with somebody else), and StaleEdition when the catalog has moved since the preview, which then
    is marked as out of date. Source: the import contract, promises 1, 4 and 5; security, T14.
    """
    try:
        with transaction.atomic():
            return _commit(by, _locked(batch), MissingItems(missing))
    except StaleEdition:
        _mark_stale(by, batch)
        raise


def _commit(by: User, batch: ImportBatch, missing: MissingItems) -> ImportBatch:
    require(can_commit(by, batch))
    if batch.state == BatchState.COMMITTED:
        return batch
    _require_confirmable(batch)
    # The agency's row stands even before its first catalog does: two first uploads wait for each other here.
    Agency.objects.select_for_update(no_key=True).get(pk=batch.agency_id)
    base = base_of(batch.agency)
    if batch.is_expired or not base.is_that_of(batch):
        raise StaleEdition(_("The catalog has changed since this file was checked. Check the file again."))
    version = base.version
    if batch.changes_anything(missing):
        version = _write(by, batch, base, missing)
    batch.state, batch.missing = BatchState.COMMITTED, missing
    batch.committed_to, batch.committed_by, batch.committed_at = version, by, timezone.now()
    batch.save()
    _record(by, batch, "import.commit", version=version and version.number, missing=missing)
    return batch


def _require_confirmable(batch: ImportBatch) -> None:
    if batch.state == BatchState.STALE:
        raise StaleEdition(_("The catalog has changed since this file was checked. Check the file again."))
    if batch.state != BatchState.PREVIEWED or batch.error_count:
        raise WrongState(_("This upload cannot be confirmed: only a file without errors that was previewed can."))


def _write(by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> CatalogVersion:
    version = base.version
    if version is None or version.is_frozen:
        version = _start_version(by, batch)
    catalog_actions.write_rows(
        by=by, version=version, rows=_item_rows(batch), missing=_removal(missing), batch=batch.pk,
        edition=version.edition, source={"file": batch.file_name, "sha256": batch.sha256},
    )  # fmt: skip
    version.refresh_from_db()
    return version


def _removal(missing: MissingItems) -> Literal["remove", "keep"]:
    return "keep" if missing == MissingItems.KEEP else "remove"


def _start_version(by: User, batch: ImportBatch) -> CatalogVersion:
    page = pages.open_page(by=by, agency=batch.agency)
    version = catalog_actions.start_version(by=by, catalog=page.catalog)
    unit, score = batch.title.get("standard_unit"), batch.title.get("standard_score")
    consistent = score is None or Decimal(score) == version.standard_score
    if version.base is None and unit and consistent:
        version = catalog_actions.edit_details(by=by, version=version, standard_unit=unit[:300])
    return version


def _item_rows(batch: ImportBatch) -> list[catalog_actions.ItemRow]:
    """The stored parse as it was previewed: JSON's text is a Decimal again, and nothing of the file is read twice."""
    read = {name: cast(Field[Any, Any], CatalogItem._meta.get_field(name)).to_python for name in CONTENT_FIELDS}
    rows = batch.rows.exclude(change=RowClass.MISSING).order_by("position")
    return [
        catalog_actions.ItemRow(
            {name: read[name](value) for name, value in row.values.items()}, row.identity, row.sheet, row.row
        )
        for row in rows.iterator(chunk_size=2000)
    ]


@transaction.atomic
def _mark_stale(by: User, batch: ImportBatch) -> None:
    batch = _locked(batch)
    if batch.state == BatchState.PREVIEWED:
        batch.state = BatchState.STALE
        batch.save(update_fields=["state"])
        _record(by, batch, "import.stale")


@transaction.atomic
def abandon(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Drop an upload that was not written; its bytes and its preview stay on record."""
    batch = _locked(batch)
    require(can_commit(by, batch))
    if batch.state in (BatchState.COMMITTED, BatchState.ABANDONED):
        raise WrongState(_("This upload is already written or abandoned."))
    batch.state = BatchState.ABANDONED
    batch.save(update_fields=["state"])
    _record(by, batch, "import.abandon")
    return batch


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("agency", "by").get(pk=batch.pk)


def _record(by: User, batch: ImportBatch, action: str, **more: Any) -> None:
    facts = {
        "file": batch.file_name, "size": batch.size, "sha256": batch.sha256, "state": batch.state,
        "verdict": batch.verdict, "on_behalf": batch.on_behalf, "counts": batch.counts,
    }  # fmt: skip
    record(by=by, action=action, subject=batch, agency_code=batch.agency.code, after=facts | more)
