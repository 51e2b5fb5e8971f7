"""The quarter of organisations in the demo: a department, a commune and a Party unit, evaluated from their plans."""

from __future__ import annotations

import datetime
from functools import partial

from django.utils import timezone

from cms.assignments import actions as work_actions
from cms.assignments.models import PlanTask
from cms.core.periods import CalendarPeriod
from cms.evaluations import actions
from cms.evaluations.models import Evaluation
from cms.organisations.actions import grant_membership
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User
from importers.demo import clock
from importers.demo.catalogs import CLERK
from importers.demo.clock import Act

DEPARTMENT, COMMUNE, PARTY = "thong-ke", "xa-001", "vp-tinh-uy"
HEAD = "thu-truong"
# Who verifies departments and communes, and who the units of the Party.
VERIFIERS = {DEPARTMENT: "tham-dinh", COMMUNE: "tham-dinh", PARTY: "tham-dinh-dang"}
# Tasks that each was given, did, and did beyond what was asked.
TASKS = {DEPARTMENT: (10, 10, 4), COMMUNE: (10, 8, 1), PARTY: (6, 6, 1)}
# The decision on each; the level is that of the points where none is named.
DECISIONS = {
    DEPARTMENT: ("398/QĐ-UBND", "", ""),
    COMMUNE: (
        "399/QĐ-UBND", "completed",
        "Hoàn thành 80% nhiệm vụ và chưa khắc phục xong hạn chế theo Kết luận 15/KL-TTr; không mức nào đủ điều kiện "
        "theo khung, xếp mức Hoàn thành nhiệm vụ.",
    ),
    PARTY: ("57-QĐ/BTCTU", "", ""),
}  # fmt: skip
_COMMON = {"I": "7.5", "II": "7", "III": "7", "IV": "7.5"}


def acts() -> list[Act]:
    """Return what is done about organisations in the quarter and after it: assessed, verified, recognised."""
    quarter = clock.evaluated_quarter()
    first, last = clock.days_since(quarter.first_day), clock.days_since(quarter.last_day)
    return [
        Act(first, 7, partial(_give_all, quarter)),
        Act(last, 14, partial(_do_all, quarter)),
        Act(last - 3, 8, partial(_open, quarter)),
        Act(last - 8, 9, _assess_and_verify_all),
        Act(last - 15, 9, _recognise),
    ]


def _give_all(quarter: CalendarPeriod) -> None:
    """Give each its tasks, and the two that have no head on the platform the one of the demo."""
    head = User.objects.get(username=HEAD)
    for code in (COMMUNE, PARTY):
        grant_membership(by=None, user=head, role=Role.AGENCY_HEAD, agency=Agency.objects.get(code=code))
    for code, (given, _done, _beyond) in TASKS.items():
        _give(Agency.objects.get(code=code), given, quarter)


def _do_all(quarter: CalendarPeriod) -> None:
    for code, (_given, done, beyond) in TASKS.items():
        _do(Agency.objects.get(code=code), done, beyond, quarter)


def _open(quarter: CalendarPeriod) -> None:
    """Open the quarter of the province's organisations, and record what an inspection found in the commune."""
    province = Agency.objects.get(depth=1)
    actions.open_organisation_period(by=None, agency=province, kind="quarter", first_day=quarter.first_day)
    _find(Agency.objects.get(code=COMMUNE), quarter.first_day)


def _assess_and_verify_all() -> None:
    for code, verifier in VERIFIERS.items():
        _assess_and_verify(Evaluation.objects.get(organisation__code=code), User.objects.get(username=verifier))


def _recognise() -> None:
    """Let each block's own authority decide: the Chairman, and for the Party who was named by its decision."""
    for code, (number, level, words) in DECISIONS.items():
        evaluation = Evaluation.objects.select_related("decider__account").get(organisation__code=code)
        assert evaluation.decider is not None  # noqa: S101 (the tables of authority name somebody for each)
        by = evaluation.decider.account
        assert by is not None  # noqa: S101 (and they have accounts)
        actions.decide(
            by=by, evaluation=evaluation, level=level, words=words, number=number, signed_on=timezone.localdate()
        )  # fmt: skip


def _give(agency: Agency, given: int, quarter: CalendarPeriod) -> None:
    for number in range(1, given + 1):
        values = work_actions.PlanTaskValues(
            agency=agency, name=f"Nhiệm vụ số {number} theo chương trình công tác quý", given_on=quarter.first_day,
            due_on=_due(number, given, quarter), expected="Báo cáo kết quả", document="120/CTr-UBND",
            is_key=number in (1, given),
        )  # fmt: skip
        work_actions.give_plan_task(by=None, values=values)


def _due(number: int, given: int, quarter: CalendarPeriod) -> datetime.date:
    days = (quarter.last_day - quarter.first_day).days
    return quarter.first_day + datetime.timedelta(days=days * number // given)


def _do(agency: Agency, done: int, beyond: int, quarter: CalendarPeriod) -> None:
    """Report and confirm so many of its tasks, each done on the day by which it was due."""
    clerk, head = (User.objects.get(username=name) for name in (CLERK, HEAD))
    tasks = PlanTask.objects.due_in(agency, quarter.first_day, quarter.last_day).order_by("due_on", "pk")
    for number, task in enumerate(tasks[:done], start=1):
        task = work_actions.report_plan_task(
            by=clerk, task=task, progress=100, result=f"Báo cáo số {number}/BC", done_on=task.due_on
        )  # fmt: skip
        work_actions.confirm_plan_task(
            by=head, task=task, quality_met=True, effect_met=True, exceeded=number <= beyond
        )  # fmt: skip


def _find(commune: Agency, day: datetime.date) -> None:
    actions.record_shortcoming(
        by=User.objects.get(username=VERIFIERS[COMMUNE]), organisation=commune, source="inspection", found_on=day,
        words="Chậm công khai thủ tục hành chính tại bộ phận một cửa.", document="15/KL-TTr",
    )  # fmt: skip


def _assess_and_verify(evaluation: Evaluation, verifier: User) -> None:
    marks = {"criteria": _COMMON, "indicators": {"ql": "100", "tthc": "96"}}
    words = "Tổ chức tự đánh giá, đề xuất mức Hoàn thành tốt nhiệm vụ; hồ sơ kèm Báo cáo số 45/BC."
    head = User.objects.get(username=HEAD)
    actions.assess_self(by=head, evaluation=evaluation, marks=marks, words=words)
    actions.mark(by=verifier, evaluation=evaluation, marks=marks, words="Đã thẩm định hồ sơ.")
