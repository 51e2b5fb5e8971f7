"""The OpenAPI document of the running code, and which route answers each of its operations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import schemathesis
from drf_spectacular.generators import SchemaGenerator

from tests.authorisation.walker import Route, all_routes

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Operation:
    """One operation of the document, as schemathesis holds it, and its route."""

    label: str
    described: Any
    route: Route
    # What the document says of who may ask.
    security: list[dict[str, Any]] | None

    @property
    def method(self) -> str:
        """Return the method, in capitals."""
        return str(self.described.method).upper()

    @property
    def is_open(self) -> bool:
        """Return whether the document lets anybody ask, without saying who they are."""
        return self.security is None or {} in self.security

    @property
    def body_type(self) -> str:
        """Return the media type of what is sent, or nothing."""
        return next(iter(self.described.definition.raw.get("requestBody", {}).get("content", {})), "")


@cache
def all_operations() -> dict[str, Operation]:
    """Return every operation by its label, as ``GET /api/v1/items/``."""
    document = json.loads(json.dumps(SchemaGenerator(api_version="v1").get_schema(None, public=True), default=str))
    # Who asks is our part: schemathesis would make up an Authorization for everybody.
    security = {(path, method): each.pop("security", None) for path, method, each in _described(document)}
    found = [result.ok() for result in schemathesis.openapi.from_dict(document).get_all_operations()]
    return {
        each.label: Operation(each.label, each, _routes()[each.path], security[each.path, each.method])
        for each in found
    }


def _described(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


@cache
def _routes() -> dict[str, Route]:
    return {_path(route.pattern): route for route in all_routes()}


def _path(pattern: str) -> str:
    """Return a pattern as the document writes it; Wagtail's begin with a sign and call a number pk."""
    return "/" + _ARGUMENT.sub(r"{\1}", pattern.replace("^", "")).replace("{pk}", "{id}")
