"""What the cells of a column mostly look like, by their texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from importers.checking.columns import Column

_GROUP = re.compile(r"(?:nhóm|mức|bậc|loại)?\s*(?:[1-5]|iii|ii|iv|i|v)", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,3}(?:[.\s]\d{3})*(?:,\d+)?|-?\d+(?:[.,]\d+)?")
_CODE = re.compile(r"(?:[A-ZĐ]{1,8}\d{1,8}|[A-ZĐ0-9]{1,12}(?:[.\-_/][A-ZĐ0-9]{1,12})+)")
_QUANTITY = re.compile(r"\d{1,4}\s+[^\W\d]")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?: .*)?|\d{4}-\d\d-\d\d|\d{1,2} tháng .*")
_LEGAL = re.compile(r"nghị định|quyết định|thông tư|nghị quyết|luật|chỉ thị|\d+/\d{4}", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_a-zà-ỹ][^\W\d_]*(?: [^\W\d_a-zà-ỹ][^\W\d_]*| \d+){1,5}")

# A long text has at least so many characters, one of a few words at most.
_LONG = 24
_WORDS = 60


def _each(fits: Callable[[str], object]) -> Callable[[Sequence[str]], float]:
    return lambda texts: sum(bool(fits(text)) for text in texts) / len(texts)


def _codes(texts: Sequence[str]) -> float:
    return _each(_CODE.fullmatch)(texts) * len(set(texts)) / len(texts)


def _units(texts: Sequence[str]) -> float:
    """Units say how many of what, or are few short words again and again."""
    counted = _each(_QUANTITY.match)(texts)
    short = _each(lambda text: len(text) <= 20 and not any(map(str.isdigit, text)))(texts)
    repeated = len(texts) >= 3 and 2 * len(set(texts)) <= len(texts) + 1
    return max(counted, short if repeated else short / 2)


def _ratios(texts: Sequence[str]) -> float:
    """Ratios are numbers, some of which have decimal places."""
    return _each(_NUMBER.fullmatch)(texts) * (1 if any("," in text for text in texts) else 0.8)


_LOOKS: dict[str, Callable[[Sequence[str]], float]] = {
    "group": _each(_GROUP.fullmatch),
    "number": _each(_NUMBER.fullmatch),
    "ratio": _ratios,
    "code": _codes,
    "unit": _units,
    "date": _each(_DATE.fullmatch),
    "legal": _each(_LEGAL.search),
    "person": _each(_PERSON.fullmatch),
    "long": _each(lambda text: len(text) >= _LONG and " " in text),
    "words": _each(lambda text: len(text) <= _WORDS and not _NUMBER.fullmatch(text)),
    "text": _each(lambda text: not _NUMBER.fullmatch(text)),
}
_OF_KINDS = {
    "code": "code", "unit": "unit", "group": "group", "text": "text", "choice": "words", "yes_no": "words",
    "date": "date",
}  # fmt: skip


def look_of(column: Column) -> str:
    """Return what the values of a column look like."""
    return column.looks or _OF_KINDS.get(column.kind, "number")


def share_that_looks(texts: Sequence[str], look: str) -> float:
    """Return what part of the texts (some at least) looks like this, from 0 to 1."""
    return _LOOKS[look](texts)
