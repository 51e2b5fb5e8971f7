"""What stands in columns that the province added: how it is stored, compared and shown. Pure over plain values.

An item keeps ``{key: text}`` with one text for one meaning: numbers as plain decimals, days as ISO dates, ``yes`` and
``no``. A blank cell has no key. Where fields are told apart (differences, remarks, previews) an added column
is called ``extra.<key>``.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

PREFIX = "extra."
YES, NO = "yes", "no"

Extra = Mapping[str, str]
Value = str | Decimal | bool | datetime.date


def stored(value: Value | None) -> str:
    """Return the one text of a value; nothing for None and empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime.date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def value_of(kind: str, text: str) -> Value | None:
    """Return the value that a stored text stands for; None for nothing."""
    if not text:
        return None
    if kind == "number":
        return Decimal(text)
    if kind == "date":
        return datetime.date.fromisoformat(text)
    return text == YES if kind == "yes_no" else text


def only(extra: Extra | None, keys: Collection[str]) -> dict[str, str]:
    """Return what stands in these columns alone."""
    return {key: text for key, text in (extra or {}).items() if key in keys}


def changes(before: Extra | None, after: Extra | None) -> dict[str, tuple[str, str]]:
    """Return the columns whose texts differ, as ``extra.<key>`` to (before, after)."""
    old, new = before or {}, after or {}
    # Databases keep keys in orders of their own.
    keys = sorted({*old, *new})
    return {f"{PREFIX}{key}": (old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key)}


def put(values: dict[str, Any], name: str, text: str) -> None:
    """Set ``extra.<key>`` in an item's values; an empty text takes it away."""
    extra = {**values.get("extra", {}), name.removeprefix(PREFIX): text}
    values["extra"] = {key: held for key, held in extra.items() if held}
