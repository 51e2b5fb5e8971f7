"""The one date parser: day first, real days, this century."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.dates import SENTENCES, DateError, format_date_vi, parse_date

FIFTH_OF_JUNE = datetime.date(2026, 6, 5)


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2026, 6, 5),
        datetime.datetime(2026, 6, 5, 23, 59),
        "05/06/2026",
        "5/6/2026",
        "5/6/26",
        " 05/06/2026 ",
        "05.06.2026",
        "05-06-2026",
        "5 / 6 / 2026",
        "05 tháng 6 năm 2026",
        "ngày 05 tháng 06 năm 2026",
        "Ngày 5 thang 6 nam 2026",
        "2026-06-05",
        "2026-06-05T08:30:00",
        "2026-06-05 08:30",
    ],
)
def test_dates_as_people_write_them(value):
    assert parse_date(value) == FIFTH_OF_JUNE


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("31/02/2026", "date_impossible"),
        ("29/02/2025", "date_impossible"),
        ("2026-13-01", "date_impossible"),
        ("0/6/2026", "date_impossible"),
        ("32/13/2026", "date_impossible"),
        ("06/15/2026", "date_month_first"),
        ("31/12/1999", "date_out_of_range"),
        ("01/01/2101", "date_out_of_range"),
        (datetime.date(1900, 1, 1), "date_out_of_range"),
        (datetime.datetime(1904, 1, 1), "date_out_of_range"),
        (46178, "date_is_number"),
        (60.0, "date_is_number"),
        (True, "not_a_date"),
        (None, "not_a_date"),
        ("", "not_a_date"),
        ("05/06", "not_a_date"),
        ("05/06-2026", "not_a_date"),
        ("tháng 6 năm 2026", "not_a_date"),
        ("ngày     tháng    năm 2026", "not_a_date"),
        ("05/06/202", "not_a_date"),
        ("٠٥/٠٦/٢٠٢٦", "not_a_date"),
    ],
)
def test_values_that_are_no_dates(value, code):
    with pytest.raises(DateError) as refused:
        parse_date(value)

    assert refused.value.code == code
    assert SENTENCES[code] % refused.value.params


def test_the_ends_of_the_range_are_taken():
    assert parse_date("01/01/2000").year == 2000
    assert parse_date("31/12/2100").year == 2100


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)))
def test_a_shown_date_reads_back(day):
    assert parse_date(format_date_vi(day)) == day
    assert parse_date(day.isoformat()) == day
