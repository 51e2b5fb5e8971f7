"""The index of the API."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.views import ReadView

RESOURCES = (
    "agencies", "catalogs", "versions", "items", "columns", "rounds", "frameworks", "transparency-releases", "imports",
    "events", "periods", "evaluations", "results", "organisation-results", "receipts",
    "schema", "docs", "redoc", "guide",
)  # fmt: skip


class RootSerializer(serializers.Serializer[Any]):
    """Addresses of what there is."""

    agencies = serializers.URLField()
    catalogs = serializers.URLField()
    versions = serializers.URLField()
    items = serializers.URLField()
    columns = serializers.URLField()
    rounds = serializers.URLField()
    frameworks = serializers.URLField()
    transparency_releases = serializers.URLField()
    imports = serializers.URLField()
    events = serializers.URLField()
    periods = serializers.URLField()
    evaluations = serializers.URLField()
    results = serializers.URLField()
    organisation_results = serializers.URLField()
    receipts = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()
    redoc = serializers.URLField()
    guide = serializers.URLField()


class Root(ReadView):
    """Addresses of what can be read."""

    scope = ""
    serializer_class = RootSerializer

    @extend_schema(operation_id="index", tags=["index"])
    def get(self, request: Request) -> Response:
        """Return the address of each resource."""
        return Response(
            {name.replace("-", "_"): request.build_absolute_uri(reverse(f"api_v1:{name}")) for name in RESOURCES}
        )
