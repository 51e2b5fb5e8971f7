"""What officers are told of their work in the application: before and after its last day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from cms.assignments.enums import WorkState
from cms.assignments.models import Notice, ReminderChoice, WorkAssignment
from cms.assignments.planning_enums import NoticeKind
from cms.organisations.models import Officer

# As many days before the last one work is told of, for who did not choose; nobody can choose more than MOST_BEFORE.
USUALLY_BEFORE, MOST_BEFORE = 3, 14
_CHUNK = 500


def make_all_notices(day: datetime.date) -> Iterator[int]:
    """Tell everybody with open work; yield after each chunk of officers how many were told of something."""
    until = day + datetime.timedelta(days=MOST_BEFORE)
    busy = WorkAssignment.objects.open().filter(due_on__lte=until, officer__account__is_active=True)
    officers = sorted(busy.order_by().values_list("officer", flat=True).distinct())
    for first in range(0, len(officers), _CHUNK):
        yield make_notices(officers[first : first + _CHUNK], day)


def make_notices(officers: Sequence[int], day: datetime.date) -> int:
    """Tell these officers, by key, of their open work that is soon due, due today, late or returned; return how many.

    Safe to repeat: of each kind and last day of a piece of work somebody is told once. Three queries and one write.
    """
    choices = ReminderChoice.objects.filter(officer__in=officers).in_bulk(field_name="officer_id")
    until = day + datetime.timedelta(days=MOST_BEFORE)
    work = WorkAssignment.objects.filter(officer__in=officers, due_on__lte=until).open().order_by()
    wanted = []
    for pk, officer, state, due_on in work.values_list("pk", "officer", "state", "due_on"):
        kinds = _kinds(state, (due_on - day).days, choices.get(officer))
        wanted += [Notice(officer_id=officer, work_id=pk, kind=kind, due_on=due_on, made_on=day) for kind in kinds]
    known = set(Notice.objects.filter(officer__in=officers).order_by().values_list("officer", "work", "kind", "due_on"))
    fresh = [one for one in wanted if (one.officer_id, one.work_id, one.kind, one.due_on) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1_000)
    return len(fresh)


def _kinds(state: str, days_left: int, choice: ReminderChoice | None) -> Iterable[str]:
    if state == WorkState.RETURNED:
        yield NoticeKind.RETURNED
    if days_left < 0 and (choice is None or choice.late):
        yield NoticeKind.LATE
    elif days_left == 0:
        yield NoticeKind.TODAY
    elif 0 < days_left <= (choice.before_days if choice else USUALLY_BEFORE) and (choice is None or choice.soon):
        yield NoticeKind.SOON


def read_notices(*, officer: Officer) -> int:
    """Mark everything that an officer was told as read; return how many were not."""
    return Notice.objects.unread().filter(officer=officer).update(read_at=timezone.now())
