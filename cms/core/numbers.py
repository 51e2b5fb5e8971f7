"""The one number parser, for forms and imports, and how numbers are written in Vietnamese. Pure: no Django.

Never a float near a score: a float from Excel is read at 15 significant digits and is a Decimal from then on.
Source: the import contract, section "Numbers and dates".
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cms.core.text import fold, gettext_noop

MAX_WHOLE_DIGITS = 15
MAX_FRACTION_DIGITS = 30
# Keys of rows are 64 bits long.
_MOST_KEY_DIGITS = 19

# One English sentence for each error code; forms and imports say the same.
SENTENCES: dict[str, str] = {
    "number_ambiguous": gettext_noop(
        "“%(text)s” can be read as %(grouped)s or as %(decimal)s. Write it in one of these two ways."
    ),
    "number_boolean": gettext_noop("A yes/no value stands where a number is wanted. Type the number."),
    "number_dash": gettext_noop("A dash is not a number. Type the number, or leave the place blank."),
    "number_english": gettext_noop(
        "“%(text)s” uses commas for thousands. Use a decimal comma and points for thousands, such as 1.234,5."
    ),
    "number_footnote": gettext_noop("“%(text)s” carries a footnote mark. Leave only the number in the cell."),
    "number_is_date": gettext_noop(
        "A date or time stands where a number is wanted; Excel may have turned the number into it. "
        "Format the cell as text or number and type the number again."
    ),
    "number_notation": gettext_noop("“%(text)s” is written in a computer's notation. Write plain digits."),
    "number_not_finite": gettext_noop("This is not a finite number. Type the number in digits."),
    "number_percent": gettext_noop(
        "Percentages are not accepted here. Write the plain number, such as 0,8 for 80 percent."
    ),
    "number_range": gettext_noop("“%(text)s” is a range or an estimate. Write one number."),
    "number_time": gettext_noop("“%(text)s” is a length of time. Write it as a decimal number, such as 1,5 for 1h30."),
    "number_too_large": gettext_noop("The number has too many digits."),
    "number_unit": gettext_noop("“%(text)s” holds a unit beside the number. Write %(number)s alone."),
    "not_a_number": gettext_noop("“%(text)s” is not a number. Write digits with a decimal comma, such as 1,5."),
    "not_whole": gettext_noop("The number must be whole, without a fraction."),
    "group_unknown": gettext_noop("“%(text)s” is not a complexity group. Write a whole number from 1 to %(maximum)s."),
    "group_out_of_range": gettext_noop("The complexity group must be a whole number from 1 to %(maximum)s."),
}


class NumberError(ValueError):
    """The value is not a number that we take; ``code`` and ``params`` say why (see SENTENCES)."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class ParsedDecimal:
    """The number, and whether digits beyond the stored places were rounded away (half up)."""

    value: Decimal
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class ParsedGroup:
    """A complexity group; ``read_as`` when it was written in words or Roman numerals."""

    value: int
    read_as: bool = False


def parse_decimal(value: object, *, places: int | None = None) -> ParsedDecimal:
    """Read a number as people and Excel write it: ``1,5``, ``1.234,5``, ``1.5``, 1.5.

    With ``places`` the number is rounded half up to that many decimal places. Raises NumberError.
    """
    number = _exact(value)
    if number.adjusted() >= MAX_WHOLE_DIGITS:
        raise NumberError("number_too_large")
    if places is None or -_exponent(number) <= places:
        return ParsedDecimal(number)
    stored = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return ParsedDecimal(stored, rounded=stored != number)


def parse_whole(value: object) -> int:
    """Read a whole number. Raises NumberError."""
    number = parse_decimal(value).value
    if number != number.to_integral_value():
        raise NumberError("not_whole")
    return int(number)


