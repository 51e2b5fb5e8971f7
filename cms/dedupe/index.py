"""One name looked up among many: what is the same work as this. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.dedupe.blocking import Blocks
from cms.dedupe.finding import MOST_EACH_WITH_EACH, Work, evidence_of
from cms.dedupe.lexicon import Lexicon
from cms.dedupe.likeness import Likeness, compare
from cms.dedupe.normalise import Form, Normaliser


@dataclass(frozen=True, slots=True)
class Alike:
    """A known work, and how alike another is to it."""

    work: Work
    likeness: Likeness


class Index:
    """Known works, read once; asking takes milliseconds whatever their number."""

    def __init__(self, works: Iterable[Work], normaliser: Normaliser | None = None) -> None:
        self._normaliser = normaliser or Normaliser()
        by_name: dict[str, list[Work]] = {}
        for work in works:
            if name := " ".join(work.name.split()):
                by_name.setdefault(name, []).append(work)
        self._places = {name: place for place, name in enumerate(by_name)}
        self._works = list(by_name.values())
        self._forms = [self._normaliser.form(name) for name in by_name]
        self._lexicon = Lexicon(form.sequence for form in self._forms)
        self._blocks = Blocks(self._forms)

    def alike(self, work: Work, most: int = 5) -> list[Alike]:
        """Return the known works that are the same work as another, the most alike first; never itself, by its id.

        Of more than ``MOST_EACH_WITH_EACH`` works of one name the first is looked at.
        """
        form = self._normaliser.form(work.name)
        beside = evidence_of(work, self._normaliser)
        found = []
        for place in self._near(work, form):
            works = self._works[place]
            for known in works if len(works) <= MOST_EACH_WITH_EACH else works[:1]:
                pair = (beside, evidence_of(known, self._normaliser))
                likeness = compare(form, self._forms[place], self._lexicon, pair)
                if likeness.is_same and known.id != work.id:
                    found.append(Alike(known, likeness))
        return sorted(found, key=lambda each: (-each.likeness.score, each.work.id))[:most]

    def _near(self, work: Work, form: Form) -> list[int]:
        """Return the places of names worth comparing; one of the same letters is, however many share its words."""
        near = self._blocks.near(form)
        own = self._places.get(" ".join(work.name.split()))
        return near if own is None or own in near else [own, *near]
