"""Which items of all lists are the same work: as editors judged it, and where they have not, as texts are alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from cms.analysis.works import Pair, join_works
from cms.curation.enums import Verdict
from cms.curation.models import LikePair
from cms.dedupe.finding import Work, find_pairs
from cms.fairness.lists import Lists

# What these say is one work to be weighed alike; of what is rightly listed differently, nothing stands out.
_SAME = (Verdict.SAME, Verdict.COMMON)
# (fingerprint of a text, fingerprint of another or of the same), and whether they were judged to be one work.
_Judged = dict[tuple[str, str], bool]
# The fingerprint of a text, for so many of the unit.
_Text = tuple[str, int]


@dataclass(frozen=True)
class SameWorks:
    """The number of each item's work, and the works in which something was joined that nobody has judged."""

    of_item: list[int]
    unjudged: frozenset[int]


def same_works(lists: Lists) -> SameWorks:
    """Return which items are the same work, for so many of the unit."""
    judged = _judged()
    nodes: dict[tuple[str, int, int], int] = {}
    by_text: dict[_Text, list[int]] = defaultdict(list)
    by_name: dict[tuple[str, int], list[int]] = defaultdict(list)
    of_item = []
    for key, name, text, units in zip(lists.keys, lists.names, lists.texts, lists.units, strict=True):
        # Items that say one text, and were judged to be different works, stay each by itself.
        alone = key if judged.get((text, text)) is False else 0
        node = (text, units, alone)
        if node not in nodes:
            nodes[node] = len(nodes)
            by_text[text, units].append(nodes[node])
            by_name[name, units].append(nodes[node])
        of_item.append(nodes[node])
    pairs = {joins: list(_pairs_judged(judged, by_text, joins)) for joins in (True, False)}
    works, guessed = join_works(len(nodes), pairs[True], pairs[False], _pairs_alike(by_name))
    repeated = Counter(of_item)
    texts = {number: text for (text, _units, _alone), number in nodes.items()}
    guessed |= {works[node] for node, times in repeated.items() if times > 1 and (texts[node],) * 2 not in judged}
    return SameWorks([works[node] for node in of_item], frozenset(guessed))


def _judged() -> _Judged:
    rows = LikePair.objects.exclude(judgement=None).values_list("one__digest", "other__digest", "judgement__verdict")
    return {(one, other): verdict in _SAME for one, other, verdict in rows.iterator()}


def _pairs_judged(judged: _Judged, by_text: dict[_Text, list[int]], joins: bool) -> Iterator[Pair]:
    units_of: dict[str, list[int]] = defaultdict(list)
    for text, units in by_text:
        units_of[text].append(units)
    for (one, other), are_one in judged.items():
        for units in units_of.get(one, ()) if are_one == joins else ():
            if one == other:
                yield from combinations(by_text[one, units], 2)
            else:
                yield from product(by_text[one, units], by_text.get((other, units), ()))


def _pairs_alike(by_name: dict[tuple[str, int], list[int]]) -> Iterator[Pair]:
    """Yield what names say: first those of one name, then of names that are alike, the most alike first."""
    for nodes in by_name.values():
        yield from ((nodes[0], other) for other in nodes[1:])
    units_of: dict[str, list[int]] = defaultdict(list)
    for name, units in by_name:
        units_of[name].append(units)
    names = list(units_of)
    for pair in find_pairs(Work(str(place), name) for place, name in enumerate(names)):
        one, other = names[int(pair.a)], names[int(pair.b)]
        for units in units_of[one]:
            if (other, units) in by_name:
                yield by_name[one, units][0], by_name[other, units][0]
