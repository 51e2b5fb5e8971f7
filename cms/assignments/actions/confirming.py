"""Writes about work by whoever confirms it: confirmed, returned, corrected afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.writing import changes_between, described, locked, record_work, require_valid
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork, OwnWorkConfirmed
from cms.assignments.models import WorkAssignment
from cms.assignments.permissions import can_confirm, is_own, judges
from cms.core.errors import WrongState, require_words
from cms.organisations.permissions import require
from cms.users.models import User

# What correct_work changes.
CORRECTABLE_FIELDS = ("completed", "done_on", "quality_failures", "late_occurrences")


@transaction.atomic
def confirm_work(
    *,
    by: User,
    work: Sequence[WorkAssignment],
    quality_failures: int | None = None,
    late_occurrences: int | None = None,
) -> list[WorkAssignment]:
    """Confirm work that was reported as done: all of it, or, when one piece cannot be, none.

    Failures and late occurrences are counted by the time: one unit may fail more than once (article 14 of the decree),
    and the engine takes off no more than there is. What is not given stays as it was reported; late occurrences that
    nobody reported follow from the days: one where the work was done after its last day.

    Raises ``OwnWorkConfirmed``, ``NotAllowed``, ``WrongState``, ``InvalidWork``.
    """
    return [_confirm(by, one, quality_failures, late_occurrences) for one in work]


def _confirm(by: User, work: WorkAssignment, failures: int | None, late: int | None) -> WorkAssignment:
    work = _confirmable(by, work)
    before = described(work)
    work.quality_failures = work.quality_failures if failures is None else failures
    work.late_occurrences = (work.late_occurrences or int(work.days_late > 0)) if late is None else late
    work.state, work.reason, work.confirmed_by, work.confirmed_at = WorkState.CONFIRMED, "", by, timezone.now()
    require_valid(work)
    work.save()
    changed_before, changed_after = changes_between(before, described(work))
    record_work(by, "work.confirm", work, before=changed_before, after=changed_after)
    return work


@transaction.atomic
def return_work(*, by: User, work: WorkAssignment, reason: str) -> WorkAssignment:
    """Give work that was reported as done back to the officer, with what has to be mended."""
    work = _confirmable(by, work)
    reason = require_words(reason, InvalidWork(_("Say what has to be mended.")))
    before, work.state, work.reason, work.done_on = described(work), WorkState.RETURNED, reason, None
    work.save()
    changed_before, changed_after = changes_between(before, described(work))
    record_work(by, "work.return", work, before=changed_before, after=changed_after, reason=work.reason)
    return work


@transaction.atomic
def correct_work(*, by: User, work: WorkAssignment, reason: str, **changes: Any) -> WorkAssignment:
    """Correct ``CORRECTABLE_FIELDS`` of confirmed work, with the reason; what stood before stays in the ledger."""
    if unknown := set(changes) - set(CORRECTABLE_FIELDS):
        raise TypeError(f"not correctable in work: {sorted(unknown)}")
    work = locked(work)
    _require_no_own(by, work)
    require(judges(by, work))
    if work.state != WorkState.CONFIRMED:
        raise WrongState(_("Only confirmed work is corrected."))
    reason = require_words(reason, InvalidWork(_("Say why the confirmed work is corrected.")))
    before = described(work)
    for name, value in changes.items():
        setattr(work, name, value)
    require_valid(work)
    changed_before, changed_after = changes_between(before, described(work))
    if changed_after:
        work.reason = reason
        work.save()
        record_work(by, "work.correct", work, before=changed_before, after=changed_after, reason=work.reason)
    return work


def _confirmable(by: User, work: WorkAssignment) -> WorkAssignment:
    work = locked(work)
    _require_no_own(by, work)
    require(judges(by, work))
    if not can_confirm(by, work):
        raise WrongState(_("The work does not wait for a confirmation."))
    return work


def _require_no_own(by: User, work: WorkAssignment) -> None:
    if is_own(by, work.officer):
        raise OwnWorkConfirmed(_("Nobody confirms their own work. Somebody above does."))
