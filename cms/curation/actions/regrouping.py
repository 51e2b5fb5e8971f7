"""Keeping pairs and clusters in line with what items say and with what was judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import F, Q

from cms.core.bulk import chunks
from cms.curation.models import Cluster, LikePair, WorkText, WorkUse

# (text, text, whether it waits, likeness)
_Row = tuple[int, int, bool, Any]


def refresh_current(texts: Collection[int]) -> set[int]:
    """Bring ``is_current`` of the pairs of these texts in line with what items say; return every text of such pairs.

    Two versions of one item are no pair: what an item says now and said before is alike, and one work.
    """
    pairs = [
        pair
        for some in chunks(texts)
        for pair in LikePair.objects.filter(Q(one__in=some) | Q(other__in=some))
        .values_list("pk", "one", "other", "is_current").iterator()
    ]  # fmt: skip
    touched = {text for _pk, one, other, _was in pairs for text in (one, other)} | set(texts)
    items = items_by_text(touched)
    now = {pk: bool(items[one]) and bool(items[other]) and len(items[one] | items[other]) > 1
           for pk, one, other, _was in pairs}  # fmt: skip
    for current in (True, False):
        changed = {pk for pk, _one, _other, was in pairs if was != current and now[pk] == current}
        for some in chunks(changed):
            LikePair.objects.filter(pk__in=some).update(is_current=current)
    return touched


def items_by_text(texts: Collection[int]) -> dict[int, set[tuple[int, Any]]]:
    """Return which items, as catalog and identity, say each of these texts."""
    items: dict[int, set[tuple[int, Any]]] = defaultdict(set)
    for some in chunks(texts):
        for text, catalog, identity in WorkUse.objects.filter(text__in=some).values_list("text", "catalog", "identity"):
            items[text].add((catalog, identity))
    return items


def regroup(texts: Collection[int]) -> None:
    """Form the clusters of these texts, and of all that stood together with them, anew from their pairs.

    A component of pairs keeps the cluster of its first text, so that whoever holds it goes on.
    """
    formerly = {
        cluster for some in chunks(texts)
        for cluster in WorkText.objects.filter(pk__in=some).values_list("cluster", flat=True) if cluster
    }  # fmt: skip
    members: dict[int, int | None] = dict.fromkeys(texts)
    members |= dict(WorkText.objects.filter(cluster__in=formerly).values_list("pk", "cluster"))
    rows = list(_pairs_of(members))
    catalogs = _catalogs_by_text(members)
    free = set(formerly)
    by_text: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        by_text[row[0]].append(row)
    for component in _components(rows):
        cluster = next((members[text] for text in sorted(component) if members.get(text) in free), None)
        free.discard(cluster)
        _write(cluster, component, [row for text in component for row in by_text[text]], catalogs)
        for text in component:
            members.pop(text, None)
    for some in chunks(members):
        WorkText.objects.filter(pk__in=some).update(cluster=None)
    Cluster.objects.filter(pk__in=free).delete()


def _pairs_of(texts: Collection[int]) -> Iterator[_Row]:
    """Yield the pairs that keep these texts together, each once."""
    for some in chunks(texts):
        found = LikePair.objects.joining().filter(is_current=True, one__in=some)
        for one, other, judgement, score in found.values_list("one", "other", "judgement", "score").iterator():
            yield one, other, judgement is None, score


def _catalogs_by_text(texts: Collection[int]) -> dict[int, set[int]]:
    catalogs: dict[int, set[int]] = defaultdict(set)
    for some in chunks(texts):
        for text, catalog in WorkUse.objects.filter(text__in=some).values_list("text", "catalog"):
            catalogs[text].add(catalog)
    return catalogs


def _components(rows: Iterable[_Row]) -> list[set[int]]:
    """Return the sets of texts that pairs join, directly or over others."""
    above: dict[int, int] = {}

    def top(text: int) -> int:
        while above.setdefault(text, text) != text:
            above[text] = above[above[text]]
            text = above[text]
        return text

    for one, other, _waits, _score in rows:
        first, second = sorted((top(one), top(other)))
        above[second] = first
    found: dict[int, set[int]] = defaultdict(set)
    for text in list(above):
        found[top(text)].add(text)
    return list(found.values())


def _write(cluster: int | None, component: set[int], rows: list[_Row], catalogs: dict[int, set[int]]) -> None:
    waiting = [score for _one, _other, waits, score in rows if waits]
    counts = {
        "texts": len(component),
        "catalogs": len(set().union(*(catalogs[text] for text in component))),
        "pairs": len(rows),
        "open_pairs": len(waiting),
        "score": max(waiting, default=0),
    }
    if cluster is None:
        cluster = Cluster.objects.create(**counts).pk
    else:
        Cluster.objects.filter(pk=cluster).update(**counts, edition=F("edition") + 1)
    for some in chunks(component):
        WorkText.objects.filter(pk__in=some).update(cluster=cluster)
