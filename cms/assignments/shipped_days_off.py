"""Public holidays of 2026 and 2027 as they are shipped; an administrator edits them like any others.

By article 112 of the Labour Code: 1 January; five days at Tết; the tenth of the third lunar month; 30 April and 1 May;
2 September and the day before or after. A holiday on a Saturday or Sunday is made good on the next working day
(article 111). Days are swapped, and holidays added, by yearly decisions: those of 2026 are here, those of 2027 are not
known and are entered when they come. (Day, name, whether work is made up on it.)
"""

from __future__ import annotations

import datetime

_TET, _KINGS, _NATIONAL = "Tết Nguyên đán", "Giỗ Tổ Hùng Vương", "Quốc khánh"
_Row = tuple[datetime.date, str, bool]


def _off(year: int, month: int, name: str, *days: int) -> list[_Row]:
    return [(datetime.date(year, month, day), name, False) for day in days]


SHIPPED: list[_Row] = [
    *_off(2026, 1, "Tết Dương lịch", 1, 2),
    (datetime.date(2026, 1, 10), "Làm bù Tết Dương lịch", True),
    *_off(2026, 2, _TET, 16, 17, 18, 19, 20),
    *_off(2026, 4, _KINGS, 26, 27),
    *_off(2026, 4, "Ngày Chiến thắng", 30),
    *_off(2026, 5, "Ngày Quốc tế lao động", 1),
    (datetime.date(2026, 8, 22), "Làm bù Quốc khánh", True),
    *_off(2026, 8, _NATIONAL, 31),
    *_off(2026, 9, _NATIONAL, 1, 2),
    *_off(2027, 1, "Tết Dương lịch", 1),
    *_off(2027, 2, _TET, 5, 6, 7, 8, 9, 10, 11),
    *_off(2027, 4, _KINGS, 16),
    *_off(2027, 4, "Ngày Chiến thắng", 30),
    *_off(2027, 5, "Ngày Quốc tế lao động", 1, 3),
    *_off(2027, 9, _NATIONAL, 2, 3),
]
