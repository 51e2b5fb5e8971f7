"""The end of a sheet: totals, footnotes and the signature block."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cms.core.text import fold, name_key
from importers.problems import Problem, warning
from importers.reading.contract import Row, Value

_TOTAL = re.compile(r"(?:tổng cộng|tổng số|cộng tổng|tong cong|tong so)\b.*|(?:tổng|cộng|cong|tong)\s*[:.]?")
_SIGNATURE = re.compile(
    r"(?:tm|kt|tl|tuq|q)\b.*|(?:nguoi (?:lap|tong hop|lam don|ky)|noi nhan|xac nhan cua|thu truong|ky(?: ten)? ghi ro|"
    r"ky (?:ho|ten)|da ky|ky va dong dau|chu ky|lap bieu|phe duyet|"
    r"bang chu|danh (?:muc|sach) (?:nay )?(?:co|gom)).*|"
    r".*\bngay\b.*\bthang\b.*\bnam\b.*|(?:\w+ ){0,8}ngay \d{1,2} \d{1,2} \d{4}"
)
_OFFICE = (
    r"(?:pho |q )?(?:chu tich|giam doc|chanh(?: van phong| thanh tra)?|truong(?: phong| ban| don vi)?|vu truong|"
    r"cuc truong|chi cuc truong|bi thu|hieu truong|thu ky|ke toan(?: truong)?|van thu|thu quy)"
)
_OFFICE_IN_CAPITALS, _BARE_OFFICE = re.compile(_OFFICE + ".*"), re.compile(_OFFICE)
# "- Lưu: VT, P2." below "Nơi nhận:".
_RECIPIENT = re.compile(r"[-–+•]\s*[^\W\d].*", re.DOTALL)
_PERSON = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,6}")
_FOOTNOTE = re.compile(r"(?:\*|\(\*+\)|ghi chú|lưu ý|chú thích|ghi chu|luu y).*", re.DOTALL)
# Cells that only an item has; with one of them a row is never taken for a total.
_ITEM_KEYS = ("code", "output", "unit", "group")
_NUMBER_KEYS = ("group", "coefficient", "score")

# Nothing longer is a line of a signature block; it also keeps the patterns fast on whatever is sent.
MAX_LENGTH = 200

Filled = list[tuple[int, Value]]


@dataclass(slots=True)
class Footer:
    """What stands below the last item and is not data."""

    totals: list[tuple[int, str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    text: str = ""

    def problems(self, sheet: str) -> list[Problem]:
        """One warning for each totals row and one for the signature block."""
        problems = [warning("totals_row", sheet=sheet, row=row, value=text) for row, text in self.totals]
        if self.rows:
            where = {"sheet": sheet, "row": self.rows[0], "value": self.text}
            problems.append(warning("signature_block", **where, last_row=self.rows[-1]))
        return problems


def is_total(row: Row, filled: Filled, columns: dict[str, int]) -> bool:
    """Whether the row sums up: its first text says so and it has nothing that only an item has."""
    first = next((value for _, value in filled if type(value) is str), None)
    if first is None or not _TOTAL.fullmatch(name_key(first[:MAX_LENGTH])):
        return False
    return not any(index == columns.get(key) for index, value in filled if value is not first for key in _ITEM_KEYS)


def find_footer(
    rows: list[Row], columns: dict[str, int], filled_cells: Callable[[Row], Filled]
) -> tuple[list[Row], Footer]:
    """The rows that may be data, and the footer. Nothing that looks like an item is ever put into the footer."""
    end = len(rows)
    while end and not _is_item_like(rows[end - 1], filled_cells(rows[end - 1]), columns):
        end -= 1
    body, footer, signed = rows[:end], Footer(), False
    for row in rows[end:]:
        filled = filled_cells(row)
        texts = [value.strip() for _, value in filled if type(value) is str]
        if not filled:
            continue
        if is_total(row, filled, columns):
            footer.totals.append((row.number, texts[0]))
        elif signed or _begins_footer(texts, filled, columns):
            signed = True
            footer.rows.append(row.number)
            footer.text = footer.text or texts[0]
        else:
            body.append(row)
    return body, footer


def _is_item_like(row: Row, filled: Filled, columns: dict[str, int]) -> bool:
    """Whether a row has what only an item has. What stands in closing blocks counts for nothing, in whatever column."""
    if is_total(row, filled, columns):
        return False
    open_to = {index: value for index, value in filled if not _stands_in_closing_blocks(value)}
    if _has_code(open_to.get(columns.get("code", -1))):
        return True
    if columns.get("output") in open_to and (columns.get("task") in open_to or columns.get("name") in open_to):
        return True
    if len(open_to.keys() & {index for key, index in columns.items() if key != "no"}) >= 4:
        return True
    numbers = {columns[key] for key in _NUMBER_KEYS if key in columns}
    return any(any(c.isdigit() for c in str(open_to[index])) for index in numbers & open_to.keys())


def _stands_in_closing_blocks(value: Value) -> bool:
    if type(value) is not str or len(value) > MAX_LENGTH:
        return False
    text = value.strip()
    is_person = _PERSON.fullmatch(text) and all(word[0].isupper() for word in text.split())
    return bool(is_person or _RECIPIENT.fullmatch(text) or _BARE_OFFICE.fullmatch(fold(text)) or _is_signature(text))


def _has_code(value: Value) -> bool:
    """Whether the cell of the code holds one: with a digit or in capitals, and no words of a sentence."""
    words = "" if value is None else str(value).split()
    if sum(word != word.upper() for word in words) > 1:
        return False
    return any(c.isdigit() for word in words for c in word) or (len(words) == 1 and words[0].isupper())


def _begins_footer(texts: list[str], filled: Filled, columns: dict[str, int]) -> bool:
    cells = dict(filled)
    code, number = cells.get(columns.get("code", -1)), str(cells.get(columns.get("no", -1), ""))
    has_code = code is not None and not _stands_in_closing_blocks(code)
    if not texts or has_code or number.strip().isdigit():
        return False
    if len(filled) == 1 and _FOOTNOTE.fullmatch(texts[0].casefold()):
        return True
    side_by_side = len(texts) > 1 and all(_BARE_OFFICE.fullmatch(fold(text[:MAX_LENGTH])) for text in texts)
    return side_by_side or any(_is_signature(text) for text in texts)


def _is_signature(text: str) -> bool:
    if len(text) > MAX_LENGTH:
        return False
    bare = fold(text)
    return bool(_SIGNATURE.fullmatch(bare) or (text.isupper() and _OFFICE_IN_CAPITALS.fullmatch(bare)))
