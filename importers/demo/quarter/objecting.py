"""The objection: products finished in the first month that nobody counted; after the review two people correct it."""

from __future__ import annotations

from decimal import Decimal

from cms.core.periods import CalendarPeriod
from cms.evaluations import actions
from cms.evaluations.enums import ObjectionOutcome
from cms.evaluations.models import Objection, Reopening
from importers.demo.personal import HEAD
from importers.demo.quarter.cast import OBJECTOR, REVIEWER, account_of, points_off, user
from importers.demo.quarter.judging import mark_one, one_of
from importers.demo.quarter.working import count_anew


def object_to(month: CalendarPeriod) -> None:
    """Object to the result of the month, after its lock."""
    evaluation = one_of(month, OBJECTOR)
    actions.object_to(
        by=account_of(evaluation.officer), evaluation=evaluation,
        grounds="Mỗi việc còn 03 sản phẩm đã bàn giao cho văn thư trong tháng nhưng chưa được ghi nhận hoàn thành.",
    )  # fmt: skip


def appoint() -> None:
    """Appoint a reviewer who had no part in it."""
    actions.appoint_reviewer(by=user(HEAD), objection=Objection.objects.get(), reviewer=user(REVIEWER.lower()))


def answer() -> None:
    """Find that the officer is right: a reopening is proposed."""
    actions.answer_objection(
        by=user(REVIEWER.lower()), objection=Objection.objects.get(), outcome=ObjectionOutcome.CHANGED,
        reasons="Sổ bàn giao của văn thư xác nhận đủ 07 sản phẩm của mỗi việc trước ngày cuối tháng.",
    )  # fmt: skip


def reopen(month: CalendarPeriod) -> None:
    """Approve it as the second person, and correct the work."""
    actions.approve_reopening(by=user(HEAD), reopening=Reopening.objects.get())
    count_anew(month, OBJECTOR, Decimal(7))


def decide_anew(month: CalendarPeriod) -> None:
    """Mark and decide the month again: the next version of the result; the first stays."""
    mark_one(one_of(month, OBJECTOR), points_off(OBJECTOR, 0), words="Chấm lại theo kết quả xem xét kiến nghị.")
    actions.decide_many(by=user(HEAD), evaluations=[one_of(month, OBJECTOR)])
