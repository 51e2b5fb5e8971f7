"""Blocks as they are stored (``type``, ``value``, ``id``) to and from the parts of a definition, shape by shape.

Pure: it knows declared shapes and JSON, neither Wagtail nor Django.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Collection, Iterable
from functools import singledispatch
from typing import Any

from cms.scoring import shape as shapes
from cms.scoring.definition.classification import Comparison
from cms.scoring.definition.sections import Criterion, Indicator, Section
from cms.scoring.definition.words import KNOWN_METRICS
from cms.scoring.exact import read_number, to_text
from cms.scoring.shape import key_of

# The id of the block behind each path.
Places = dict[str, str]

_IDS = uuid.UUID("6f1c7d0e-4a57-4d0b-9f0a-33529c0d2a11")
# A menu or number that was left alone: its key is left out, so that the default holds or its absence is told.
_BLANK: Any = object()


# From what is stored --------------------------------------------------------------------------------------------


def data_of(part: type, raw: Any, path: str, places: Places) -> dict[str, Any]:
    """Return the definition's data of one stored block; ``places`` learns where the blocks inside it stand."""
    raw = raw if isinstance(raw, dict) else {}
    if part is Comparison:
        raw = {**raw, "metric": raw.get("metric") or raw.get("own_metric")}
    data = {}
    for field in dataclasses.fields(part):
        if field.name in raw:
            value = _data(field.metadata["shape"], raw[field.name], f"{path}.{key_of(field)}", places)
            # A field that came later and says nothing is left out, as ``write_definition`` leaves it out.
            if value is not _BLANK and not (value is None and field.metadata["omit_default"]):
                data[key_of(field)] = value
    return data


def item_data(part: type, item: dict[str, Any], path: str, places: Places) -> dict[str, Any]:
    """Return the data of one child of a stream or list."""
    if item.get("id"):
        places[path] = item["id"]
    return data_of(part, item["value"], path, places)


@singledispatch
def _data(shape: shapes.Shape, raw: Any, path: str, places: Places) -> Any:
    return raw


@_data.register
def _(shape: shapes.Text, raw: Any, path: str, places: Places) -> Any:
    return raw or ""


@_data.register
def _(shape: shapes.Code, raw: Any, path: str, places: Places) -> Any:
    return raw or ""


@_data.register
def _(shape: shapes.Choice, raw: Any, path: str, places: Places) -> Any:
    return raw or _BLANK


@_data.register
def _(shape: shapes.Number, raw: Any, path: str, places: Places) -> Any:
    value = read_number(raw)
    if value is None:
        return raw or _BLANK
    return to_text(value)


@_data.register
def _(shape: shapes.YesNo, raw: Any, path: str, places: Places) -> Any:
    return bool(raw)


@_data.register
def _(shape: shapes.Maybe, raw: Any, path: str, places: Places) -> Any:
    value = _data(shape.of, raw, path, places)
    return None if value is _BLANK else value


@_data.register
def _(shape: shapes.Many, raw: Any, path: str, places: Places) -> Any:
    if isinstance(shape.of, shapes.Part):
        part = shape.of.of()
        return [item_data(part, each, f"{path}[{index}]", places) for index, each in enumerate(raw or [])]
    return [_data(shape.of, each, f"{path}[{index}]", places) for index, each in enumerate(raw or [])]


@_data.register
def _(shape: shapes.Part, raw: Any, path: str, places: Places) -> Any:
    return data_of(shape.of(), raw, path, places)


@_data.register
def _(shape: shapes.Sourced, raw: Any, path: str, places: Places) -> Any:
    raw = raw if isinstance(raw, dict) else {}
    value = _data(shape.of, raw.get("value"), f"{path}.value", places)
    return ({} if value is _BLANK else {"value": value}) | {"citation": raw.get("citation") or ""}


# To what is stored ----------------------------------------------------------------------------------------------


def raw_part(part: Any, path: str = "", *, only: Collection[str] = ()) -> dict[str, Any]:
    """Return a part of a definition as its block stores it; with ``only``, no more than these fields of it."""
    raw = {
        field.name: _raw(field.metadata["shape"], getattr(part, field.name), f"{path}.{field.name}")
        for field in dataclasses.fields(part)
        if not only or field.name in only
    }
    if isinstance(part, Comparison) and part.metric not in KNOWN_METRICS:
        raw |= {"metric": "", "own_metric": part.metric or ""}
    return raw


def raw_items(parts: Iterable[Any] | None, path: str, kind: str = "") -> list[dict[str, Any]]:
    """Return parts as the children of a stream or list; without ``kind`` each part says which block it is."""
    return [
        {"type": kind or _kind_of(part), "value": raw_part(part, f"{path}[{index}]"), "id": _id(f"{path}[{index}]")}
        for index, part in enumerate(parts or ())
        if part is not None
    ]


def _kind_of(part: Any) -> str:
    if isinstance(part, Section):
        return part.kind
    if isinstance(part, Criterion):
        return "group" if part.criteria else "criterion"
    if isinstance(part, Indicator):
        return "group" if part.indicators else "indicator"
    return "item"


def _id(path: str) -> str:
    # The same place has the same id each time, so that Wagtail's comparison finds a block again.
    return str(uuid.uuid5(_IDS, path))


@singledispatch
def _raw(shape: shapes.Shape, value: Any, path: str) -> Any:
    return value


@_raw.register
def _(shape: shapes.Text, value: Any, path: str) -> Any:
    return value or ""


@_raw.register
def _(shape: shapes.Code, value: Any, path: str) -> Any:
    return value or ""


@_raw.register
def _(shape: shapes.Number, value: Any, path: str) -> Any:
    return None if value is None else to_text(value)


@_raw.register
def _(shape: shapes.YesNo, value: Any, path: str) -> Any:
    return bool(value)


@_raw.register
def _(shape: shapes.Maybe, value: Any, path: str) -> Any:
    return None if value is None else _raw(shape.of, value, path)


@_raw.register
def _(shape: shapes.Many, value: Any, path: str) -> Any:
    if isinstance(shape.of, shapes.Part):
        return raw_items(value, path)
    return [_raw(shape.of, each, path) for each in value or () if each is not None]


@_raw.register
def _(shape: shapes.Part, value: Any, path: str) -> Any:
    return {} if value is None else raw_part(value, path)


@_raw.register
def _(shape: shapes.Sourced, value: Any, path: str) -> Any:
    if value is None:
        return {"value": None, "citation": ""}
    return {"value": _raw(shape.of, value.value, path), "citation": value.citation}
