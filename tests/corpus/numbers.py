"""Numbers: what people write in place of a plain decimal, and what Excel makes of it."""

from __future__ import annotations

from typing import Any

from tests.corpus.kinds import WrongFile, accepted, at, rejected
from tests.corpus.making import GROUP, HEADERS, K, Xml, book, good, spoilt, styled

HOURS = "Thời gian chuẩn (giờ)"
# Numbers with a format, as Excel stores them.
IN_FORMAT = '<c r="{{at}}" s="1"><v>{}</v></c>'


def _bad(id: str, what: str, value: Any, code: str) -> WrongFile:
    return rejected(id, what, spoilt(coefficient=value), at(code, 2, K))


def _read(id: str, what: str, value: Any, stored: str, *codes: str) -> WrongFile:
    said = [at(code, 2, K) for code in codes]
    return accepted(id, what, spoilt(coefficient=value), *said, kept={2: {"coefficient": stored}})


def _bad_group(id: str, what: str, value: Any, code: str) -> WrongFile:
    return rejected(id, what, spoilt(group=value), at(code, 2, GROUP))


def _hours(value: Any) -> bytes:
    return book([*good(), value], [*good("TK.900"), None], header=[*HEADERS, HOURS])


def _in_format(value: str, code: str, number: int = 164) -> bytes:
    return book(good(coefficient=Xml(IN_FORMAT.format(value))), good("TK.900"), styles=styled(code, number))


NUMBERS = [
    _read("decimal-comma", "1,5 typed as text", "1,5", "1.5"),
    _read("decimal-point", "1.5 typed as text", "1.5", "1.5"),
    _read("vietnamese-thousands", "1.234,5 typed as text", "1.234,5", "1234.5"),
    _bad("ambiguous-point", "1.234 typed as text", "1.234", "number_ambiguous"),
    _bad("ambiguous-comma", "1,234 typed as text", "1,234", "number_ambiguous"),
    _bad("english-thousands", "1,234.5 typed as text", "1,234.5", "number_english"),
    _bad("percent-text", "80% typed as text", "80%", "number_percent"),
    rejected(
        "percent-cell", "0.8 in a cell shown as a percentage", lambda: _in_format("0.8", "", 9),
        at("number_percent", 2, K),
    ),
    _bad("unit-in-number", "90 phút", "90 phút", "number_unit"),
    _bad("range", "1,5 - 2", "1,5 - 2", "number_range"),
    _bad("about", "khoảng 2", "khoảng 2", "number_range"),
    _bad("footnote-star", "1,5*", "1,5*", "number_footnote"),
    _bad("footnote-raised", "1,5 with a raised 2", "1,5²", "number_footnote"),
    _bad("hours-and-minutes", "1h30", "1h30", "number_time"),
    _bad("exponent", "1e3 typed as text", "1e3", "number_notation"),
    _bad("hexadecimal", "0x10", "0x10", "number_notation"),
    _bad("underscore", "1_000", "1_000", "number_notation"),
    _bad("dash", "a dash for nothing", "-", "number_dash"),
    _bad("long-dash", "an em dash for nothing", "—", "number_dash"),
    _bad("boolean", "TRUE as a cell", True, "number_boolean"),
    _bad("nan-text", "NaN typed as text", "NaN", "number_not_finite"),
    _bad("infinity-text", "the sign of infinity", "∞", "number_not_finite"),
    _bad("nan-cell", "NaN as a program wrote it into a number", Xml('<c r="{at}"><v>NaN</v></c>'), "number_not_finite"),
    _bad("infinity-cell", "-INF in a number's place", Xml('<c r="{at}"><v>-INF</v></c>'), "number_not_finite"),
    _bad("overflow-cell", "1E+999 in a number's place", Xml('<c r="{at}"><v>1E+999</v></c>'), "number_not_finite"),
    rejected(
        "coefficient-turned-date", "1.5 that Excel turned into 1 May", lambda: _in_format("46143", "d-mmm"),
        at("number_is_date", 2, K),
    ),
    _bad("date-text-for-number", "1/5 of 2026 as text", "1/5/2026", "number_is_date"),
    _bad("words", "a number in words", "một phẩy năm", "not_a_number"),
    _bad("spaces-inside", "1 234,5", "1 234,5", "not_a_number"),
    _bad("two-signs", "--1,5", "--1,5", "not_a_number"),
    _bad("zero", "0", 0, "not_positive"),
    _bad("negative", "-1,5", "-1,5", "not_positive"),
    _bad("over-maximum", "9999,1", 9999.1, "number_over_maximum"),
    _read("maximum", "9.999", 9999, "9999"),
    _read("binary-fraction", "0.30000000000000004", 0.30000000000000004, "0.3"),
    _read("too-many-places", "1.23455 is rounded half up", 1.23455, "1.2346", "rounded"),
    _bad("many-digits", "a number of 400 digits", "9" * 400, "number_too_large"),
    rejected("hours-zero", "hours of 0", lambda: _hours(0), at("not_positive", 2, HOURS)),
    rejected("hours-minutes", "hours as 90 phút", lambda: _hours("90 phút"), at("number_unit", 2, HOURS)),
    accepted(
        "group-in-words", "Nhóm 3", spoilt(group="Nhóm 3"), at("read_as", 2, GROUP), kept={2: {"group": 3}}
    ),
    accepted("group-roman", "III", spoilt(group="III"), at("read_as", 2, GROUP), kept={2: {"group": 3}}),
    _bad_group("group-over", "group 6 of 5", 6, "group_out_of_range"),
    _bad_group("group-zero", "group 0", 0, "group_out_of_range"),
    _bad_group("group-fraction", "group 2.5", 2.5, "not_whole"),
    _bad_group("group-unknown", "group Khó", "Khó", "group_unknown"),
]  # fmt: skip
