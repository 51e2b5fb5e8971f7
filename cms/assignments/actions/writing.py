"""What every write about work shares: the lock, the check, the ledger's entry."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from cms.assignments.errors import InvalidWork
from cms.assignments.locks import require_unlocked
from cms.assignments.models import WorkAssignment
from cms.assignments.rules import check_days, check_faults, check_quantities
from cms.audit.actions import record
from cms.users.models import User

_RECORDED = (
    "code", "assigned", "completed", "coefficient", "given_on", "due_on", "done_on", "quality_failures",
    "late_occurrences", "is_planned", "is_key", "instruction", "result", "state",
)  # fmt: skip


def locked(work: WorkAssignment) -> WorkAssignment:
    """Return the work as it is now; nobody else changes it until the transaction ends.

    Raises ``WrongState`` for work of a month that is locked.
    """
    rows = WorkAssignment.objects.select_for_update(of=("self",), no_key=True)
    work = rows.select_related("officer", "agency", "item").get(pk=work.pk)
    require_unlocked(work.officer_id, work.month)
    return work


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
    label = f"{work.officer.code} – {work.code}"
    record(by=by, action=action, subject=work, label=label, agency_code=work.agency.code, **content)
