"""Exact numbers: what is read, how a half is rounded, and how numbers are written."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cms.scoring.exact import decimals_of, half_up, read_number, to_text, to_vietnamese

decimals = st.decimals(min_value=1 - 10**15, max_value=10**15 - 1, allow_nan=False, allow_infinity=False, places=6)


def rounded_by_decimal(value: Decimal, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("given_", "number"),
    [
        ("27.5", Fraction(55, 2)),
        ("0", Fraction(0)),
        ("-3.25", Fraction(-13, 4)),
        (7, Fraction(7)),
        (Decimal("1.10"), Fraction(11, 10)),
        (Decimal("1E+2"), Fraction(100)),
        ("999999999999999.999999999999", Fraction(999999999999999999999999999, 10**12)),
    ],
)
def test_decimals_are_read_exactly(given_, number):
    assert read_number(given_) == number


@pytest.mark.parametrize(
    "given_",
    [1.5, True, None, "", " 1", "1 ", "1,5", "1.", ".5", "+1", "1e3", "١", "１", "NaN", "1_000", [], Decimal("NaN"),
     Decimal("Infinity"), "1" * 16, "0." + "1" * 13],
)  # fmt: skip
def test_everything_else_is_no_number(given_):
    assert read_number(given_) is None


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("89.995", 2, "90"),
        ("89.9949", 2, "89.99"),
        ("-89.995", 2, "-90"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.5", 0, "3"),
        ("-0.004", 2, "0"),
        ("999999999999999.995", 2, "1000000000000000"),
    ],
)
def test_a_half_goes_away_from_zero(value, places, rounded):
    assert half_up(Fraction(value), places) == Fraction(rounded)


@settings(max_examples=150)
@given(decimals, st.integers(0, 6))
@example(Decimal("0.5"), 0)
@example(Decimal("-1234.565"), 2)
def test_rounding_agrees_with_decimal(value, places):
    assert half_up(Fraction(value), places) == Fraction(rounded_by_decimal(value, places))
    assert Fraction(to_text(Fraction(value), places)) == half_up(Fraction(value), places)


@settings(max_examples=80)
@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_ties_agree_with_decimal(whole, places):
    tie = Decimal(whole * 10 + 5).scaleb(-(places + 1))
    assert half_up(Fraction(tie), places) == Fraction(rounded_by_decimal(tie, places))


@settings(max_examples=80)
@given(st.fractions(max_denominator=999), st.integers(0, 4))
def test_a_rounded_number_is_the_nearest_and_stays(value, places):
    rounded = half_up(value, places)
    assert abs(rounded - value) * 2 * 10**places <= 1
    assert half_up(rounded, places) == rounded


@settings(max_examples=80)
@given(decimals)
def test_what_is_written_reads_back(value):
    assert read_number(to_text(Fraction(value))) == Fraction(value)


def test_a_number_is_written_as_short_as_it_can_be():
    assert [to_text(Fraction(text)) for text in ("2.50", "10", "-0.05", "0.000")] == ["2.5", "10", "-0.05", "0"]
    assert [to_text(Fraction(text), 2) for text in ("2.5", "10", "-0.005", "-0.004")] == [
        "2.50",
        "10.00",
        "-0.01",
        "0.00",
    ]


def test_a_third_has_no_exact_text_but_a_rounded_one():
    assert decimals_of(Fraction(1, 3)) is None
    assert decimals_of(Fraction(1, 80)) == 4
    with pytest.raises(ValueError, match="1/3"):
        to_text(Fraction(1, 3))
    assert to_text(Fraction(1, 3), 2) == "0.33"


def test_vietnamese_people_write_a_comma_and_points_between_thousands():
    written = [to_vietnamese(Fraction(text)) for text in ("2.5", "1234567.25", "-1000", "-0.5", "999")]
    assert written == ["2,5", "1.234.567,25", "-1.000", "-0,5", "999"]
    assert to_vietnamese(Fraction(2, 3), 2) == "0,67"
