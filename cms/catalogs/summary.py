"""The totals that a version keeps, so that no page counts its items: made of all of them, or of what a write changed.

A summary is {"items": n, "fields": {name: n}, "groups": {"1": n}, "extra": {key of an added column: items that fill
it}, "choices": {key of a column with choices, or of yes and no: {text: n}}}; the last two only where a column is filled
in. It holds no order: PostgreSQL keeps none in JSON, so whoever shows it sorts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cms.catalogs.models import CatalogItem

Summary = dict[str, Any]
# What is counted of one item: its field of work, its group, and what it holds in added columns.
Counted = tuple[str, int, Mapping[str, str]]
_Counts = Counter[tuple[str, ...]]


def counted(item: CatalogItem) -> Counted:
    """Return what counts of an item, as it now is: later changes of the item leave it alone."""
    return item.field, item.group, dict(item.extra)


def summary_of(rows: Iterable[Counted], listed: Set[str]) -> Summary:
    """Count items; ``listed`` are the keys of the added columns whose texts are counted one by one."""
    return _summary(Counter(mark for row in rows for mark in _marks(row, listed)))


def summary_after(
    summary: Summary, *, gone: Iterable[Counted], come: Iterable[Counted], listed: Set[str]
) -> Summary | None:
    """Return the summary after a write: ``gone`` is what the touched items were before it, ``come`` what they are now.

    Returns None where the summary cannot have been right: somebody wrote items past the actions, and all is to be
    counted anew.
    """
    if "items" not in summary:
        return None
    counts = Counter(dict(_held(summary)))
    counts.subtract(mark for row in gone for mark in _marks(row, listed))
    if any(number < 0 for number in counts.values()):
        return None
    counts.update(mark for row in come for mark in _marks(row, listed))
    return _summary(counts)


def _marks(row: Counted, listed: Set[str]) -> Iterator[tuple[str, ...]]:
    field, group, extra = row
    yield ("fields", field)
    yield ("groups", str(group))
    for key, text in extra.items():
        yield ("extra", key)
        if key in listed:
            yield ("choices", key, text)


def _held(summary: Summary) -> Iterator[tuple[tuple[str, ...], int]]:
    for kind in ("fields", "groups", "extra"):
        for name, number in summary.get(kind, {}).items():
            yield (kind, name), number
    for key, texts in summary.get("choices", {}).items():
        for text, number in texts.items():
            yield ("choices", key, text), number


def _summary(counts: _Counts) -> Summary:
    summary: Summary = {"fields": {}, "groups": {}, "extra": {}, "choices": {}}
    for mark, number in sorted(counts.items()):
        if not number:
            continue
        kind, name, *text = mark
        if text:
            summary["choices"].setdefault(name, {})[text[0]] = number
        else:
            summary[kind][name] = number
    summary["items"] = sum(summary["groups"].values())
    return summary if summary["extra"] else {kind: summary[kind] for kind in ("items", "fields", "groups")}
