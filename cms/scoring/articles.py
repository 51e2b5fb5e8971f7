"""Which articles of Decree 335/2025/NĐ-CP a citation names: receipts carry its key, and whoever shows them the address.

Citations are texts of frameworks; a key is ``dieu-16``. What names another document, or none, has no key.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

DECREE = "335/2025/NĐ-CP"
_CACHED = 4096
_DOCUMENT = rf"Nghị định (?:số )?{re.escape(DECREE)}"
_PLACE = r"(?:(?:khoản \d+|điểm \w)[,;]? )*Điều (\d+)"
_FILES = re.compile(r"(?:Toàn văn: )?\bdocs/[^;]*(?:; số dòng dẫn chiếu theo bản này)?|\s*\(dòng [\d–, ]+\)")
_AFTER = re.compile(rf"{_DOCUMENT}(?: ngày [\d/]+)?(?: của Chính phủ)?[,:]? \(?{_PLACE}")
_NEXT = re.compile(r"(?:,? (?:khoản \d+|điểm \w)| \([^()]*\))*(?:,|;| và) Điều (\d+)")
_BEFORE = re.compile(rf"{_PLACE}(?:[,;]? (?:khoản \d+|điểm \w))*,? (?:của )?{_DOCUMENT}")


@lru_cache(_CACHED)
def without_files(text: str) -> str:
    """Return a source without where our own copy of it lies: versions that were frozen early name files and lines."""
    return _FILES.sub("", text).strip(" ;,")


@lru_cache(_CACHED)
def articles_of(citation: str) -> tuple[str, ...]:
    """Return the keys of the decree's articles that a citation names, in its order.

    >>> articles_of("Nghị định 335/2025/NĐ-CP, Điều 12 khoản 2 và Điều 16"), articles_of("Quy định 366-QĐ/TW, Điều 11")
    (('dieu-12', 'dieu-16'), ())
    """
    found = [each[1] for each in _BEFORE.finditer(citation)]
    for first in _AFTER.finditer(citation):
        each: re.Match[str] | None = first
        while each:
            found.append(each[1])
            each = _NEXT.match(citation, each.end())
    return tuple(dict.fromkeys(f"dieu-{number}" for number in found))


def cited(citation: str) -> dict[str, Any]:
    """Return a citation as answers give it: its text, and the keys of the decree's articles in it."""
    return {"citation": without_files(citation), "articles": list(articles_of(citation))}


def place_in_decree(number: int) -> str:
    """Return how an article of the decree is cited."""
    return f"Nghị định {DECREE}, Điều {number}"
