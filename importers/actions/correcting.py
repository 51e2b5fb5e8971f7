"""A bad cell is mended in the browser: kept beside what the file holds, and the whole file is checked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogs.permissions import require
from cms.core.errors import WrongState
from cms.users.models import User
from importers.actions.ledger import locked, write_down
from importers.actions.sending import queue
from importers.batches.rows import SheetRow, row_to_mend
from importers.checking.mending import RETYPED
from importers.checking.storable import storable
from importers.enums import BatchState
from importers.limits import limits
from importers.models import ImportBatch, ImportCorrection
from importers.permissions import can_commit

CORRECTABLE = frozenset((BatchState.REFUSED, BatchState.PREVIEWED, BatchState.STALE))

# The ledger names so many corrections of a commit one by one; each also has an event of its own.
MOST_LISTED = 200


@transaction.atomic
def correct(*, by: User, batch: ImportBatch, sheet: str, row: int, cells: Mapping[int, str]) -> ImportBatch:
    """Mend cells of one row, given as text by column number; the same check then judges the whole file anew.

    Text that is the same as what stands there changes nothing. Raises NotAllowed, and WrongState when the upload is not
    open to correction now or the row is none that has a problem or a correction.
    """
    batch = locked(batch)
    require(can_commit(by, batch))
    if batch.state not in CORRECTABLE or not batch.original:
        raise WrongState(_("This upload cannot be corrected now. Open it again to see how it stands."))
    place = row_to_mend(batch, sheet, row)
    if place is None or not set(cells) <= set(place.headings):
        raise WrongState(_("This row is not among those that can be corrected here."))
    made = _corrections(by, batch, place, {column: _tidy(text) for column, text in cells.items()})
    if not made:
        return batch
    ImportCorrection.objects.bulk_create(made)
    queue(batch)
    write_down(by, batch, "import.correct", corrections=_summary(made))
    return batch


def _tidy(text: str) -> str:
    """Browsers send line breaks as two characters; no cell is longer than the reader takes."""
    clean: str = storable(text.replace("\r\n", "\n"))
    return clean[: limits().cell_characters]


def _corrections(by: User, batch: ImportBatch, place: SheetRow, cells: dict[int, str]) -> list[ImportCorrection]:
    earlier = {
        made.column_number: made.original
        for made in batch.corrections.filter(sheet=place.sheet, row=place.row).order_by("-pk")
    }
    retyped_problems = batch.problems.filter(sheet=place.sheet, row=place.row, code__in=RETYPED)
    retyped = set(retyped_problems.values_list("column_number", flat=True))
    return [
        ImportCorrection(
            batch=batch, sheet=place.sheet, row=place.row, column_number=column, column=place.headings[column],
            original=earlier.get(column, place.text(column)), value=text, by=by, at=timezone.now(),
        )
        for column, text in cells.items()
        if text != place.text(column) or column in retyped
    ]  # fmt: skip


def corrections_summary(batch: ImportBatch) -> dict[str, Any]:
    """Return the corrections of an upload as the ledger tells them: where, from what to what, by whom and when."""
    return _summary(batch.corrections.select_related("by").order_by("pk")[:MOST_LISTED])


def _summary(made: Any) -> dict[str, str]:
    return {f"{one.sheet}, {one.row}, {one.column}": _change(one) for one in made}


def _change(made: ImportCorrection) -> str:
    at = timezone.localtime(made.at)
    return f"“{made.original}” → “{made.value}” ({made.by}, {at:%d/%m/%Y %H:%M})"
