"""Which article of Decree 335/2025/NĐ-CP a citation names: receipts carry its key, and whoever shows them the address.

Citations are texts of frameworks; a key is ``dieu-16``. What names another document, or none, has no key.
"""

from __future__ import annotations

import re
from functools import lru_cache

DECREE = "335/2025/NĐ-CP"
_KEPT = 4096
_DOCUMENT = rf"Nghị định (?:số )?{re.escape(DECREE)}"
_PLACE = r"(?:(?:khoản \d+|điểm \w)[,;]? )*Điều (\d+)"
_FILES = re.compile(r"(?:Toàn văn: )?\bdocs/[^;]*(?:; số dòng dẫn chiếu theo bản này)?|\s*\(dòng [\d–, ]+\)")
_AFTER = re.compile(rf"{_DOCUMENT}(?: ngày [\d/]+)?(?: của Chính phủ)?[,:]? \(?{_PLACE}")
_BEFORE = re.compile(rf"{_PLACE}(?:[,;]? (?:khoản \d+|điểm \w))*,? (?:của )?{_DOCUMENT}")


@lru_cache(_KEPT)
def without_files(text: str) -> str:
    """Return a source without where our own copy of it lies: versions that were frozen early name files and lines."""
    return _FILES.sub("", text).strip(" ;,")


@lru_cache(_KEPT)
def article_of(citation: str) -> str:
    """Return the key of the first article of the decree that a citation names, empty where it names none.

    >>> article_of("Nghị định 335/2025/NĐ-CP, Điều 15 khoản 3 điểm c"), article_of("Quy định 366-QĐ/TW, Điều 11")
    ('dieu-15', '')
    """
    found = _AFTER.search(citation) or _BEFORE.search(citation)
    return f"dieu-{found[1]}" if found else ""


def cited(citation: str) -> dict[str, str]:
    """Return a citation as answers give it: its text, and the key of the decree's article in it."""
    return {"citation": without_files(citation), "article": article_of(citation)}


def place_in_decree(number: int) -> str:
    """Return how an article of the decree is cited."""
    return f"Nghị định {DECREE}, Điều {number}"
