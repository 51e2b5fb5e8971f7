"""The works that are known, kept in the memory of the process: what is like a text, in milliseconds."""

from __future__ import annotations

import threading
import uuid
from typing import Any

from django.db import connections

from cms.curation.models import Abbreviation, Vocabulary, WorkText
from cms.dedupe import words
from cms.dedupe.finding import Work
from cms.dedupe.index import Alike, Index
from cms.dedupe.normalise import Normaliser

# So many texts that came since stand in an index of their own before all are read into one again.
_MOST_RECENT = 500
# More are not read while a request waits.
_MOST_AT_ONCE = 2000
# Of very many like one text so many are looked at.
MOST_ALIKE = 50
_FIELDS = ("pk", "digest", "name", "output", "unit", "group")


def normaliser() -> Normaliser:
    """Return what takes names apart by the abbreviations that ship and those that editors added."""
    own = {each.letters: (each.written_out,) for each in Abbreviation.objects.all()}
    return Normaliser({**words.ABBREVIATIONS, **own})


class _Known:
    """Texts in two indexes: nearly all, and those that came since."""

    def __init__(self, abbreviations: int) -> None:
        self.abbreviations = abbreviations
        self.stamp: uuid.UUID | None = None
        self.normaliser = normaliser()
        self._base, self._base_last, self._count = Index([]), (0, ""), 0
        self._recent = Index([])

    def is_of(self, vocabulary: Vocabulary) -> bool:
        """Return whether it holds just what the database holds."""
        return self.stamp == vocabulary.stamp and self.abbreviations == vocabulary.abbreviations

    def catch_up(self, stamp: uuid.UUID) -> None:
        """Read the texts that came since; all of them where they are many, or what was read is not there any more."""
        since = self._base_last if self._holds(self._base_last) else (0, "")
        rows = list(WorkText.objects.filter(pk__gt=since[0]).order_by("pk").values_list(*_FIELDS))
        if since[0] and len(rows) > max(_MOST_RECENT, self._count // 10):
            rows = list(WorkText.objects.order_by("pk").values_list(*_FIELDS))
            since = (0, "")
        index = Index(map(_work_of, rows), self.normaliser)
        if since[0]:
            self._recent = index
        else:
            self._base, self._recent, self._count = index, Index([], self.normaliser), len(rows)
            self._base_last = (rows[-1][0], rows[-1][1]) if rows else (0, "")
        self.stamp = stamp

    def alike(self, work: Work, most: int) -> list[Alike]:
        """Return what is like a work, the most alike first."""
        found = [*self._base.alike(work, most), *self._recent.alike(work, most)]
        return sorted(found, key=lambda each: (-each.likeness.score, int(each.work.id)))[:most]

    @staticmethod
    def _holds(last: tuple[int, str]) -> bool:
        return bool(last[0]) and WorkText.objects.filter(pk=last[0], digest=last[1]).exists()


def _work_of(row: tuple[Any, ...]) -> Work:
    key, _digest, name, output, unit, group = row
    return Work(str(key), name, output, unit, group)


_lock = threading.Lock()
_known: list[_Known] = []


def known_works() -> _Known:
    """Return what is known as the database has it now; read at the first call, and what came since at later ones."""
    return _read_up_to(Vocabulary.current())


def _read_up_to(vocabulary: Vocabulary) -> _Known:
    with _lock:
        known = _known[0] if _known else None
        if known is None or known.abbreviations != vocabulary.abbreviations:
            known = _Known(vocabulary.abbreviations)
        if not known.is_of(vocabulary):
            known.catch_up(vocabulary.stamp)
        # What was read before answers until then.
        _known[:] = [known]
        return known


def known_at_hand() -> _Known | None:
    """Return what is known without having a request wait for many texts to be read: None until that has been done.

    Up to ``_MOST_AT_ONCE`` texts are read at once, more in a thread; until it is done, what was read before answers.
    """
    vocabulary = Vocabulary.current()
    if _known and _known[0].is_of(vocabulary):
        return _known[0]
    if WorkText.objects.count() <= _MOST_AT_ONCE:
        return _read_up_to(vocabulary)
    if not _lock.locked():
        threading.Thread(target=_read_beside, name="known-works", daemon=True).start()
    return _known[0] if _known and _known[0].stamp else None


def _read_beside() -> None:
    try:
        known_works()
    finally:
        connections.close_all()
