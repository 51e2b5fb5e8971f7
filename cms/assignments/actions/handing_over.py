"""Open work that goes from somebody who leaves or is away to somebody else."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.writing import changes_between, described, locked, record_work, require_valid
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.models import HandOver, WorkAssignment
from cms.assignments.permissions import gives_to
from cms.core.dates import format_date_vi
from cms.core.errors import WrongState, require_words
from cms.organisations.models import Posting
from cms.organisations.permissions import require
from cms.users.models import User


@transaction.atomic
def hand_over_work(
    *, by: User | None, work: Sequence[WorkAssignment], to: Posting, reason: str, due_on: datetime.date | None = None
) -> list[WorkAssignment]:
    """Give the rest of open work to somebody else from today on: all of it, or, when one piece cannot go, none.

    What the first has completed stays theirs, reported as done and waiting for confirmation; the rest, at the
    coefficient that was copied when the work was first given, is the second's, by the same last day, or by ``due_on``,
    and by today at the earliest. Of whom nothing was completed the work is withdrawn. Returns the second's work.
    """
    reason = require_words(reason, InvalidWork(_("Say why the work is handed over.")))
    today = timezone.localdate()
    if not to.is_on(today):
        words = {"officer": to.officer, "agency": to.agency, "day": format_date_vi(today)}
        raise InvalidWork(_("%(officer)s does not work at %(agency)s on %(day)s.") % words)
    require(by is None or gives_to(by, to))
    return [_hand_over(by, one, to, reason, max(due_on or one.due_on, today)) for one in work]


def _hand_over(
    by: User | None, work: WorkAssignment, to: Posting, reason: str, due_on: datetime.date
) -> WorkAssignment:
    work = locked(work)
    require(by is None or gives_to(by, work.posting))
    if not work.is_open:
        raise WrongState(_("Only open work is handed over: what is reported is confirmed or returned first."))
    if work.officer_id == to.officer_id:
        raise InvalidWork(_("The work is handed over to somebody else, not to the same person."))
    rest = work.assigned - work.completed
    if rest <= 0:
        raise InvalidWork(_("Everything that was assigned is completed. Report the work as done instead."))
    second = _second_part(by, work, to, rest, due_on)
    _close_first_part(by, work, to, reason)
    HandOver.objects.create(from_work=work, to_work=second, day=timezone.localdate(), reason=reason)
    return second


def _second_part(
    by: User | None, work: WorkAssignment, to: Posting, rest: Decimal, due_on: datetime.date
) -> WorkAssignment:
    copied = ("item", "item_identity", "code", "name", "unit", "coefficient", "is_planned", "is_key", "instruction",
              "plan_task", "source")  # fmt: skip
    second = WorkAssignment(
        **{name: getattr(work, name) for name in copied}, officer=to.officer, posting=to, agency=to.agency,
        assigned=rest, given_on=timezone.localdate(), due_on=due_on, given_by=by,
    )  # fmt: skip
    require_valid(second)
    second.save()
    record_work(by, "work.give", second, after=described(second), reason=_("Handed over"))
    return second


def _close_first_part(by: User | None, work: WorkAssignment, to: Posting, reason: str) -> None:
    before = described(work)
    work.reason = _("Handed over to %(officer)s: %(reason)s") % {"officer": to.officer, "reason": reason}
    if work.completed:
        # The part that was done by today is the first's own, whole: no more was asked of them.
        work.assigned, work.state, work.done_on = work.completed, WorkState.DONE, timezone.localdate()
    else:
        work.state = WorkState.WITHDRAWN
    require_valid(work)
    work.save()
    was, now = changes_between(before, described(work))
    record_work(by, "work.hand_over", work, before=was, after=now, reason=reason)
