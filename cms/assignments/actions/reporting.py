"""Writes about work by the officer who does it: progress, and done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.evidence import EvidenceValues, add_evidence
from cms.assignments.actions.writing import changes_between, described, locked, record_work, require_valid
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.models import WorkAssignment
from cms.assignments.permissions import can_report, is_own
from cms.core.errors import NotAllowed
from cms.users.models import User


@transaction.atomic
def report_work(*, by: User, work: WorkAssignment, completed: Decimal, result: str = "") -> WorkAssignment:
    """Note how far the officer has come. Raises ``InvalidWork``, and ``NotAllowed`` for anybody but the officer."""
    work = _reportable(by, work)
    before = described(work)
    work.completed, work.result, work.state = completed, result.strip(), WorkState.IN_PROGRESS
    return _save(by, "work.report", work, before)


@transaction.atomic
def finish_work(
    *, by: User, work: WorkAssignment, completed: Decimal, done_on: datetime.date, result: str = ""
) -> WorkAssignment:
    """Report the work as done on a day, today at the latest; it then waits for whoever confirms it."""
    work = _reportable(by, work)
    if done_on > timezone.localdate():
        raise InvalidWork(_("Work is reported as done on the day, not before."))
    if completed <= 0:
        raise InvalidWork(_("Nothing is completed yet. Say how much is."))
    before = described(work)
    work.completed, work.done_on, work.result, work.state = completed, done_on, result.strip(), WorkState.DONE
    return _save(by, "work.finish", work, before)


@transaction.atomic
def report_at_once(
    *, by: User, work: WorkAssignment, completed: Decimal, result: str = "", done_on: datetime.date | None = None,
    evidence: Sequence[EvidenceValues] = (),
) -> WorkAssignment:  # fmt: skip
    """Report progress, or with ``done_on`` that the work is done, and bring what shows it: all of it, or nothing.

    The very same report again, as a broken connection sends it, changes nothing and brings no number twice.
    """
    work = locked(work)
    if not (done_on and _is_reported_so(by, work, completed, done_on, result)):
        report = partial(finish_work, done_on=done_on) if done_on else report_work
        work = report(by=by, work=work, completed=completed, result=result)
    there = set(work.evidence.standing().values_list("document_number", flat=True))
    for piece in evidence:
        if not piece.document_number or piece.document_number not in there:
            add_evidence(by=by, work=work, values=piece)
    return work


def _is_reported_so(
    by: User, work: WorkAssignment, completed: Decimal, done_on: datetime.date, result: str
) -> bool:  # fmt: skip
    is_same = (work.completed, work.done_on, work.result) == (completed, done_on, result.strip())
    return is_own(by, work.officer) and work.state == WorkState.DONE and is_same


def _reportable(by: User, work: WorkAssignment) -> WorkAssignment:
    work = locked(work)
    if not can_report(by, work):
        raise NotAllowed(_("Only the officer reports on the work, and only while it is open."))
    return work


def _save(by: User, action: str, work: WorkAssignment, before: dict[str, object]) -> WorkAssignment:
    require_valid(work)
    changed_before, changed_after = changes_between(before, described(work))
    if changed_after:
        work.save()
        record_work(by, action, work, before=changed_before, after=changed_after)
    return work
