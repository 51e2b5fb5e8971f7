"""JSON read without a float and without a guess: a number stays what was written, and no key is there twice."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from cms.scoring.shape import shortened

# Python turns no more digits than these into a whole number.
_MOST_DIGITS = 4_000
# What no number here can be; whoever reads the value says where it stands.
_TOO_LARGE = Decimal("NaN")


class NotJson(ValueError):
    """What was sent is not JSON that can be scored from; the text says why, in the reader's language."""


def loads(text: str | bytes) -> Any:
    """Return JSON data with decimals as Decimal. Raises NotJson for anything else, NaN and infinities included."""
    try:
        return json.loads(
            text, parse_float=_decimal, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise NotJson(_("line %(line)s, column %(column)s cannot be read.") % place) from error
    except UnicodeDecodeError as error:
        raise NotJson(_("the text is not in UTF-8.")) from error
    except RecursionError as error:
        raise NotJson(_("lists and objects stand inside one another too deep.")) from error


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return _TOO_LARGE


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _MOST_DIGITS else _TOO_LARGE


def _refuse(name: str) -> Any:
    raise NotJson(_("“%(name)s” is not a number of JSON.") % {"name": name})


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object; of two values of one key nobody could say which was meant."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            break
        seen.add(key)
    raise NotJson(_("“%(key)s” is there twice in one object.") % {"key": shortened(key)})
