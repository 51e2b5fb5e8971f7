"""The work of a month: given at its beginning, reported and confirmed towards its end; one delay is explained."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.core.periods import CalendarPeriod
from cms.organisations.enums import LEADING_ROLES
from cms.organisations.models import Agency, Posting
from importers.demo.personal import CHAIRMAN, DEPARTMENT, HEAD
from importers.demo.quarter.cast import CLAIMANT, EACH, PERSONNEL, account_of, done_of, user

_ITEMS = 24
_STAFFS, _LEADERS = 3, 2
# Days of the month by which the work is due, and by which that of the claim was done.
_DUE, _DONE_LATE = (12, 15, 19), 21


def give(month: CalendarPeriod) -> None:
    """Give everybody of the department the work of a month."""
    today, department = timezone.localdate(), Agency.objects.get(code=DEPARTMENT)
    items = list(actions.items_on(department, today).in_order()[:_ITEMS])
    people = Posting.objects.on(today).within(department).filter(is_main=True).select_related("officer", "agency")
    lines = []
    for place, posting in enumerate(people.order_by("officer__code")):
        for number in range(_LEADERS if posting.role in LEADING_ROLES else _STAFFS):
            lines.append((posting, actions.WorkValues(
                item=items[(place * _STAFFS + number) % len(items)], assigned=EACH, given_on=today,
                due_on=_weekday(month.first_day.replace(day=_DUE[number])),
            )))  # fmt: skip
    actions.give_to_many(by=user(PERSONNEL), lines=lines)


def finish(month: CalendarPeriod, place: int) -> None:
    """Let everybody report what they did; in the first month of the quarter the claimant's first piece was late."""
    late = _of(month).filter(officer__code=CLAIMANT).first() if place == 0 else None
    for number, work in enumerate(_of(month).select_related("officer", "posting")):
        code, is_late = work.officer.code, work == late
        actions.finish_work(
            by=account_of(work.officer), work=work, completed=done_of(code, work.posting.role, place),
            done_on=month.first_day.replace(day=_DONE_LATE) if is_late else work.due_on,
            result=f"Sản phẩm kèm văn bản số {100 + number}/STC",
        )  # fmt: skip


def confirm(month: CalendarPeriod) -> None:
    """Let the director confirm everybody's work, and the Chairman the director's."""
    heads = _of(month).filter(officer__account__username=HEAD)
    actions.confirm_work(by=user(HEAD), work=list(_of(month).exclude(officer__account__username=HEAD)))
    actions.confirm_work(by=user(CHAIRMAN), work=list(heads))


def claim(month: CalendarPeriod) -> None:
    """Explain the delay."""
    work = _of(month).get(officer__code=CLAIMANT, late_occurrences__gt=0)
    actions.make_claim(
        by=account_of(work.officer), work=work, about=ClaimAbout.LATE, cause=ClaimCause.PARTNER,
        statement="Cơ quan phối hợp gửi số liệu chậm 05 ngày làm việc; có văn bản đôn đốc số 118/STC-NS.",
    )  # fmt: skip


def accept_claim(month: CalendarPeriod) -> None:
    """Let who has authority accept it: the line counts as in time."""
    work = _of(month).get(officer__code=CLAIMANT, late_occurrences__gt=0)
    found = work.claims.select_related("competent").get()
    actions.decide_claim(
        by=account_of(found.competent), claim=found, outcome=ClaimState.ACCEPTED,
        answer="Đúng như giải trình; văn bản đôn đốc gửi trong hạn.",
    )  # fmt: skip


def count_anew(month: CalendarPeriod, code: str, completed: Decimal) -> None:
    """Correct what was counted short of somebody's work of a month, once their evaluation is open again."""
    for work in _of(month).filter(officer__code=code):
        actions.correct_work(
            by=user(HEAD), work=work, completed=completed,
            reason="Bổ sung sản phẩm đã bàn giao trong tháng theo kết quả xem xét kiến nghị.",
        )  # fmt: skip


def _of(month: CalendarPeriod) -> WorkQuerySet:
    department = Agency.objects.get(code=DEPARTMENT)
    own = WorkAssignment.objects.of_month(month.first_day).filter(agency__path__startswith=department.path)
    return own.order_by("officer__code", "due_on", "pk")


def _weekday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))
