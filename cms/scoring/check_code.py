"""The check code of a receipt: the first digits of its hash, short enough to be typed from paper."""

from __future__ import annotations

import re
from typing import Any

from cms.scoring.canonical import content_hash

DIGITS, _GROUP = 20, 4
_PREFIX = "sha256:"


def receipt_hash(receipt: dict[str, Any]) -> str:
    """Return the hash of what a receipt says; a receipt of one period carries it, which is left out."""
    return content_hash({key: value for key, value in receipt.items() if key != "hash"})


def check_code(hash_: str) -> str:
    """Return the code of a hash, as it stands on paper.

    >>> check_code("sha256:0123456789abcdef0123456789")
    '0123-4567-89AB-CDEF-0123'
    """
    digits = hash_.removeprefix(_PREFIX)[:DIGITS].upper()
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def read_check_code(text: str) -> str | None:
    """Return the beginning of the hash that a typed code stands for; None for what is no code."""
    digits = re.sub(r"[\s\-–]", "", text.removeprefix(_PREFIX)).lower()
    return _PREFIX + digits[:DIGITS] if re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}|[0-9a-f]{{64}}", digits) else None
