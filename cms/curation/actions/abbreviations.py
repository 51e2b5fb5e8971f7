"""Abbreviations that editors add: each change has all works compared anew, beside the request."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError, require_words
from cms.core.text import nfc
from cms.curation import permissions
from cms.curation.actions.recomparing import compare_in_the_background
from cms.curation.errors import CircularAbbreviation
from cms.curation.models import Abbreviation, Vocabulary
from cms.dedupe import words
from cms.users.models import User

_WORD = re.compile(r"\w+")


@transaction.atomic
def keep_abbreviation(
    *, by: User, letters: str, written_out: str, note: str = "", abbreviation: Abbreviation | None = None
) -> Abbreviation:
    """Add an abbreviation, or change one; works are compared anew after the commit.

    CircularAbbreviation is raised where it stands, over others or not, for something that holds it again.
    """
    permissions.require(permissions.can_keep_abbreviations(by))
    missing = DomainError(_("Write the short form and what it stands for."), code="words_required")
    letters = "".join(nfc(require_words(letters, missing)).split()).upper()
    written_out = " ".join(nfc(require_words(written_out, missing)).split())
    others = Abbreviation.objects.exclude(pk=abbreviation.pk) if abbreviation else Abbreviation.objects.all()
    if others.filter(letters=letters).exists():
        raise DomainError(_("%(letters)s is already in the table.") % {"letters": letters}, code="already_there")
    shipped = {short: phrases[0] for short, phrases in words.ABBREVIATIONS.items()}
    known = shipped | dict(others.values_list("letters", "written_out"))
    if circle := circle_of(letters, known | {letters: written_out}):
        sentence = _("%(letters)s would stand for something that holds it again: %(circle)s. Write it out in full.")
        raise CircularAbbreviation(sentence % {"letters": letters, "circle": " → ".join(circle)})
    kept = abbreviation or Abbreviation()
    before = {"letters": kept.letters, "written_out": kept.written_out, "note": kept.note} if kept.pk else {}
    kept.letters, kept.written_out, kept.note, kept.changed_by = letters, written_out, note.strip(), by
    kept.save()
    after = {"letters": letters, "written_out": written_out, "note": kept.note}
    action = "abbreviation.edit" if before else "abbreviation.add"
    record(by=by, action=action, subject=kept, before=before, after=after)
    _compare_anew()
    return kept


@transaction.atomic
def remove_abbreviation(*, by: User, abbreviation: Abbreviation) -> None:
    """Take an abbreviation out of the table; what ships of the same letters is read again."""
    permissions.require(permissions.can_keep_abbreviations(by))
    before = {"letters": abbreviation.letters, "written_out": abbreviation.written_out}
    record(by=by, action="abbreviation.remove", subject=abbreviation, before=before)
    abbreviation.delete()
    _compare_anew()


def circle_of(letters: str, table: Mapping[str, str]) -> list[str]:
    """Return the way from an abbreviation, over abbreviations in what it stands for, back to itself; empty if none."""
    ways = [[letters]]
    seen = {letters}
    while ways:
        way = ways.pop()
        for word in _WORD.findall(table.get(way[-1], "")):
            # Nothing but letters as they are read: a small "ct" in a phrase is none.
            short = word.upper() if word.isupper() or word.upper() == letters else ""
            if short == letters:
                return [*way, letters]
            if short in table and short not in seen:
                seen.add(short)
                ways.append([*way, short])
    return []


def _compare_anew() -> None:
    vocabulary = Vocabulary.locked()
    vocabulary.abbreviations += 1
    vocabulary.save(update_fields=["abbreviations"])
    transaction.on_commit(compare_in_the_background.enqueue)
