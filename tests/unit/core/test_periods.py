"""Periods in short."""

from datetime import date

import pytest

from cms.core.periods import MONTHS, CalendarPeriod, read_period

PERIODS = [
    ("2026-07", "month", date(2026, 7, 1), date(2026, 7, 31)),
    ("2026-12", "month", date(2026, 12, 1), date(2026, 12, 31)),
    ("2026-Q1", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
    ("2026-Q4", "quarter", date(2026, 10, 1), date(2026, 12, 31)),
    ("2026-H2", "half", date(2026, 7, 1), date(2026, 12, 31)), ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
    ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kind", "first", "last"), PERIODS)
def test_a_code_means_one_period_and_back(code, kind, first, last):
    period = read_period(code)

    assert period == CalendarPeriod(kind, first) and (period.code, period.last_day) == (code, last)
    assert CalendarPeriod.around(kind, last) == period
    assert period.holds(last) and not period.holds(date(1999, 1, 1))


@pytest.mark.parametrize(
    "code", ["", "2026-00", "2026-13", "2026-7", "2026-Q5", "2026-H3", "1999", "2026-07-01", "٢٠٢٦"]
)
def test_anything_else_is_none(code):
    assert read_period(code) is None


def test_no_two_periods_of_a_year_have_one_number():
    every = {CalendarPeriod.around(kind, date(2026, month, 1)) for kind in MONTHS for month in range(1, 13)}

    assert len(every) == 12 + 4 + 2 + 1 == len({period.number for period in every})
