"""Text as every database takes it. Pure: no Django."""

from __future__ import annotations

from typing import Any


def storable(value: Any) -> Any:
    """Return text with the replacement character for NUL and broken characters; anything else as it is."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
