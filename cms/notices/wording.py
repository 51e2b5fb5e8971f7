"""From a text with fields to what a person reads: ``{name}`` is replaced, and nothing else is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cms.notices.kinds import Kind

_FIELD = re.compile(r"\{([a-z_]+)\}")
_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Rendered:
    """A subject of one line, and a text."""

    subject: str
    text: str


def render(kind: Kind, values: Mapping[str, object]) -> Rendered:
    """Return what is sent to somebody, with these values of the kind's fields (KeyError where one is missing)."""
    return fill(str(kind.subject), str(kind.text), {field.name: str(values[field.name]) for field in kind.fields})


def fill(subject: str, text: str, values: Mapping[str, str]) -> Rendered:
    """Put values into both; lines that a value leaves empty are drawn together."""
    subject, text = (_FIELD.sub(lambda found: values[found[1]], part) for part in (subject, text))
    return Rendered(" ".join(subject.split()), _EMPTY_LINES.sub("\n\n", text).strip())
