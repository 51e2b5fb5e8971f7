"""From a text with fields to what a person reads: ``{name}`` is replaced, and nothing else is understood.

Editors see and write each field by its word in their language; texts are checked and kept with the fields' names.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.notices.errors import InvalidText
from cms.notices.kinds import LINK, Kind
from cms.notices.models import Wording

logger = logging.getLogger(__name__)

LONGEST_SUBJECT, LONGEST_TEXT = 150, 5_000
# One field so often in a text at most: values may be long.
_MOST_TIMES = 3
_FIELD = re.compile(r"\{([a-z_]+)\}")
_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Rendered:
    """A subject of one line, and a text."""

    subject: str
    text: str


def fill(subject: str, text: str, values: Mapping[str, str]) -> Rendered:
    """Put values into both; lines that a value leaves empty are drawn together."""
    subject, text = (_FIELD.sub(lambda found: values[found[1]], part) for part in (subject, text))
    return Rendered(" ".join(subject.split()), _EMPTY_LINES.sub("\n\n", text).strip())


def with_words(kind: Kind, text: str) -> str:
    """Return a text as editors read it: each field by its word."""
    for field in kind.fields:
        text = text.replace(f"{{{field.name}}}", field.shown)
    return text


def with_names(kind: Kind, text: str) -> str:
    """Return a text that an editor wrote as it is checked and kept; a field that stands by its name stays."""
    text = unicodedata.normalize("NFC", text)
    for field in kind.fields:
        text = text.replace(field.shown, f"{{{field.name}}}")
    return text


def texts_of(kind: Kind) -> Rendered:
    """Return the subject and text in use, with their fields: what an editor wrote, else what is shipped.

    What was written and fits its kind no longer, as after an upgrade that dropped a field, is passed over and logged.
    """
    shipped = Rendered(str(kind.subject), str(kind.text))
    wording = Wording.objects.filter(kind=kind.key).first()
    if wording is None:
        return shipped
    try:
        check_texts(kind, wording.subject, wording.text)
    except InvalidText as refusal:
        logger.error("the text of %s fits no longer, the shipped one is used: %s", kind.key, refusal)
        return shipped
    return Rendered(wording.subject, wording.text)


def check_texts(kind: Kind, subject: str, text: str) -> None:
    """Raise InvalidText with a sentence for what cannot be a subject and text of the kind."""
    if not subject.strip() or not text.strip():
        raise InvalidText(_("The subject and the text cannot be empty."))
    if not subject.isprintable():
        raise InvalidText(_("The subject is one line, without line breaks or other control characters."))
    if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT:
        longest = {"subject": LONGEST_SUBJECT, "text": LONGEST_TEXT}
        raise InvalidText(_("The subject has at most %(subject)d characters, the text at most %(text)d.") % longest)
    for part in (subject, text):
        _check_fields(part, {field.name: field.shown for field in kind.fields})
    missing = [field.shown for field in kind.fields if field.is_required and f"{{{field.name}}}" not in text]
    if missing:
        raise InvalidText(_("The text lacks what it must hold: %(fields)s.") % {"fields": ", ".join(missing)})


def _check_fields(part: str, known: Mapping[str, str]) -> None:
    used = _FIELD.findall(part)
    if unknown := sorted(set(used) - known.keys()):
        named = ", ".join(f"{{{name}}}" for name in unknown)
        raise InvalidText(_("This kind of message has no such field: %(fields)s.") % {"fields": named})
    rest = _FIELD.sub("", part)
    if place := re.search(r"[{}]", rest):
        near = rest[max(0, place.start() - 10) : place.start() + 20]
        raise InvalidText(
            _("Braces stand only around a field of this kind of message, as in %(field)s; see near: %(near)s")
            % {"field": LINK.shown, "near": near}
        )
    if often := sorted({name for name in used if used.count(name) > _MOST_TIMES}):
        named = ", ".join(known[name] for name in often)
        raise InvalidText(_("At most three times in one text: %(fields)s.") % {"fields": named})
