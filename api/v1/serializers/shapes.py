"""Bodies that ``cms.scoring`` reads by shapes declared once: the document describes them from the same declaration."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from cms.scoring.shape import part_schema

_REFERENCE, _COMPONENT = "#/$defs/", "#/components/schemas/"
# What the document has called them from the beginning.
_NAMES = {
    "SubjectData": "Subject",
    "Result": "Score",
    "PeriodPartData": "PeriodPart",
    "ClassifiedData": "ClassifiedPerson",
    "ReasonAnswer": "Reason",
    "CountedPeriod": "PeriodTold",
    "CapOutcome": "CapTold",
    "CapGroupOutcome": "CapGroupTold",
}


class ShapedSerializer(serializers.Serializer[Any]):
    """A body that is read by a declared part, for the documentation alone."""

    part: ClassVar[type]
    closed: ClassVar[bool] = True


class AnsweredSerializer(ShapedSerializer):
    """A body that comes back: it may tell more one day."""

    closed = False


class ShapedSchema(OpenApiSerializerExtension):
    """How the document tells of such bodies."""

    target_class = "api.v1.serializers.shapes.ShapedSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Return the schema of the part; the parts inside it become components."""
        definitions: dict[str, Any] = {}
        whole = part_schema(self.target.part, definitions)
        for name, schema in definitions.items():
            component = ResolvedComponent(_named(name), ResolvedComponent.SCHEMA, self._component(schema), schema)
            auto_schema.registry.register_on_missing(component)
        return self._component(whole)

    def _component(self, schema: dict[str, Any]) -> dict[str, Any]:
        described: dict[str, Any] = _as_document(schema)
        if not self.target.closed:
            del described["additionalProperties"]
        return described


def _as_document(schema: Any) -> Any:
    """Return a JSON Schema with its references as those of the OpenAPI document."""
    if isinstance(schema, list):
        return [_as_document(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    described = {key: _as_document(value) for key, value in schema.items()}
    if "$ref" in schema:
        described["$ref"] = _COMPONENT + _named(schema["$ref"].removeprefix(_REFERENCE))
    return described


def _named(name: str) -> str:
    return _NAMES.get(name, name)
