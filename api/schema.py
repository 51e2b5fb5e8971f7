"""What the OpenAPI document says beyond what the views declare: our addresses alone, and the one error shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    """How the document tells of tokens."""

    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the entry of the scheme."""
        return {"type": "http", "scheme": "bearer"}


PREFIX = "/api/v1/"
_REFERENCE = {"$ref": "#/components/responses/Problem"}
_FIELD_ERROR = {
    "type": "object",
    "required": ["field", "code", "message"],
    "properties": {
        "field": {"type": "string", "description": "Name of the parameter; empty when the whole is at fault."},
        "code": {"type": "string"},
        "message": {"type": "string"},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `code` is stable; sentences follow the Accept-Language header.",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "Name of the status."},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": _FIELD_ERROR},
        "request_id": {"type": "string"},
    },
}

Endpoint = tuple[str, str, str, Callable[..., Any]]


def only_version_1(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Keep the addresses of version 1."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Let every operation answer with a problem when it cannot answer as asked."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["responses"] = {"Problem": {"description": "A problem.", "content": content}}
    for path, operations in result["paths"].items():
        for operation in operations.values():
            _add_problem(path, operation)
    return result


def _add_problem(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses["400"] = responses["default"] = _REFERENCE
    if "{" in path:
        responses["404"] = _REFERENCE
