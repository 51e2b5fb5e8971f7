"""The pairs of a list of works that are the same work. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from cms.dedupe.blocking import Blocks
from cms.dedupe.lexicon import Lexicon
from cms.dedupe.likeness import SAME_TEXT, Evidence, Likeness, compare, with_evidence
from cms.dedupe.normalise import Normaliser

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
    normaliser = normaliser or Normaliser()
    by_name: dict[str, list[Work]] = {}
    for work in works:
        if name := " ".join(work.name.split()):
            by_name.setdefault(name, []).append(work)
    groups = list(by_name.values())
    forms = [normaliser.form(name) for name in by_name]
    if not forms:
        return []
    lexicon = Lexicon(form.sequence for form in forms)
    found = [pair for group in groups for pair in _pairs(_within(group), SAME_TEXT, normaliser)]
    for first, second in Blocks(forms).pairs():
        names = compare(forms[first], forms[second], lexicon)
        if names.is_same:
            found += _pairs(_across(groups[first], groups[second]), names, normaliser)
    return sorted(found, key=lambda pair: (-pair.likeness.score, pair.a, pair.b))


def _within(works: Sequence[Work]) -> Iterable[tuple[Work, Work]]:
    """Return the works of one name to be paired; of very many, each with the first."""
    if len(works) <= MOST_EACH_WITH_EACH:
        return combinations(works, 2)
    return product(works[:1], works[1:])


def _across(works: Sequence[Work], others: Sequence[Work]) -> Iterable[tuple[Work, Work]]:
    """Return the works of two names to be paired; of very many, the first of each."""
    if len(works) * len(others) <= MOST_EACH_WITH_EACH**2:
        return product(works, others)
    return [(works[0], others[0])]


def _pairs(pairs: Iterable[tuple[Work, Work]], names: Likeness, normaliser: Normaliser) -> Iterator[Pair]:
    """Yield those of works with names so alike that what stands beside the names does not part."""
    for one, other in pairs:
        likeness = with_evidence(names, (evidence_of(one, normaliser), evidence_of(other, normaliser)))
        if likeness.is_same:
            yield Pair(one.id, other.id, likeness)


def evidence_of(work: Work, normaliser: Normaliser) -> Evidence:
    """Return what stands beside the name of a work."""
    return Evidence(normaliser.form(work.output) if work.output.strip() else None, work.group.strip())
