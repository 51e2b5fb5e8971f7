"""What every write about work shares: the lock, the check, the ledger's entry."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.assignments.errors import InvalidWork
from cms.assignments.locks import require_unlocked
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.assignments.rules import check_days, check_faults, check_quantities
from cms.audit.actions import Entry, record
from cms.core.errors import WrongState
from cms.users.models import User

# PostgreSQL's serialization_failure.
_MOVED = "40001"
# So often somebody may move a row away while we wait for it.
_TRIES = 5
_MOVED_SENTENCE = _("Somebody has just changed the day by which this work is due. Look at it again.")
_RECORDED = (
    "code", "assigned", "completed", "coefficient", "given_on", "due_on", "done_on", "quality_failures",
    "late_occurrences", "is_planned", "is_key", "instruction", "result", "state",
)  # fmt: skip


def locked(work: WorkAssignment) -> WorkAssignment:
    """Return the work as it is now; nobody else changes it until the transaction ends.

    Raises ``WrongState`` for work of a month that is locked, and for work that somebody moves to another month at
    this moment: PostgreSQL cannot wait for a row that leaves its partition.
    """
    rows = WorkAssignment.objects.select_for_update(of=("self",), no_key=True)
    try:
        work = rows.select_related("officer", "agency", "item").get(pk=work.pk)
    except OperationalError as moved:
        _require_moved(moved)
        raise WrongState(_MOVED_SENTENCE) from moved
    require_unlocked(work.officer_id, work.month)
    return work


def locked_rows(rows: WorkQuerySet) -> list[WorkAssignment]:
    """Return the rows as they are now; nobody else changes them until the transaction ends.

    For writes that hold what they find against what they think, and not against what a person saw: where somebody moves
    one of them to another month at this moment, all of them are asked for again. Call it inside a transaction.
    """
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return list(rows.select_for_update(of=("self",), no_key=True))
        except OperationalError as moved:
            _require_moved(moved)
    raise WrongState(_MOVED_SENTENCE)


def _require_moved(error: OperationalError) -> None:
    """Raise the error again, unless it says that a row left its partition."""
    if getattr(error.__cause__, "sqlstate", "") != _MOVED:
        raise error


def require_valid(work: WorkAssignment, *wrong: Promise | str) -> None:
    """Raise ``InvalidWork`` with everything that is wrong, at once; ``WrongState`` for a month that is locked."""
    found = [
        *wrong,
        *check_days(work.given_on, work.due_on, work.done_on),
        *check_quantities(work.assigned, work.completed),
        *check_faults(work.quality_failures, work.late_occurrences),
    ]
    if not found:
        work.month = work.due_on.replace(day=1)
        require_unlocked(work.officer_id, work.month)
        try:
            work.full_clean(exclude=["officer", "posting", "agency", "item"])
        except ValidationError as error:
            found = list(error.messages)
    if found:
        raise InvalidWork(" ".join(str(sentence) for sentence in found))


def described(work: WorkAssignment) -> dict[str, Any]:
    """Return what is recorded of a piece of work in the ledger."""
    return {name: getattr(work, name) for name in _RECORDED}


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was, and what is, of the values that differ."""
    changed = [name for name in after if after[name] != before[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def record_work(by: User | None, action: str, work: WorkAssignment, **content: Any) -> None:
    """Write an act to the ledger, under the officer's code: a name stands nowhere in it."""
    record(by=by, action=action, subject=work, label=label_of(work), agency_code=work.agency.code, **content)


def work_entry(action: str, work: WorkAssignment, **content: Any) -> Entry:
    """Return the same as one of many acts that are recorded together."""
    return Entry(action=action, subject=work, label=label_of(work), agency_code=work.agency.code, **content)


def label_of(work: WorkAssignment) -> str:
    """Return how the ledger calls a piece of work."""
    return f"{work.officer.code} – {work.code}"
