"""Many small values as one compressed JSON."""

from __future__ import annotations

import datetime
import json
import zlib
from typing import Any


def pack(value: Any) -> bytes:
    """Return plain values, decimals, dates and UUIDs among them, as one compressed JSON."""
    return zlib.compress(json.dumps(value, default=plain, separators=(",", ":")).encode(), level=1)


def unpack(packed: bytes) -> Any:
    """Return what was packed; decimals, dates and UUIDs are text."""
    return json.loads(zlib.decompress(packed))


def plain(value: Any) -> str:
    """Return a value that JSON does not know as its text; days in ISO."""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
