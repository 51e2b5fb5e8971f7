"""The evaluation of a month and of the quarter: opened, assessed, marked, decided, locked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from cms.core.periods import CalendarPeriod
from cms.evaluations import actions
from cms.evaluations.models import Evaluation, Period, Result
from cms.organisations.enums import LEADING_ROLES
from cms.organisations.models import Agency
from cms.scoring.definition.words import LEVELS
from importers.demo.marks import marks_of
from importers.demo.personal import CHAIRMAN, DEPARTMENT, HEAD
from importers.demo.quarter.cast import (
    AWAY,
    DISCIPLINED,
    OVER_THE_CAP,
    PERSONNEL,
    account_of,
    evaluations_of,
    points_off,
    user,
)

# The decisions by which the department and the province classify the quarter.
_NUMBERS = {HEAD: "61/QĐ-STC", "cap": "62/QĐ-STC", CHAIRMAN: "412/QĐ-UBND"}


def open_period(period: CalendarPeriod) -> None:
    """Open a period of the department."""
    agency = Agency.objects.get(code=DEPARTMENT)
    actions.open_period(by=user(PERSONNEL), agency=agency, kind=period.kind, first_day=period.first_day)


def record_cases(month: CalendarPeriod) -> None:
    """Record who was away for the whole month, and the disciplinary case."""
    own = {each.officer.code: each for each in _evaluations(month) if each.officer}
    actions.excuse(by=user(PERSONNEL), evaluation=own[AWAY], reason="Nghỉ điều trị cả tháng theo Quyết định 37/QĐ-STC")
    document = f"Quyết định số 45/QĐ-STC ngày {timezone.localdate():%d/%m/%Y}, hình thức khiển trách"
    actions.find(by=user(PERSONNEL), evaluation=own[DISCIPLINED], code="disciplined", document=document)


def assess(period: CalendarPeriod, place: int) -> None:
    """Let everybody assess themselves; of the quarter in words, since its points follow from the months."""
    for each in _evaluations(period):
        marks = marks_of(each, points_off(_code(each), place) - 1) if period.kind == "month" else {}
        words = "Hoàn thành nhiệm vụ được giao theo kế hoạch công tác."
        actions.assess_self(by=account_of(each.officer), evaluation=each, marks=marks, words=words)


def mark(period: CalendarPeriod, place: int) -> None:
    """Let managers mark the month, those who are led first; of the quarter they propose the level of the points."""
    levels = dict(Result.objects.in_period(_period(period)).values_list("evaluation", "level"))
    for each in actions.led_first(_evaluations(period)):
        if period.kind == "month":
            mark_one(each, points_off(_code(each), place))
        else:
            actions.mark(
                by=account_of(each.evaluator), evaluation=each, marks={}, level=levels[each.pk],
                words="Đề xuất theo điểm bình quân của ba tháng.",
            )  # fmt: skip


def mark_one(evaluation: Evaluation, less: int, words: str = "") -> None:
    """Let the manager of somebody mark them."""
    marks = marks_of(evaluation, less)
    if evaluation.role in LEADING_ROLES:
        marks |= {"indicators": {"đ": "100", "e": "100"}}
    actions.mark(by=account_of(evaluation.evaluator), evaluation=evaluation, marks=marks, words=words)


def decide(month: CalendarPeriod) -> None:
    """Let the director decide everybody of the month by the points, and the Chairman the director."""
    own, directors = _parted(month)
    actions.decide_many(by=user(HEAD), evaluations=own)
    actions.decide_many(by=user(CHAIRMAN), evaluations=directors)


def decide_by_number(quarter: CalendarPeriod) -> None:
    """Decide the quarter by numbered decisions, one of them not by the points: the cap on Excellent allows one less.

    Of two in a group the one with fewer points is held to the level below, by the director, who gives the reason.
    """
    today = timezone.localdate()
    own, directors = _parted(quarter)
    over = next(each for each in own if _code(each) == OVER_THE_CAP)
    words = (
        "Nhóm chuyên môn nghiệp vụ có 02 người đạt từ 90 điểm, tỷ lệ 20% chỉ cho 01 người; sau khi tập thể lãnh đạo "
        "xem xét, chọn người có điểm cao hơn và nhiều việc phức tạp hơn."
    )
    actions.decide(
        by=user(HEAD), evaluation=over, level=LEVELS[1], words=words, number=_NUMBERS["cap"], signed_on=today
    )
    others = [each for each in own if each != over]
    actions.decide_many(by=user(HEAD), evaluations=others, number=_NUMBERS[HEAD], signed_on=today)
    actions.decide_many(by=user(CHAIRMAN), evaluations=directors, number=_NUMBERS[CHAIRMAN], signed_on=today)


def propose_lock(period: CalendarPeriod) -> None:
    """Let the desk say that everybody is decided."""
    actions.propose_lock(by=user(PERSONNEL), period=_period(period))


def lock(period: CalendarPeriod) -> None:
    """Make the results final, as the second person: the director."""
    actions.lock_period(by=user(HEAD), period=_period(period))


def one_of(period: CalendarPeriod, code: str) -> Evaluation:
    """Return the evaluation of somebody in a period, afresh."""
    return next(each for each in evaluations_of(_period(period)) if _code(each) == code)


def _parted(period: CalendarPeriod) -> tuple[Sequence[Evaluation], Sequence[Evaluation]]:
    """Return the evaluations that the director decides, and the director's own."""
    found = _evaluations(period)
    own = [each for each in found if account_of(each.officer).username == HEAD]
    return [each for each in found if each not in own], own


def _code(evaluation: Evaluation) -> str:
    assert evaluation.officer is not None  # noqa: S101 (the period is of officers)
    return evaluation.officer.code


def _evaluations(period: CalendarPeriod) -> list[Evaluation]:
    return evaluations_of(_period(period))


def _period(period: CalendarPeriod) -> Period:
    return Period.objects.get(
        agency__code=DEPARTMENT, subject_kind="officer", kind=period.kind, first_day=period.first_day
    )
