"""The portal's main colour: whether words in white can be read on it, and what is made of it."""

from __future__ import annotations

import math
import re

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

NAVY = "#14315c"
# The palest words that stand on it: the province's name in the bar.
_PALE = "#dbe4f2"
# WCAG 2.2, 1.4.3, for words of any size.
LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def require_readable(colour: str) -> None:
    """Raise ValidationError for what is no colour, and for one on which pale words cannot be read."""
    if not _COLOUR.fullmatch(colour):
        raise ValidationError(_("A colour is written as # and six digits or letters a to f, as in #14315c."))
    found = contrast(colour, _PALE)
    if found < LEAST_CONTRAST:
        raise ValidationError(
            _("Pale words on it have a contrast of %(found)s to 1; at least %(least)s is needed: choose a darker one."),
            params={"found": number_format(math.floor(found * 10) / 10, 1), "least": number_format(LEAST_CONTRAST, 1)},
        )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darker(colour: str) -> str:
    """Return the colour with a third less of red, green and blue."""
    return "#" + "".join(f"{channel * 2 // 3:02x}" for channel in _channels(colour))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
