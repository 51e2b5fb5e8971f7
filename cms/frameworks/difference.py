"""The difference of two definitions, by place and in words: "Section “Results” › Indicator b › Weight: 1 → 2".

Parts are the same when they carry the same code (a level its word, a band its lower end), wherever they stand in their
list. A draft may be unfinished; what cannot be read in it counts as not there. Pure: no database.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.frameworks.block_labels import kind_of, label_of
from cms.frameworks.reading import NOTHING, DefinitionReader, LabelledText, holds_parts
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Classification
from cms.scoring.definition.whole import AppliesTo, OpenToAgencies
from cms.scoring.shape import Many, Setting, read_part

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
# What tells parts of a list apart, first found first.
_KEYS = (("code",), ("level",), ("period",), ("from_",), ("from_days",), ("document", "place"),
         ("position_groups", "roles"), ("title",), ("metric", "operator"))  # fmt: skip
# Parts that stand for nothing that an editor sees as a place of its own.
_NO_PLACE = (AppliesTo, Classification, OpenToAgencies)


@dataclass(frozen=True)
class Change:
    """One change: its place, step by step from the outside, and what was and is said there.

    ``lines`` tell what an added or removed part says. A change of order tells the names in their order.
    """

    kind: str
    place: tuple[str, ...]
    before: str = ""
    after: str = ""
    lines: tuple[LabelledText, ...] = ()


def compare(
    before: Any, after: Any, *, groups: Mapping[str, str] | None = None, agencies: Mapping[str, str] | None = None
) -> list[Change]:
    """Return every change between two definitions as JSON data; names by code are those of ``applies_to.names_in``."""
    old, new = _read(before), _read(after)
    return list(_Comparison(DefinitionReader.of(old, new, groups=groups or {}, agencies=agencies)).parts(old, new, ()))


def _read(data: Any) -> Definition:
    read = read_part(Definition, data, "", [])
    if read is None:
        raise ValueError("a definition is an object")
    return read


@dataclass(frozen=True)
class _Comparison:
    reader: DefinitionReader

    def parts(self, old: Any, new: Any, place: tuple[str, ...]) -> Iterator[Change]:
        """Yield the changes inside a part that stands at this place."""
        for field in dataclasses.fields(old):
            before, after = getattr(old, field.name), getattr(new, field.name)
            if before == after or field.name == "schema":
                continue
            shape = field.metadata["shape"]
            if holds_parts(shape) and isinstance(shape, Many):
                yield from self._lists(before or (), after or (), self._outside(new, place))
            elif holds_parts(shape):
                yield from self._inner(before, after, place)
            else:
                yield from self._values(old, new, field.name, place)

    def _inner(self, before: Any, after: Any, place: tuple[str, ...]) -> Iterator[Change]:
        """Yield the changes of a part that is always there; an unreadable one is compared as one that says nothing."""
        part = type(before if before is not None else after)
        old, new = (_blank(part) if each is None else each for each in (before, after))
        yield from self.parts(old, new, place if part in _NO_PLACE else (*place, str(kind_of(part))))

    def _values(self, old: Any, new: Any, name: str, place: tuple[str, ...]) -> Iterator[Change]:
        here = (*place, str(label_of(type(new), name)))
        before, after = self.reader.text(old, name), self.reader.text(new, name)
        if before != after:
            yield Change(CHANGED, here, before, after)
        source, now = (_source(each, name) for each in (old, new))
        if source != now:
            yield Change(CHANGED, (*here, _("Legal source")), source or NOTHING, now or NOTHING)

    def _lists(self, before: Iterable[Any], after: Iterable[Any], place: tuple[str, ...]) -> Iterator[Change]:
        old, new = _by_key(before), _by_key(after)
        for key, part in old.items():
            if key not in new:
                yield from self._whole(REMOVED, part, place)
        for key, part in new.items():
            if key in old:
                yield from self.parts(old[key], part, (*place, self.reader.name(part)))
            else:
                yield from self._whole(ADDED, part, place)
        order, now = ([key for key in side if key in old and key in new] for side in (old, new))
        if order != now:
            was, is_now = ("; ".join(self.reader.name(new[key], short=True) for key in keys) for keys in (order, now))
            yield Change(MOVED, (*place, _("Order")), was, is_now)

    def _whole(self, kind: str, part: Any, place: tuple[str, ...]) -> Iterator[Change]:
        """Yield a part that came or went, then each part inside it."""
        here = (*place, self.reader.name(part))
        yield Change(kind, here, lines=tuple(self._lines(part)))
        for field in dataclasses.fields(part):
            shape = field.metadata["shape"]
            if holds_parts(shape) and isinstance(shape, Many):
                for each in getattr(part, field.name) or ():
                    if each is not None:
                        yield from self._whole(kind, each, self._outside(part, here))

    def _lines(self, part: Any) -> Iterator[LabelledText]:
        """Yield what a part says by itself, and the single parts that are always in it; its name tells the rest."""
        yield from self.reader.lines(part, but=self.reader.fields_in_name(part))
        for field in dataclasses.fields(part):
            inner = getattr(part, field.name)
            if dataclasses.is_dataclass(inner) and not isinstance(inner, Setting):
                yield from self.reader.lines(inner)

    def _outside(self, part: Any, place: tuple[str, ...]) -> tuple[str, ...]:
        """Return the place of a part as it stands before the places inside it: groups by their codes alone."""
        return (*place[:-1], self.reader.name(part, short=True)) if hasattr(part, "code") and place else place


def _source(part: Any, name: str) -> str:
    value = getattr(part, name)
    return value.citation if isinstance(value, Setting) else ""


def _by_key(parts: Iterable[Any]) -> dict[Any, Any]:
    """Return parts by what tells them apart; of several with the same key (a draft's slip), each has its number."""
    seen: Counter[Any] = Counter()
    found = {}
    for part in parts:
        if part is not None:
            key = _key(part)
            found[key, seen[key]] = part
            seen[key] += 1
    return found


def _key(part: Any) -> Any:
    names = next(each for each in _KEYS if hasattr(part, each[0]))
    return tuple(getattr(part, name, None) for name in names)


def _blank(part: type) -> Any:
    fields = dataclasses.fields(part)
    return part(**{each.name: None if each.default is dataclasses.MISSING else each.default for each in fields})
