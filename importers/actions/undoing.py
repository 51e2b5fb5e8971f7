"""A committed upload is taken back as one batch (the import contract, promise 6)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogs.errors import StaleEdition
from cms.catalogs.permissions import require
from cms.core.errors import WrongState
from cms.organisations.models import Agency
from cms.users.models import User
from importers.actions.ledger import locked, write_down
from importers.enums import BatchState
from importers.kinds import kind_of
from importers.kinds.contract import UndoPlan
from importers.models import ImportBatch
from importers.permissions import can_commit

# So many of the rows that were kept are named on the upload and in the ledger.
MOST_NAMED = 200


def plan_undo(batch: ImportBatch) -> UndoPlan:
    """Return what an undo would do now, or why it cannot be; nothing is written."""
    if batch.state != BatchState.COMMITTED:
        return UndoPlan(refusal=_("Only an upload that is written can be taken back."))
    if not batch.changes_anything(batch.missing):
        return UndoPlan(refusal=_("This upload changed nothing, so there is nothing to take back."))
    if batch.is_forgotten:
        return UndoPlan(refusal=_("What was in this upload is no longer kept, so it cannot be taken back."))
    above = ImportBatch.objects.filter(kind_of(batch).same_target(batch)).written_after(batch).order_by("-committed_at")
    later = next((one for one in above if one.changes_anything(one.missing)), None)
    if later is not None:
        message = _("A later upload stands on this one: %(file)s. Take that one back first.")
        return UndoPlan(refusal=message % {"file": later.file_name})
    return kind_of(batch).plan_undo(batch)


def undo(*, by: User, batch: ImportBatch, edition: int | None = None) -> ImportBatch:
    """Take back what a commit wrote, in one transaction: new rows go, changed fields and removed rows come back.
    A draft that the commit began goes too when nothing else is in it.

    Rows that somebody has edited since stay as they are and are named in ``undo_result``. ``edition`` is the count of
    writes at which the plan was looked at. A second call changes nothing. Raises NotAllowed, WrongState with the reason
    when it cannot be undone, and StaleEdition when the list was written to since the plan.
    """
    with transaction.atomic():
        batch = locked(batch)
        require(can_commit(by, batch))
        if batch.state == BatchState.UNDONE:
            return batch
        Agency.objects.select_for_update(no_key=True).get(pk=batch.agency_id)
        plan = plan_undo(batch)
        if plan.refusal:
            raise WrongState(plan.refusal)
        if edition is not None and edition != plan.edition:
            raise StaleEdition(_("The list has changed since you looked. Look again at what would be taken back."))
        kind_of(batch).undo(by=by, batch=batch, plan=plan)
        batch.state, batch.undone_by, batch.undone_at = BatchState.UNDONE, by, timezone.now()
        batch.undo_result = _result(plan)
        batch.save()
        write_down(by, batch, "import.undo", **_ledger_entry(plan))
        return batch


def _result(plan: UndoPlan) -> dict[str, Any]:
    named = [[left.code, left.name, str(left.why)] for left in plan.left[:MOST_NAMED]]
    return _numbers(plan) | {"kept_count": len(plan.left), "kept": named}


def _ledger_entry(plan: UndoPlan) -> dict[str, Any]:
    return _numbers(plan) | {"kept": [left.code for left in plan.left[:MOST_NAMED]]}


def _numbers(plan: UndoPlan) -> dict[str, int]:
    numbers = {"removed": plan.removed, "restored": plan.restored, "returned": plan.returned}
    return numbers | ({"discarded": plan.discards} if plan.discards else {})
