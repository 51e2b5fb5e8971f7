"""What the OpenAPI document says beyond what the views declare: our addresses alone, who must say who they are, and
every status that an operation answers with; tests/fuzz asks until one is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.idempotency import HEADER
from api.selection import FIELDS, selectable

# The ways of asking as a program, as the document names them.
_TOKEN, _OAUTH = "token", "oauth2"
_LONGEST_SUMMARY = 120


class TokenScheme(OpenApiAuthenticationExtension):
    """How the document describes tokens."""

    target_class = "api.authentication.TokenAuthentication"
    name = _TOKEN

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the entry of the scheme."""
        return {"type": "http", "scheme": "bearer"}


class ReadingSessionScheme(OpenApiAuthenticationExtension):
    """How it describes sessions with which nothing is written."""

    target_class = "api.authentication.ReadingSession"
    name = "readingSession"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the entry of the scheme."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER,
    description="ETags that the caller holds; where one of them still names the answer, it is 304 and empty.",
)  # fmt: skip


REFERENCE = {"$ref": "#/components/responses/Problem"}
# With these alone, whoever reads need not be anybody.
_OPEN_TO_READ = (InScope, SignedInToWrite)


class Operation(AutoSchema):
    """One operation, with what its view does and nobody would repeat for each of them."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Say that whoever reads what is public need not say who they are."""
        required = super().get_auth()
        if settings.THUOCDO_OAUTH and {_TOKEN: []} in required:
            scope = getattr(self.view, "scope", "")
            if self.method not in SAFE_METHODS:
                scope = getattr(self.view, "writing_scope", scope)
            required = [*required, {_OAUTH: [scope] if scope else []}]
        open_to_all = _OPEN_TO_READ if self.method in SAFE_METHODS else (InScope,)
        is_open = all(type(permission) in open_to_all for permission in self.view.get_permissions())
        return [*required, {}] if required and is_open else required

    def get_summary(self) -> str | None:
        """Return the first sentence of the description: what lists of operations and generated clients show."""
        summary: str | None = super().get_summary()
        return (
            summary
            or re.split(r"(?<=[.;:?])\s", self.get_description(), maxsplit=1)[0].rstrip(".;:")[:_LONGEST_SUMMARY]
        )

    def get_override_parameters(self) -> list[Any]:
        """Say that an ETag may be sent back, and which fields a GET of rows can be narrowed to."""
        names = selectable(getattr(self.view, "row_class", None)) if self.method == "GET" else ()
        fields = [_fields_parameter(names)] if names else []
        return [*fields, IF_NONE_MATCH] if self._has_etag else fields

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        """Promise the presence of no field that a caller can leave out."""
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        if selectable(serializer.__class__):
            schema.pop("required", None)
        return schema

    @property
    def _has_etag(self) -> bool:
        return self.method == "GET" and getattr(self.view, "has_etag", False)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        """Add the answer to a caller who already holds what is asked for."""
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        if self._has_etag:
            responses["304"] = {"description": "What the ETag in If-None-Match names is still the answer."}
        if getattr(self.view, "waits_for_slot", False):
            responses["503"] = REFERENCE
        if self.method == "POST" and getattr(self.view, "is_about_what_is_sent", False):
            responses["404"] = REFERENCE
        return responses


def _fields_parameter(names: tuple[str, ...]) -> OpenApiParameter:
    return OpenApiParameter(
        FIELDS, {"type": "array", "items": {"type": "string", "enum": list(names)}}, style="form", explode=False,
        description="Only these fields, parted by commas. Without it every field is there.",
    )  # fmt: skip


PREFIX = "/api/v1/"
OF_PAGES = ("/api/pages/", "/api/images/", "/api/documents/")
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
    """Keep the addresses of version 1, and those of what pages say."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith((PREFIX, *OF_PAGES))]


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


def let_pages_be_of_several_types(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Say that a page is of one of its types at least: with few fields chosen it does not show of which."""
    page = result["components"]["schemas"]["Page"]
    page["anyOf"] = page.pop("oneOf")
    return result


def let_any_value_be_null(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Write a value of any kind as such: "any, or null, and not both" would refuse null, which is both."""
    for schema in result["components"]["schemas"].values():
        for field in schema.get("properties", {}).values():
            if {} in field.get("oneOf", ()):
                del field["oneOf"]
    return result


def add_place(result: dict[str, Any], generator: Any, request: Request | None, public: bool) -> dict[str, Any]:
    """Say whose platform this is, and where: at the host at which the document is read."""
    host = (request.build_absolute_uri("/") if request else settings.WAGTAILADMIN_BASE_URL).rstrip("/")
    result["servers"] = [{"url": host, "description": settings.THUOCDO_PROVINCE_NAME}]
    result["info"]["contact"] = {"name": settings.THUOCDO_PROVINCE_NAME, "url": host}
    if settings.THUOCDO_OAUTH:
        flow = {
            "tokenUrl": f"{host}{reverse('oauth_token')}",
            "scopes": {value: str(label) for value, label in Scope.choices},
        }
        scheme = {"type": "oauth2", "flows": {"clientCredentials": flow}}
        result["components"].setdefault("securitySchemes", {})[_OAUTH] = scheme
    return result


def _add_problem(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in sorted(_refusals(path, operation)):
        responses.setdefault(str(status), REFERENCE)


def _refusals(path: str, operation: dict[str, Any]) -> set[int]:
    """Return the statuses with which an operation refuses, by what it takes."""
    refusals = {400, 406, 429}
    if "security" in operation:
        refusals |= {401, 403}
    # Nothing by this name; nothing to lead to.
    if "{" in path or "302" in operation["responses"]:
        refusals.add(404)
    if "requestBody" in operation:
        refusals |= {411, 413, 415}
    headers = {entry["name"] for entry in operation.get("parameters", ()) if entry["in"] == "header"}
    if HEADER in headers:
        # A key that was used for something else; and what a thing's state, or whoever was faster, does not allow.
        refusals |= {409, 415, 422, 503}
    if "If-Match" in headers:
        refusals |= {409, 412, 428}
    return refusals
