"""Which fields of a part of a definition are used by which of its kinds: one table, for screen, form and conversion.

The screen shows what the chosen kind uses (``static/frameworks/kinds.css`` is written from the table), a form finds no
fault with what it does not use, and a definition says no more than that. After a change: ``python -m
scripts.kind_styles``, where a part that is new to the table has the class of its block; a stream whose blocks stand
for it names it in ``Meta.parts`` (``blocks/streams.py``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cms.scoring.definition.classification import Comparison
from cms.scoring.definition.periods import LongerPeriod
from cms.scoring.definition.sections import Criterion, Indicator, Marking, Section
from cms.scoring.definition.whole import Definition
from cms.scoring.shape import Many, Number, Part, Sourced

Holder = MutableMapping[str, Any]


@dataclass(frozen=True)
class Use:
    """A field of a part that is used where the field ``by`` says one of ``kinds``.

    Both are paths from the part: ``marking.kind`` is the kind of its marking, ``indicators.max`` the maximum of each of
    its indicators. A setting is named without its ``value``.
    """

    part: type
    field: str
    by: str
    kinds: tuple[str, ...]


USES = (
    Use(Marking, "levels", "kind", ("levels",)),
    Use(Marking, "bands", "kind", ("bands",)),
    Use(Marking, "each", "kind", ("points_off", "points_each")),
    Use(Criterion, "step", "marking.kind", ("points",)),
    Use(Indicator, "steps", "measure", ("subordinates", "mark")),
    Use(Indicator, "threshold", "measure", ("subordinates",)),
    Use(Indicator, "heads_from", "measure", ("subordinates",)),
    Use(Indicator, "full", "measure", ("survey", "outside")),
    Use(Indicator, "work", "measure", ("work_quantity", "work_quality", "work_progress")),
    # A group takes the weighted mean of its indicators.
    Use(Indicator, "indicators.max", "measure", ()),
    Use(Section, "indicators.max", "combine", ("points",)),
    Use(Section, "indicators.weight", "combine", ("mean",)),
    Use(Section, "indicators.weights", "combine", ("mean",)),
    # Points of criteria are added up, and nothing has to be given beside the 100 points.
    Use(Section, "combine", "kind", ("indicators",)),
    Use(Section, "not_applicable", "kind", ("criteria",)),
    Use(LongerPeriod, "marks", "total", ("cumulative",)),
    # A field of the editor's alone: the code of a metric that is not in the menu.
    Use(Comparison, "own_metric", "metric", ("",)),
)


def drop_unused(data: dict[str, Any], part: type = Definition) -> None:
    """Take out of the JSON data of a definition, or of a part of one, what the chosen kinds do not use.

    The default holds then. A number or setting that every definition says (``step``, ``full``, ``weight``) stays if it
    can be read: it changes nothing, and what was published with it is the same when it is read and written again.
    """
    for holding, holder, name in list(unused(part, data)):
        shape = _shapes(holding).get(name)
        problems: list[Any] = []
        if isinstance(shape, Number | Sourced) and name in holder:
            shape.read(holder[name], "", problems)
            if not problems:
                continue
        holder.pop(name, None)


def unused(part: type, held: Any) -> Iterator[tuple[type, Holder, str]]:
    """Yield what the chosen kinds do not use: the part, what holds its fields, and the field, at every depth.

    ``held`` is JSON data or the value of a block. What cannot be read, and a kind that is not there, is passed over.
    """
    if not isinstance(held, Mapping):
        return
    for use in USES:
        if use.part is part and _kind(held, use.by) not in (None, *use.kinds):
            yield from _fields(part, held, use.field)
    for name, inner in _parts(part).items():
        for each in _items(held.get(name)):
            yield from unused(inner, each)


def _fields(part: type, held: Any, path: str) -> Iterator[tuple[type, Holder, str]]:
    name, _dot, rest = path.partition(".")
    if not rest:
        yield part, held, name
        return
    for each in _items(held.get(name)):
        if isinstance(each, Mapping):
            yield from _fields(_parts(part)[name], each, rest)


def _kind(held: Any, path: str) -> str | None:
    for name in path.split("."):
        held = held.get(name) if isinstance(held, Mapping) else None
    chosen = held.get("value") if isinstance(held, Mapping) else held
    return chosen if isinstance(chosen, str) else None


def _items(value: Any) -> list[Any]:
    """Return the parts that a field holds: one, or those of a list, each without the block around it."""
    if value is None or isinstance(value, str | Mapping):
        return [value]
    return [getattr(each, "value", each) for each in value] if hasattr(value, "__iter__") else []


@cache
def _shapes(part: type) -> dict[str, Any]:
    return {field.name: field.metadata["shape"] for field in dataclasses.fields(part)}


@cache
def _parts(part: type) -> dict[str, type]:
    """Return the fields of a part that hold parts themselves, each with their class."""
    shapes = {name: shape.of if isinstance(shape, Many) else shape for name, shape in _shapes(part).items()}
    return {name: shape.of() for name, shape in shapes.items() if isinstance(shape, Part)}
