"""A person confirms: small uploads are written while they wait, large ones by a task; either way in one transaction."""

from __future__ import annotations

import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.catalogs.permissions import require
from cms.core.errors import DomainError
from cms.users.models import User
from importers.actions.deciding import commit, require_confirmable
from importers.actions.ledger import locked
from importers.batches.notices import notify_if_long
from importers.enums import BatchState, MissingItems
from importers.models import ImportBatch
from importers.permissions import can_commit

logger = logging.getLogger(__name__)


def confirm(*, by: User, batch: ImportBatch, missing: str = MissingItems.REMOVE, seen: str = "") -> ImportBatch:
    """Have what was previewed written, as ``commit`` does: at once, or by a task where the upload is large.

    Until the task is through the upload stays previewed, for nothing is written yet; ``writing_since`` says that it is
    on its way. A second call waits for the first. A task that was cut off leaves all as it was, to be confirmed again.

    Raises what ``commit`` raises; what the task meets stands in ``write_refusal``.
    """
    if batch.row_count <= settings.THUOCDO_IMPORT_AT_ONCE_ROWS:
        return commit(by=by, batch=batch, missing=missing, seen=seen)
    with transaction.atomic():
        batch = locked(batch)
        require(can_commit(by, batch))
        if batch.state == BatchState.COMMITTED or batch.is_being_written:
            return batch
        require_confirmable(batch, seen)
        batch.writing_since, batch.write_refusal = timezone.now(), ""
        batch.save(update_fields=["writing_since", "write_refusal"])
        seen = batch.checked_at.isoformat() if batch.checked_at else ""
        transaction.on_commit(partial(write_upload.enqueue, str(batch.pk), by.pk, MissingItems(missing).value, seen))
    return batch


@task(backend="background")
def write_upload(batch_id: str, person: int, missing: str, seen: str) -> None:
    """Write one confirmed upload in the background, and note how that ended."""
    batch = ImportBatch.objects.select_related("agency", "by").get(pk=batch_id)
    by, began, refusal = User.objects.get(pk=person), batch.writing_since, ""
    try:
        commit(by=by, batch=batch, missing=missing, seen=seen)
    except DomainError as refused:
        refusal = str(refused)
    except Exception:
        logger.exception("writing upload %s broke off", batch_id)
        refusal = _("Writing broke off for a reason that is not in the file; nothing was written. Confirm once more.")
    ImportBatch.objects.filter(pk=batch_id).update(writing_since=None, write_refusal=refusal)
    notify_if_long(batch, by, began)
