"""JSON read without a float: a number with a point stays what was written."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


class NotJson(ValueError):
    """What was sent is not JSON that can be scored from."""


def loads(text: str | bytes) -> Any:
    """Return JSON data with decimals as Decimal. Raises NotJson for anything else, NaN and infinities included."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error


def _refuse(name: str) -> Any:
    raise NotJson(name)
