"""One way to write data as bytes, so that the same content has the same hash on every machine, for ever."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_bytes(data: Any) -> bytes:
    """Return the data as UTF-8 JSON: keys in order, no spaces. Numbers that matter are text in it, never floats."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def content_hash(data: Any) -> str:
    """Return ``sha256:`` and the hex digest of the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical_bytes(data)).hexdigest()