def read_key(text: object) -> int:
    """Return the key that an address or a form names; 0, which no row has, for what is none."""
    written = str(text or "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < _MOST_KEY_DIGITS else 0


def parse_group(value: object, *, maximum: int) -> ParsedGroup:
    """Read a complexity group from 1 to ``maximum``: 3, ``3``; ``Nhóm 3`` and ``III`` are read as 3 and flagged.

    Raises NumberError.
    """
    read_as = False
    try:
        group = parse_whole(value)
    except NumberError as error:
        if not isinstance(value, str) or (understood := _group_in_words(value)) is None:
            if error.code in ("not_a_number", "number_unit") and isinstance(value, str):
                raise NumberError("group_unknown", text=value, maximum=maximum) from None
            raise
        group, read_as = understood, True
    if not 1 <= group <= maximum:
        raise NumberError("group_out_of_range", maximum=maximum)
    return ParsedGroup(group, read_as)


def format_decimal_vi(value: Decimal) -> str:
    """A number for people to read: ``1.234,5``, no trailing zeros."""
    whole, _, fraction = f"{value:,f}".partition(".")
    fraction = fraction.rstrip("0")
    text = whole.replace(",", ".") + (f",{fraction}" if fraction else "")
    return "0" if text == "-0" else text


def input_decimal_vi(value: Decimal) -> str:
    """A number for a form field or a CSV cell: no thousands points, and always read back as the same number.

    1.125 is written ``1,1250``, since ``1,125`` could also be one thousand one hundred and twenty-five.
    """
    text = format_decimal_vi(value).replace(".", "")
    return f"{text}0" if _AMBIGUOUS.fullmatch(text) else text


# Reading --------------------------------------------------------------------------------------------------------

_WHOLE = re.compile(r"[+-]?[0-9]+")
_AMBIGUOUS = re.compile(r"[+-]?(?!0)[0-9]{1,3}[.,][0-9]{3}")
_ONE_SEPARATOR = re.compile(r"[+-]?[0-9]+[.,][0-9]+")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")


def _exact(value: object) -> Decimal:
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, bool):
        raise NumberError("number_boolean")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise NumberError("number_not_finite")
        return value
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        raise NumberError("number_is_date")
    raise NumberError("not_a_number", text="" if value is None else str(value))


def _from_float(value: float) -> Decimal:
    if not math.isfinite(value):
        raise NumberError("number_not_finite")
    return Decimal(format(value, ".15g"))


def _from_text(text: str) -> Decimal:
    if len(text) > MAX_WHOLE_DIGITS + MAX_FRACTION_DIGITS:
        raise NumberError("number_too_large" if _WHOLE.match(text) else "not_a_number", text=text[:40])
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    if _AMBIGUOUS.fullmatch(text):
        digits = text.replace(",", ".")
        readings = {"grouped": digits.replace(".", ""), "decimal": f"{digits}0".replace(".", ",")}
        raise NumberError("number_ambiguous", text=text, **readings)
    if _ONE_SEPARATOR.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    raise _why_not(text)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


# Why not --------------------------------------------------------------------------------------------------------

_NUMBER = r"[+-]?[0-9][0-9.,]*"
_MONTH = r"(?:tháng|thg|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_REASONS = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("number_dash", r"[-–—−‐‑_]+"),
        ("number_not_finite", r"[+-]?(?:nan|inf|infinity|∞)"),
        ("number_percent", rf"{_NUMBER}\s*[%‰٪％]"),
        ("number_notation", r"[+-]?(?:0[xob][0-9a-f]+|[0-9.,]+e[+-]?[0-9]+|[0-9]+(?:_[0-9]+)+)"),
        ("number_time", r"[0-9]+\s*(?:h|g|giờ|:)\s*[0-9]+(?:\s*(?:p|ph|phút|'))?"),
        ("number_is_date", rf"[0-9]{{1,4}}([/-])[0-9]{{1,2}}\1[0-9]{{1,4}}|[0-9]{{1,2}}[- ]?{_MONTH}\b.*"),
        ("number_range", rf"{_NUMBER}\s*(?:[-–—−÷~…/]|đến|->|\.\.+)\s*{_NUMBER}(?:\s*\D+)?"),
        ("number_range", r"[~≈<>≤≥±].*|(?:từ|khoảng|trên|dưới)\b.*"),
        ("number_footnote", rf"{_NUMBER}\s*(?:\*+|[¹²³⁰-⁹†‡]+|\([0-9*]+\)|\[[0-9*]+\])"),
        ("number_english", r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    )
)
_WITH_UNIT = re.compile(rf"({_NUMBER})\s*[^\W\d_].*")


def _why_not(text: str) -> NumberError:
    for code, pattern in _REASONS:
        if pattern.fullmatch(text):
            return NumberError(code, text=text)
    if match := _WITH_UNIT.fullmatch(text):
        return NumberError("number_unit", text=text, number=match[1])
    return NumberError("not_a_number", text=text)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_GROUP_WORDS = re.compile(r"(?:nhom|muc)? ?([0-9]{1,2}|[ivx]{1,4})")


def _group_in_words(text: str) -> int | None:
    match = _GROUP_WORDS.fullmatch(fold(unicodedata.normalize("NFKC", text)))
    if not match:
        return None
    return int(match[1]) if match[1].isdigit() else _ROMAN.get(match[1])
