"""Figures from outside (surveys, marks of coordination, indices) as JSON, and what is sent of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.assignments import OfficerReferenceSerializer
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer, StrictSerializer, decimal_field, text
from api.v1.serializers.fields import NumberField, PastDayField, TextField
from api.v1.serializers.item_requests import OperationErrorSerializer
from cms.evaluations.models import Figure

MOST_FIGURES = 1000
MOST_VALUE = Decimal("9999999.9999")
PUT = ("created", "changed", "unchanged", "refused")


class OutsideFigureSerializer(RowSerializer):
    """One figure of an indicator, of an agency or of an officer. It is withdrawn, never changed."""

    id = serializers.IntegerField()
    agency = AgencyReferenceSerializer(allow_null=True, help_text="Null: the figure is an officer's.")
    officer = OfficerReferenceSerializer(allow_null=True, help_text="Null: the figure is an agency's.")
    indicator = serializers.CharField(help_text="Code of the indicator in criteria frameworks.")
    value = decimal_field("The figure.")
    measured_on = serializers.DateField(help_text="It counts in periods that have this day.")
    source = serializers.CharField()  # type: ignore[assignment]
    recorded_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True, help_text="Null while it stands.")
    withdrawn_because = serializers.CharField(allow_blank=True)

    def row(self, links: Links, row: Figure) -> dict[str, Any]:
        """Return one figure."""
        agency, officer = row.agency, row.officer
        return {
            "id": row.pk,
            "agency": agency and {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
            "officer": officer and {"code": officer.code, "name": officer.name},
            "indicator": row.code, "value": text(row.value), "measured_on": row.measured_on, "source": row.source,
            "recorded_at": row.recorded_at, "withdrawn_at": row.withdrawn_at,
            "withdrawn_because": row.withdrawn_because,
        }  # fmt: skip


class OutsideFigureSentSerializer(StrictSerializer):
    """One figure as it is sent: of an agency or of an officer."""

    agency = TextField(max_length=32, required=False, help_text="Code of the agency; not beside `officer`.")
    officer = TextField(max_length=64, required=False, help_text="Code of the officer; not beside `agency`.")
    indicator = TextField(max_length=60, help_text="Code of the indicator in criteria frameworks.")
    value = NumberField(min_value=Decimal(0), max_value=MOST_VALUE)
    measured_on = PastDayField()
    source = TextField(  # type: ignore[assignment]
        max_length=300, help_text="Where it comes from: the survey, the document that publishes it."
    )


@extend_schema_field(OutsideFigureSentSerializer(many=True))
class FiguresField(serializers.ListField):
    """Figures as they were sent: each is judged alone."""


class OutsideFiguresBulkSerializer(StrictSerializer):
    """Many figures."""

    figures = FiguresField(min_length=1, max_length=MOST_FIGURES)


class PutFigureSerializer(serializers.Serializer[Any]):
    """What came of one figure."""

    status = serializers.ChoiceField(
        [(each, each) for each in PUT],
        help_text="`changed`: another stood for this indicator, subject and day; it is withdrawn. `refused`: see "
        "`errors`.",
    )  # fmt: skip
    id = serializers.IntegerField(allow_null=True, help_text="Of the figure that now stands.")

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that serializers keep for themselves."""
        return super().get_fields() | {"errors": OperationErrorSerializer(many=True)}


class PutFigureCountsSerializer(serializers.Serializer[Any]):
    """How many figures came to what."""

    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()


class PutFiguresSerializer(serializers.Serializer[Any]):
    """What came of all figures, in the order in which they were sent."""

    counts = PutFigureCountsSerializer()
    results = PutFigureSerializer(many=True)
