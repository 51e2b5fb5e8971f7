"""The difference of two versions: what is new, changed field by field, and gone. Pure over plain rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.catalogs import extra
from cms.catalogs.models import CONTENT_FIELDS, CatalogVersion

Row = Mapping[str, Any]
# Columns that a comparison needs, and no more.
COMPARED = ("identity", "position", *CONTENT_FIELDS)


@dataclass(frozen=True)
class Changed:
    """An item that stands in both versions with other content: ``changes`` maps a field to (before, after)."""

    before: Row
    after: Row
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Difference:
    """New, changed and removed items, each list in the order of its version; ``same`` is only counted."""

    new: list[Row] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    same: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return the size of each class."""
        return {"new": len(self.new), "changed": len(self.changed), "removed": len(self.removed), "same": self.same}

    @property
    def is_empty(self) -> bool:
        """Return whether both sides say the same."""
        return not (self.new or self.changed or self.removed)


def changed_fields(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """Return the content fields whose values differ, as (before, after); added columns as ``extra.<key>``."""
    names = (name for name in CONTENT_FIELDS if name != "extra" and before[name] != after[name])
    return {name: (before[name], after[name]) for name in names} | extra.changes(before["extra"], after["extra"])


def compare(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    """Compare two lists of rows by their stable identities."""
    old = {row["identity"]: row for row in before}
    difference_new, difference_changed, same = [], [], 0
    for row in after:
        was = old.pop(row["identity"], None)
        if was is None:
            difference_new.append(row)
        elif changes := changed_fields(was, row):
            difference_changed.append(Changed(was, row, changes))
        else:
            same += 1
    return Difference(difference_new, difference_changed, list(old.values()), same)


def compare_versions(before: CatalogVersion | None, after: CatalogVersion, *, columns: Collection[str]) -> Difference:
    """Compare two versions in two queries; with nothing before, every item is new.

    ``columns`` are the keys of the added columns that the reader sees; what stands in others is no difference to them.
    """
    return compare(_rows(before, columns) if before else [], _rows(after, columns))


def _rows(version: CatalogVersion, columns: Collection[str]) -> Iterator[Row]:
    for row in version.items.order_by("position", "pk").values(*COMPARED):
        yield row | {"extra": extra.only(row["extra"], columns)}
