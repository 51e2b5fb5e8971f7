"""What can be wrong with a definition or with what is to be scored: a path, a stable code, and what fills the sentence.

Sentences are English msgids with %(name)s places; ``cms.frameworks.messages`` translates them. Codes never change once
published: other tools read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; this room is pure and translates nothing itself."""
    return sentence


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. ``path`` is written as in ``sections[0].criteria[2].max``."""

    path: str
    code: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)


_SHAPE: dict[str, str] = {
    "missing": gettext_noop("This is required."),
    "unknown_key": gettext_noop("“%(key)s” is not known here."),
    "not_an_object": gettext_noop("An object with named fields is expected here."),
    "not_a_list": gettext_noop("A list is expected here."),
    "too_many": gettext_noop("At most %(limit)s entries are taken here."),
    "not_text": gettext_noop("Text is expected here."),
    "not_characters": gettext_noop("The text has characters that cannot be kept; type it again."),
    "too_deep": gettext_noop("Parts stand inside parts more than %(limit)s deep; take some out."),
    "blank": gettext_noop("This must not be blank."),
    "too_long": gettext_noop("At most %(limit)s characters are taken here."),
    "not_a_code": gettext_noop("A code is made of letters, digits, dots, hyphens and underscores: “%(value)s” is not."),
    "not_a_number": gettext_noop("A number written in digits, with a point for decimals, is expected here."),
    "too_many_decimals": gettext_noop("At most %(limit)s decimals are taken here."),
    "too_small": gettext_noop("This must be at least %(limit)s."),
    "too_large": gettext_noop("This must be at most %(limit)s."),
    "not_a_choice": gettext_noop("“%(value)s” is not one of: %(choices)s."),
    "not_yes_no": gettext_noop("True or false is expected here."),
    "not_a_day": gettext_noop("A date written as YYYY-MM-DD is expected here."),
}

CODES: dict[str, str] = {**_SHAPE}
