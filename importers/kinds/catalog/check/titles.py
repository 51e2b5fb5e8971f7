"""What the lines above the header say: the standard unit and its score."""

from __future__ import annotations

import re
from decimal import Decimal

from cms.core.numbers import NumberError, parse_decimal
from cms.core.text import clean_text
from importers.checking.headers import Header
from importers.kinds.catalog.check.context import TitleFacts
from importers.reading.contract import Sheet

_STANDARD_UNIT = re.compile(
    r"đơn vị (?:sản phẩm|công việc|sản phẩm ?[/,] ?công việc)? ?chuẩn ?(?:là)? ?[:\-–]? ?(?P<unit>.+?)"
    r"(?: ?[(:\-–=,] ?(?P<score>\d[\d.,]*) ?điểm ?\)?)?\.?",
    re.IGNORECASE,
)

MAX_LENGTH = 500


def find_title_facts(sheet: Sheet, header: Header) -> TitleFacts | None:
    """The line ``Đơn vị sản phẩm/công việc chuẩn: … (5 điểm)`` above the header, or None."""
    for row in sheet.rows:
        if row.number >= header.first_row:
            return None
        for value in row.cells:
            if not isinstance(value, str) or len(value) > MAX_LENGTH:
                continue
            if match := _STANDARD_UNIT.fullmatch(clean_text(value).text):
                return TitleFacts(sheet.name, row.number, match["unit"], _score(match["score"]), match[0])
    return None


def _score(text: str | None) -> Decimal | None:
    try:
        return parse_decimal(text).value if text else None
    except NumberError:
        return None
