"""Days off, absences, and the days that people have; checked against the calendar in print."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from cms.assignments import actions
from cms.assignments.errors import InvalidDay
from cms.assignments.models import Absence, DayOff
from cms.assignments.working_days import days_had, month_span, read_calendar, warn_of_day_off
from cms.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
Day = datetime.date


@pytest.mark.parametrize(
    ("month", "worked"),
    # Counted by hand: weekdays, without the days off, with the Saturdays on which work is made up.
    [(1, 21), (2, 15), (3, 22), (4, 20), (5, 20), (6, 22), (7, 23), (8, 21), (9, 20), (10, 22), (11, 21), (12, 23)],
)
def test_working_days_of_2026(month, worked):
    first, last = month_span(Day(2026, month, 1))
    assert len(read_calendar(first, last).days(first, last)) == worked


def test_a_last_day_at_tet_is_warned_of_by_its_name():
    assert "17/02/2026 (Tết Nguyên đán)" in warn_of_day_off(Day(2026, 2, 17))
    assert "Chủ Nhật" in warn_of_day_off(Day(2026, 3, 1), Day(2026, 3, 2))
    assert "02/03/2026" not in warn_of_day_off(Day(2026, 3, 1), Day(2026, 3, 2))
    assert warn_of_day_off(Day(2026, 3, 2)) == warn_of_day_off() == ""
    # A Saturday on which work is made up is a day like any other.
    assert warn_of_day_off(Day(2026, 8, 22)) == ""


def test_absences_are_taken_from_the_days_people_have(desk, people):
    february = month_span(Day(2026, 2, 1))
    head = people["agency_head"]
    # From a Saturday to the Wednesday after Tết's week: Monday to Wednesday are three working days.
    actions.enter_absence(
        by=head, officer=desk.officer, first_day=Day(2026, 2, 14), last_day=Day(2026, 2, 25), reason="Nghỉ phép"
    )
    assert days_had([desk.officer.pk], *february) == {desk.officer.pk: 12}
    whole = actions.enter_absence(
        by=head, officer=desk.officer, first_day=Day(2026, 3, 1), last_day=Day(2026, 3, 31), reason="Nghỉ phép"
    )
    march = month_span(Day(2026, 3, 1))
    assert days_had([desk.officer.pk], *march) == {desk.officer.pk: 0}
    actions.withdraw_absence(by=head, absence=whole)
    assert days_had([desk.officer.pk], *march) == {desk.officer.pk: 22}


def test_what_cannot_be_is_refused(desk, people):
    head = people["agency_head"]
    entered = {"by": head, "officer": desk.officer, "reason": "Nghỉ phép"}
    with pytest.raises(InvalidDay, match="trước"):
        actions.enter_absence(**entered, first_day=Day(2026, 3, 2), last_day=Day(2026, 3, 1))
    actions.enter_absence(**entered, first_day=Day(2026, 3, 2), last_day=Day(2026, 3, 4))
    with pytest.raises(InvalidDay, match="Đã có"):
        actions.enter_absence(**entered, first_day=Day(2026, 3, 4), last_day=Day(2026, 3, 5))
    with pytest.raises(NotAllowed):
        actions.enter_absence(
            **entered | {"by": desk.officer.account}, first_day=Day(2026, 5, 4), last_day=Day(2026, 5, 4)
        )
    with pytest.raises(NotAllowed):
        actions.enter_absence(
            **entered | {"by": people["other_agency_head"]}, first_day=Day(2026, 5, 4), last_day=Day(2026, 5, 4)
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Absence.objects.all().delete()


def test_days_off_are_kept_by_administrators(people):
    day = Day(2026, 11, 24)
    with pytest.raises(NotAllowed):
        actions.save_day_off(by=people["agency_head"], day=day, name="Ngày Văn hóa")
    kept = actions.save_day_off(by=people["technical_admin"], day=day, name="Ngày Văn hóa")
    assert not read_calendar(day, day).is_working(day)
    actions.remove_day_off(by=people["technical_admin"], day_off=kept)
    assert read_calendar(day, day).is_working(day)
    with pytest.raises(InvalidDay, match="thứ Bảy"):
        actions.save_day_off(by=people["technical_admin"], day=day, name="Làm bù", is_working=True)


def test_every_holiday_of_the_labour_code_is_shipped():
    for year, lunar in ((2026, [(2, 17), (4, 26)]), (2027, [(2, 6), (4, 16)])):
        for month, day in [(1, 1), (4, 30), (5, 1), (9, 2), *lunar]:
            assert DayOff.objects.filter(day=Day(year, month, day), is_working=False).exists(), (year, month, day)
