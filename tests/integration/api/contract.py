"""What version 1 promises, a line each, taken from the OpenAPI document; and what breaks such a promise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
_COMPONENTS = "#/components/schemas/"
# The parameter that names fields of the answer, which the shapes tell anyhow.
_FIELDS = "fields"
_SEVERAL = ("oneOf", "anyOf", "allOf")
# Stands after what has to be sent, or is always there.
REQUIRED = "!"


def contract(document: Document) -> list[str]:
    """Return the promises in order: operations with what they take and answer, and the fields and choices of shapes."""
    document = _with_choices(document)
    lines = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            lines.update(f"{method.upper()} {path}{line}" for line in _operation(operation))
    sent = _sent(document)
    for name, schema in document["components"]["schemas"].items():
        kind = "sent" if name in sent else "shape"
        lines.update(f"{kind} {name}{line}" for line in _fields(schema))
    return sorted(lines)


def breaks(before: list[str], now: list[str]) -> list[str]:
    """Return what callers relied on and is gone, and what they now have to send and did not know of.

    A field is still there when more kinds of value may be sent in it, fewer come back in it, or when it is said of what
    the values are of which nothing was said.
    """
    known = {_thing(line) for line in before}
    fields, asked = {_field(line): line for line in now}, {_field(line) for line in before if line.endswith(REQUIRED)}
    gone = {line for line in {*before} - {*now} if not _holds(line, fields.get(_field(line), ""))}
    demanded = [
        line for line in now
        if line.endswith(REQUIRED) and line not in before and _thing(line) in known
        and not line.startswith("shape ") and _field(line) not in asked
    ]  # fmt: skip
    return sorted(gone) + demanded


def _field(line: str) -> str:
    return line.partition(": ")[0]


def _holds(line: str, now: str) -> bool:
    """Say whether a field that is told in other words keeps what was promised of it."""
    comes_back = line.startswith("shape ")
    if _field(line) == line or not now or (comes_back and line.endswith(REQUIRED) and not now.endswith(REQUIRED)):
        return False
    old, new = _kinds(line), _kinds(now)
    if "any" in old:
        return True
    if comes_back:
        return all(any(_is_told_by(one, other) for one in old) for other in new)
    return all(any(_is_told_by(one, other) for other in new) for one in old)


def _kinds(line: str) -> list[str]:
    return line.partition(": ")[2].removesuffix(REQUIRED).split(" | ")


def _is_told_by(kind: str, now: str) -> bool:
    """Say whether a kind of value is the same, or said more closely: a list of what, an object of which shape."""
    closer = {"array": now.startswith("["), "object": now[:1].isupper(), "NullEnum": now == "null"}
    return kind == now or closer.get(kind, False)


def digest(lines: list[str]) -> str:
    """Return the short name of a contract, by which the changelog speaks of it."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _thing(line: str) -> str:
    """Return the operation or the shape that a line is about."""
    return " ".join(line.split()[:2]).partition(".")[0] if line.startswith("sent ") else " ".join(line.split()[:2])


def _operation(operation: dict[str, Any]) -> Iterator[str]:
    yield ""
    for entry in operation.get("parameters", []):
        name = f" {entry['in']} {entry['name']}"
        yield f"{name}: {_type(entry['schema'])}{REQUIRED if entry.get('required') else ''}"
        if entry["name"] != _FIELDS:
            yield from (f"{name} = {choice}" for choice in _choices(entry["schema"]))
    for media, body in operation.get("requestBody", {}).get("content", {}).items():
        yield f" takes {media}: {_type(body['schema'])}"
    for status, response in operation["responses"].items():
        for media, body in response.get("content", {}).items():
            yield f" {status} {media}: {_type(body['schema'])}"


def _fields(schema: dict[str, Any]) -> Iterator[str]:
    required = schema.get("required", [])
    for name, field in schema.get("properties", {}).items():
        yield f".{name}: {_type(field)}{REQUIRED if name in required else ''}"
        yield from (f".{name} = {choice}" for choice in _choices(field))


def _choices(schema: dict[str, Any]) -> Iterator[Any]:
    """Yield the values that a field takes, wherever in its schema they stand."""
    yield from schema.get("enum", [])
    for inner in (schema.get("items", {}), *(one for several in _SEVERAL for one in schema.get(several, []))):
        if inner:
            yield from _choices(inner)


def _type(schema: dict[str, Any]) -> str:
    """Return the kind of a value in few words; a shape of its own is named."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_COMPONENTS)
    for several in _SEVERAL:
        if several in schema:
            return " | ".join(sorted({_type(one) for one in schema[several]}))
    kinds = schema.get("type", "any")
    kind = " | ".join(sorted(kinds)) if isinstance(kinds, list) else kinds
    if kind == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if kind == "object" and "properties" in schema:
        return "{" + ", ".join(f"{name}: {_type(field)}" for name, field in schema["properties"].items()) + "}"
    return f"{kind} {schema['format']}" if "format" in schema else str(kind)


def _with_choices(document: Document) -> Document:
    """Write choices where they are made: how their shape is called in the document is no promise."""
    schemas = document["components"]["schemas"]
    choices = {f"{_COMPONENTS}{name}": schema for name, schema in schemas.items() if "enum" in schema}
    whole: Document = _replaced(document, choices)
    kept = {name: schema for name, schema in whole["components"]["schemas"].items() if "enum" not in schema}
    return whole | {"components": whole["components"] | {"schemas": kept}}


def _replaced(value: Any, choices: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        if value.get("$ref") in choices:
            return choices[value["$ref"]]
        return {key: _replaced(inner, choices) for key, inner in value.items()}
    return [_replaced(inner, choices) for inner in value] if isinstance(value, list) else value


def _sent(document: Document) -> set[str]:
    """Return the names of the shapes that callers send."""
    bodies = [
        media["schema"]
        for operations in document["paths"].values()
        for operation in operations.values()
        for media in operation.get("requestBody", {}).get("content", {}).values()
    ]
    found: set[str] = set()
    while bodies:
        names = set(_references(bodies.pop())) - found
        found |= names
        bodies += [document["components"]["schemas"][name] for name in names]
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].removeprefix(_COMPONENTS)
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
