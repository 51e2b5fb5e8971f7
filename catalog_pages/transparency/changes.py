"""What differs between two sets of figures: figure by figure, row by row, cell by cell. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from catalog_pages.transparency.figures import Figure, FigureColumn, Value

# Words of a figure that a reader would quote, and what they are called.
_TEXTS = (
    ("title", "Tên số liệu"), ("headline", "Kết quả chính"), ("summary", "Tóm tắt"), ("notes", "Cách tính"),
    ("source", "Nguồn"),
)  # fmt: skip

FigureRow = tuple[Value, ...]
# What a row is known by: what stands in its first column, and which of the rows with the same it is.
RowKey = tuple[Value, int]


@dataclass(frozen=True)
class ValueChange:
    """A value before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A row that is new, gone, or has other values; ``cells`` are those that differ."""

    kind: Literal["added", "removed", "changed"]
    name: str
    cells: tuple[ValueChange, ...]


@dataclass(frozen=True)
class FigureChange:
    """What became of one figure; ``rows`` and ``texts`` are empty where nothing differs."""

    code: str
    title: str
    kind: Literal["added", "removed", "changed", "same"]
    texts: tuple[ValueChange, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """Return how many rows were added, removed and changed."""
        return Counter(row.kind for row in self.rows)


def changes_between(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> list[FigureChange]:
    """Return what became of every figure, in the order of ``after``; those that are gone stand last."""
    removed = [FigureChange(code, figure.title, "removed") for code, figure in before.items() if code not in after]
    return [*(_figure_change(before.get(code), figure) for code, figure in after.items()), *removed]


def _figure_change(old: Figure | None, new: Figure) -> FigureChange:
    if old is None:
        return FigureChange(new.code, new.title, "added")
    if old == new:
        return FigureChange(new.code, new.title, "same")
    texts = tuple(
        ValueChange(label, getattr(old, name), getattr(new, name))
        for name, label in _TEXTS
        if getattr(old, name) != getattr(new, name)
    )
    return FigureChange(new.code, new.title, "changed", texts, _rows(old, new))


def _rows(old: Figure, new: Figure) -> tuple[RowChange, ...]:
    before, after = _keyed(old), _keyed(new)
    changes = [_row_change(key, old, new, before.get(key), row) for key, row in after.items()]
    changes += [_row_change(key, old, new, row, None) for key, row in before.items() if key not in after]
    return tuple(change for change in changes if change.cells)


def _keyed(figure: Figure) -> dict[RowKey, FigureRow]:
    seen: Counter[Value] = Counter()
    keyed: dict[RowKey, FigureRow] = {}
    for row in figure.rows:
        keyed[row[0], seen[row[0]]] = row
        seen[row[0]] += 1
    return keyed


def _row_change(key: RowKey, old: Figure, new: Figure, was: FigureRow | None, now: FigureRow | None) -> RowChange:
    kind: Literal["added", "removed", "changed"] = "added" if was is None else "removed" if now is None else "changed"
    columns = {column.name: column for column in (*old.columns, *new.columns)}
    first = new.columns[0].name
    cells = tuple(
        ValueChange(column.label, before, after)
        for name, column in columns.items()
        if name != first and (before := _display(old, column, was)) != (after := _display(new, column, now))
    )
    return RowChange(kind, str(key[0] or "–"), cells)


def _display(figure: Figure, column: FigureColumn, row: FigureRow | None) -> str:
    names = [each.name for each in figure.columns]
    if row is None or column.name not in names:
        return ""
    return column.format_value(row[names.index(column.name)])
