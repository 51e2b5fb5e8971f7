"""Dates, in lists of officers: the first and the last day of a posting."""

from __future__ import annotations

import datetime
from typing import Any

from tests.corpus.kinds import WrongFile, accepted, at, rejected
from tests.corpus.making import SHEETS, STAFF_HEADERS, Xml, officer, rows_xml, serial, staff, styled
from tests.unit.importers.reading.building import xlsx

FROM, TO = "Từ ngày", "Đến ngày"
DAY = datetime.date(2026, 6, 5)
EPOCH_1904 = datetime.date(1904, 1, 1)


def _read(id: str, what: str, first: Any, day: str = "2026-06-05") -> WrongFile:
    return accepted(id, what, lambda: staff(officer(first=first)), kind="officers", kept={2: {"valid_from": day}})


def _bad(id: str, what: str, first: Any, code: str) -> WrongFile:
    make = lambda: staff(officer(first=first), officer("CC-2"))  # noqa: E731 - one line says it
    return rejected(id, what, make, at(code, 2, FROM), kind="officers")


def _serial(number: int, **more: Any) -> bytes:
    row = officer(first=Xml(f'<c r="{{at}}" s="1"><v>{number}</v></c>'))
    return xlsx(rows_xml([STAFF_HEADERS, row]), sheets=SHEETS, styles=styled("dd/mm/yyyy"), **more)


DATES = [
    _read("date-slashes", "05/06/2026 is the fifth of June", "05/06/2026"),
    _read("date-short", "5/6/26", "5/6/26"),
    _read("date-points", "05.06.2026", "05.06.2026"),
    _read("date-words", "05 tháng 6 năm 2026", "05 tháng 6 năm 2026"),
    _read("date-iso", "2026-06-05", "2026-06-05"),
    accepted(
        "date-cell", "a real date", lambda: _serial(serial(DAY)), kind="officers", kept={2: {"valid_from": str(DAY)}}
    ),
    accepted(
        "date-1904", "a real date counted from 1904",
        lambda: _serial(serial(DAY, EPOCH_1904), properties='<workbookPr date1904="1"/>'), kind="officers",
        kept={2: {"valid_from": str(DAY)}},
    ),
    rejected("date-serial-60", "29 February 1900", lambda: _serial(60), at("impossible_date", 2, FROM),
             kind="officers"),
    rejected("date-too-late", "a serial beyond the year 9999", lambda: _serial(9_999_999),
             at("impossible_date", 2, FROM), kind="officers"),
    rejected("date-serial-1900", "a real date in 1950", lambda: _serial(serial(datetime.date(1950, 1, 1))),
             at("date_out_of_range", 2, FROM), kind="officers"),
    _bad("date-impossible", "31/02/2026", "31/02/2026", "date_impossible"),
    _bad("date-no-leap-year", "29/02/2026", "29/02/2026", "date_impossible"),
    _bad("date-before-2000", "01/01/1999", "01/01/1999", "date_out_of_range"),
    _bad("date-after-2100", "01/01/2101", "01/01/2101", "date_out_of_range"),
    _bad("date-words-wrong", "đầu năm", "đầu năm", "not_a_date"),
    _bad("date-number", "46178 without a format", 46178, "date_is_number"),
    _bad("date-boolean", "TRUE for a day", True, "not_a_date"),
    rejected(
        "date-mixed-orders", "13/02/2026 above and 02/13/2026 below: the second proves it",
        lambda: staff(officer(first="13/02/2026"), officer("CC-2", first="02/13/2026")),
             at("date_month_first", 3, FROM),
        kind="officers",
    ),
    rejected(
        "date-last-before-first", "the last day before the first",
        lambda: staff(officer(first="05/06/2026", last="04/06/2026")), at("last_day_before_first", 2, TO),
        kind="officers",
    ),
]  # fmt: skip
