"""Chance that is the same at every loading."""

from __future__ import annotations

import zlib


def drawn(*words: str) -> int:
    """Return a number that depends on the words alone."""
    return zlib.crc32(" ".join(words).encode())
