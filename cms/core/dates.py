"""The one date parser, for forms and imports, and how dates are written in Vietnamese. Pure: no Django.

Day first, always. Source: the import contract, section "Numbers and dates".
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from cms.core.text import fold, gettext_noop

FIRST_YEAR, LAST_YEAR = 2000, 2100

SENTENCES: dict[str, str] = {
    "not_a_date": gettext_noop("“%(text)s” is not a date. Write day/month/year, such as 05/06/2026."),
    "date_impossible": gettext_noop("There is no such day as “%(text)s”. Write day/month/year, such as 05/06/2026."),
    "date_month_first": gettext_noop(
        "“%(text)s” has the month first. Write the day first: %(day_first)s; check the other dates of the column too."
    ),
    "date_out_of_range": gettext_noop("The year must be from 2000 to 2100."),
    "date_is_number": gettext_noop("A plain number stands where a date is wanted. Format the cell as a date."),
}

_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})", re.ASCII)


class DateError(ValueError):
    """The value is not a date that we take; ``code`` and ``params`` say why (see SENTENCES)."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def parse_date(value: object) -> datetime.date:
    """Read a real date, or ``05/06/2026``, ``5/6/26``, ``05.06.2026``, ``05 tháng 6 năm 2026``, ``2026-06-05``.

    Years from 2000 to 2100; two digits mean 20xx. Raises DateError.
    """
    if isinstance(value, datetime.datetime):
        return _in_range(value.date())
    if isinstance(value, datetime.date):
        return _in_range(value)
    if isinstance(value, str):
        return _in_range(_from_text(value.strip()))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise DateError("date_is_number", text=str(value))
    raise DateError("not_a_date", text="" if value is None else str(value))


def format_date_vi(day: datetime.date) -> str:
    """A date for people to read: ``05/06/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _in_range(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateError("date_out_of_range", text=format_date_vi(day))
    return day


def _from_text(text: str) -> datetime.date:
    if match := _ISO.fullmatch(text):
        return _real_day(text, year=match[1], month=match[2], day=match[3])
    if match := _DAY_FIRST.fullmatch(text):
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        return _real_day(text, year=year, month=match[3], day=match[1])
    if match := _IN_WORDS.fullmatch(fold(text)):
        return _real_day(text, year=match[3], month=match[2], day=match[1])
    raise DateError("not_a_date", text=text)


def _real_day(text: str, *, year: str, month: str, day: str) -> datetime.date:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        swapped = _swapped(int(year), int(month), int(day))
    if swapped and not _ISO.fullmatch(text):
        raise DateError("date_month_first", text=text, day_first=format_date_vi(swapped))
    raise DateError("date_impossible", text=text)


def _swapped(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, day, month)
    except ValueError:
        return None
