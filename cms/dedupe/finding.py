"""The pairs of a list of works that are the same work. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from cms.dedupe.blocking import Blocks
from cms.dedupe.lexicon import Lexicon
from cms.dedupe.likeness import Evidence, Likeness, compare
from cms.dedupe.normalise import Form, Normaliser

# So many works of one name are paired each with each; of more, each with the first.
MOST_EACH_WITH_EACH = 50


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a list names it; ``id`` is the list's own, and the fields beside the name may be empty."""

    id: str
    name: str
    output: str = ""
    unit: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works that are the same, by their ids."""

    a: str
    b: str
    likeness: Likeness


def find_pairs(works: Iterable[Work], normaliser: Normaliser | None = None) -> list[Pair]:
    """Return the pairs of works that are the same work, the most alike first.

    Works of one name are paired each with each, or, where they are more than ``MOST_EACH_WITH_EACH``, with the first.
    Works without a name are passed over.
    """
    finder = _Finder(normaliser or Normaliser())
    by_name: dict[str, list[Work]] = {}
    for work in works:
        if name := " ".join(work.name.split()):
            by_name.setdefault(name, []).append(work)
    groups = list(by_name.values())
    forms = [finder.normaliser.form(name) for name in by_name]
    finder.lexicon = Lexicon(form.sequence for form in forms)
    if not forms:
        return []
    found = [pair for group, form in zip(groups, forms, strict=True) for pair in finder.within(group, form)]
    for first, second in Blocks(forms).pairs():
        if compare(forms[first], forms[second], finder.lexicon).is_same:
            found += finder.across(groups[first], groups[second], forms[first], forms[second])
    return sorted(found, key=lambda pair: (-pair.likeness.score, pair.a, pair.b))


class _Finder:
    """Compares works whose names were found alike, with what stands beside the names."""

    def __init__(self, normaliser: Normaliser) -> None:
        self.normaliser = normaliser
        self.lexicon = Lexicon()

    def within(self, works: Sequence[Work], form: Form) -> Iterator[Pair]:
        """Yield the pairs among works of one name."""
        if len(works) <= MOST_EACH_WITH_EACH:
            yield from self._pairs(combinations(works, 2), form, form)
        else:
            yield from self._pairs(((works[0], other) for other in works[1:]), form, form)

    def across(self, works: Sequence[Work], others: Sequence[Work], form: Form, other_form: Form) -> Iterator[Pair]:
        """Yield the pairs between works of two names; of very many, that of the first two."""
        if len(works) * len(others) <= MOST_EACH_WITH_EACH**2:
            yield from self._pairs(product(works, others), form, other_form)
        else:
            yield from self._pairs([(works[0], others[0])], form, other_form)

    def _pairs(self, pairs: Iterable[tuple[Work, Work]], form: Form, other_form: Form) -> Iterator[Pair]:
        for one, other in pairs:
            likeness = compare(
                form, other_form, self.lexicon, (evidence_of(one, self.normaliser), evidence_of(other, self.normaliser))
            )
            if likeness.is_same:
                yield Pair(one.id, other.id, likeness)


def evidence_of(work: Work, normaliser: Normaliser) -> Evidence:
    """Return what stands beside the name of a work."""
    return Evidence(normaliser.form(work.output) if work.output.strip() else None, work.group.strip())
