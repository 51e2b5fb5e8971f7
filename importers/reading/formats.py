"""Number formats: which stored numbers are shown as dates, times or percentages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from importers.reading.xmlparts import Attributes, elements

Shown = Literal["number", "percent", "date", "time", "duration"]

_BUILT_IN: dict[int, Shown] = (
    dict.fromkeys((9, 10), "percent")
    | dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)), "date")
    | dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 47), "time")
    | {46: "duration"}
)

# What a format shows as it stands: quoted text, escaped characters, padding, colours, conditions and locales.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_GENERAL = re.compile("general", re.IGNORECASE)

# Excel allows no longer code.
MAX_CODE = 255

_DAY = datetime.timedelta(days=1)
_LAST_SERIAL = 2_958_465
_MICROSECONDS = 86_400_000_000


def shown_as(code: str) -> Shown:
    """Tell how a number format code shows a number."""
    if len(code) > MAX_CODE:
        return "number"
    bare = _GENERAL.sub("", _LITERAL.sub("", code))
    if _ELAPSED.search(bare):
        return "duration"
    letters = set(bare.lower())
    if letters & set("dy") or ("m" in letters and not letters & set("hs")):
        return "date"
    if letters & set("hs"):
        return "time"
    return "percent" if "%" in letters else "number"


def read_styles(chunks: Iterable[bytes], part: str) -> list[Shown]:
    """How each cell style (by its index in ``cellXfs``) shows a number."""
    codes: dict[int, Shown] = dict(_BUILT_IN)
    styles: list[int] = []

    def start(name: str, attributes: Attributes, holders: list[str]) -> None:
        if name == "numFmt" and holders[-1:] == ["numFmts"]:
            codes[_number(attributes)] = shown_as(attributes.get("formatCode", ""))
        elif name == "xf" and holders[-1:] == ["cellXfs"]:
            styles.append(_number(attributes))

    elements(chunks, part, start)
    return [codes.get(number, "number") for number in styles]


def _number(attributes: Attributes) -> int:
    text = attributes.get("numFmtId", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def from_serial(
    serial: float, shown: Shown, epoch_1904: bool
) -> datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None:
    """The date or time that a serial number stands for; None when there is no such date.

    Excel counts a 29 February 1900 (serial 60) that never was, and a day 0. Source: ECMA-376 part 1, 18.17.4.1.
    """
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    day = int(serial)
    moment = datetime.timedelta(microseconds=round((serial - day) * _MICROSECONDS / 1000) * 1000)
    if shown == "duration":
        return day * _DAY + moment
    if shown == "time" and day == 0:
        return (datetime.datetime.min + moment).time()
    start = _first_day(day, epoch_1904)
    if start is None:
        return None
    return start + day * _DAY + moment if moment or shown == "time" else start.date() + day * _DAY


def _first_day(day: int, epoch_1904: bool) -> datetime.datetime | None:
    if epoch_1904:
        return datetime.datetime(1904, 1, 1)
    if day in (0, 60):
        return None
    return datetime.datetime(1899, 12, 31 if day < 60 else 30)
