"""The one number parser: what it takes, what it refuses and why."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.numbers import (
    SENTENCES,
    NumberError,
    format_decimal_vi,
    input_decimal_vi,
    parse_decimal,
    parse_group,
    parse_whole,
    read_key,
)

decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,25", "1234567.25"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("1,2340", "1.234"),
        (" 18 ", "18"),
        ("01", "1"),
        ("+3", "3"),
        ("-3,5", "-3.5"),
        (18, "18"),
        (18.5, "18.5"),
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (Decimal("1.9"), "1.9"),
    ],
)
def test_numbers_as_people_and_excel_write_them(value, number):
    assert parse_decimal(value).value == Decimal(number)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.234", "number_ambiguous"),
        ("1,234", "number_ambiguous"),
        ("-1.234", "number_ambiguous"),
        ("80%", "number_percent"),
        ("80 %", "number_percent"),
        ("90 phút", "number_unit"),
        ("5điểm", "number_unit"),
        ("1-2", "number_range"),
        ("1 – 2", "number_range"),
        ("1 đến 2", "number_range"),
        ("≤ 5", "number_range"),
        ("5*", "number_footnote"),
        ("1,5(1)", "number_footnote"),
        ("1,5¹", "number_footnote"),
        ("1h30", "number_time"),
        ("1:30", "number_time"),
        ("1e3", "number_notation"),
        ("1E-3", "number_notation"),
        ("0x10", "number_notation"),
        ("1_000", "number_notation"),
        ("-", "number_dash"),
        ("–", "number_dash"),
        ("—", "number_dash"),
        (True, "number_boolean"),
        (False, "number_boolean"),
        ("NaN", "number_not_finite"),
        ("-inf", "number_not_finite"),
        (float("nan"), "number_not_finite"),
        (float("inf"), "number_not_finite"),
        (Decimal("NaN"), "number_not_finite"),
        (datetime.date(2026, 5, 1), "number_is_date"),
        (datetime.datetime(2026, 5, 1), "number_is_date"),
        (datetime.time(1, 30), "number_is_date"),
        (datetime.timedelta(hours=30), "number_is_date"),
        ("01/05/2026", "number_is_date"),
        ("5-Jan", "number_is_date"),
        ("1,234,567", "number_english"),
        ("1,234.5", "number_english"),
        ("abc", "not_a_number"),
        ("", "not_a_number"),
        (None, "not_a_number"),
        ("1,", "not_a_number"),
        (",5", "not_a_number"),
        ("１", "not_a_number"),
        ("1 234", "not_a_number"),
        ("--1", "not_a_number"),
        (1e300, "number_too_large"),
        ("9" * 40, "number_too_large"),
        ("9" * 400, "number_too_large"),
    ],
)
def test_values_that_are_refused(value, code):
    with pytest.raises(NumberError) as refused:
        parse_decimal(value, places=4)

    assert refused.value.code == code


def test_an_ambiguous_number_shows_both_readings_in_forms_that_are_taken():
    with pytest.raises(NumberError) as refused:
        parse_decimal("1.234")

    params = refused.value.params
    assert parse_decimal(params["grouped"]).value == 1234
    assert parse_decimal(params["decimal"]).value == Decimal("1.234")


@pytest.mark.parametrize("value", ["1.234", "90 phút", True, "1h30", "abc", "-", 1e300, "1,234.5", "NaN"])
def test_every_refusal_has_a_sentence_that_its_params_fill(value):
    with pytest.raises(NumberError) as refused:
        parse_decimal(value)

    assert SENTENCES[refused.value.code] % refused.value.params


@pytest.mark.parametrize(
    ("value", "stored", "rounded"),
    [
        ("1,23455", "1.2346", True),
        ("1,23454", "1.2345", True),
        ("0,00005", "0.0001", True),
        (1 / 3, "0.3333", True),
        ("1,50000", "1.5", False),
        (1.1, "1.1", False),
        (7, "7", False),
    ],
)
def test_places_beyond_the_stored_ones_are_rounded_half_up(value, stored, rounded):
    parsed = parse_decimal(value, places=4)

    assert (parsed.value, parsed.rounded) == (Decimal(stored), rounded)


def test_without_places_nothing_is_rounded():
    assert parse_decimal("0,123456789").value == Decimal("0.123456789")


@pytest.mark.parametrize("value", [3, 3.0, "3", "3,0"])
def test_whole_numbers(value):
    assert parse_whole(value) == 3


def test_a_fraction_is_not_whole():
    with pytest.raises(NumberError, match="not_whole"):
        parse_whole(2.5)


@pytest.mark.parametrize(
    ("value", "group", "read_as"),
    [
        (3, 3, False),
        (3.0, 3, False),
        ("3", 3, False),
        ("Nhóm 3", 3, True),
        ("NHÓM 3", 3, True),
        ("nhom 3", 3, True),
        ("Nhóm III", 3, True),
        ("III", 3, True),
        ("iv", 4, True),
        ("Ⅴ", 5, True),
    ],
)
def test_groups_are_understood(value, group, read_as):
    parsed = parse_group(value, maximum=5)

    assert (parsed.value, parsed.read_as) == (group, read_as)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "group_out_of_range"),
        (6, "group_out_of_range"),
        ("Nhóm 6", "group_out_of_range"),
        ("VI", "group_out_of_range"),
        (-1, "group_out_of_range"),
        (2.5, "not_whole"),
        ("A", "group_unknown"),
        ("3 điểm", "group_unknown"),
        ("1-2", "number_range"),
        (True, "number_boolean"),
        (datetime.date(2026, 5, 1), "number_is_date"),
    ],
)
def test_groups_that_are_refused(value, code):
    with pytest.raises(NumberError) as refused:
        parse_group(value, maximum=5)

    assert refused.value.code == code


def test_the_maximum_group_is_the_frameworks():
    assert parse_group(3, maximum=3).value == 3
    with pytest.raises(NumberError, match="group_out_of_range"):
        parse_group(4, maximum=3)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1234.5", "1.234,5"),
        ("1234567", "1.234.567"),
        ("18.0000", "18"),
        ("0.8000", "0,8"),
        ("-1234.50", "-1.234,5"),
        ("1E+3", "1.000"),
        ("-0.00", "0"),
    ],
)
def test_numbers_are_shown_in_vietnamese(number, text):
    assert format_decimal_vi(Decimal(number)) == text


@given(decimals)
def test_a_shown_number_reads_back_or_is_called_ambiguous(number):
    try:
        assert parse_decimal(format_decimal_vi(number)).value == number
    except NumberError as ambiguous:
        readings = [parse_decimal(ambiguous.params[key]).value for key in ("grouped", "decimal")]
        assert number in readings


@given(decimals)
def test_a_number_for_a_form_field_always_reads_back(number):
    assert parse_decimal(input_decimal_vi(number)).value == number


@given(st.floats(min_value=-1e9, max_value=1e9).map(lambda x: round(x, 4)))
def test_a_float_of_four_places_is_read_without_rounding(number):
    parsed = parse_decimal(number, places=4)

    assert not parsed.rounded
    assert parsed.value == Decimal(str(number))


@pytest.mark.parametrize("text", ["", None, "khong", "-1", "1.5", "٣", "²", "9" * 19, " 7", "\x00"])
def test_what_is_no_key_is_that_of_no_row(text):
    assert read_key(text) == 0


def test_a_key_is_read_whole():
    assert (read_key("42"), read_key(7), read_key("9" * 18)) == (42, 7, 10**18 - 1)
