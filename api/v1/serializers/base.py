"""Rows as JSON: the fields are declared for the documentation, one function writes them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.selection import FIELDS
from api.v1.links import Links


class RowSerializer(serializers.Serializer[Any]):
    """A read-only shape. Subclasses declare their fields and write a row in ``row(links, row)``.

    A hundred rows go through one plain function instead of a field object for each value, which is several times
    faster; a test holds every answer against the documented fields.
    """

    chooses_fields = True

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return the row as JSON holds it."""
        raise NotImplementedError

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the row, or the fields of it that are asked for, with addresses as this caller reaches them."""
        row, chosen = self.row(self._links, instance), self.chosen
        return {name: value for name, value in row.items() if name in chosen} if chosen else row

    @cached_property
    def chosen(self) -> frozenset[str]:
        """Return the fields that the caller asks for; none of them: all."""
        chosen: frozenset[str] = self.context.get(FIELDS, frozenset())
        return chosen

    @cached_property
    def _links(self) -> Links:
        return Links(self.context["request"])


class StrictSerializer(serializers.Serializer[Any]):
    """What is sent: a field that is not known, or that stands twice in a form, is refused and not passed over."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what the fields make of what was sent; raises ValidationError."""
        self.refuse_unknown(data)
        return super().to_internal_value(data)

    def refuse_unknown(self, data: Any) -> None:
        """Raise ValidationError for fields that are not known or stand twice."""
        if isinstance(data, Mapping):
            unknown = _("Unknown field. Known ones: %(known)s.") % {"known": ", ".join(self.fields) or "–"}
            wrong = {name: [ErrorDetail(unknown, "unknown_field")] for name in data if name not in self.fields}
            if isinstance(data, QueryDict):
                twice = [ErrorDetail(_("This field is there twice."), "repeated_field")]
                wrong |= {name: twice for name, given in data.lists() if len(given) > 1 and name not in wrong}
            if wrong:
                raise serializers.ValidationError(wrong)


class AgencyReferenceSerializer(serializers.Serializer[Any]):
    """An agency as others point to it."""

    code = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class VersionReferenceSerializer(serializers.Serializer[Any]):
    """A version as others point to it."""

    number = serializers.IntegerField()
    url = serializers.URLField()


def decimal_field(help_text: str, *, null: bool = False) -> serializers.DecimalField:
    """Return the documentation of a number with up to 4 decimal places, written as text so that it stays exact."""
    return serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=null, help_text=help_text)


def text(number: Decimal | None) -> str | None:
    """Return a decimal as JSON keeps it, with 4 places and a point."""
    return None if number is None else f"{number:.4f}"
