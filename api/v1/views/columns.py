"""Columns that the province added to its catalogs."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema

from api.pagination import Ordering
from api.v1.serializers.columns import ColumnSerializer
from api.views import ListView
from cms.catalogs.models import ExtraColumn, ExtraColumnQuerySet


@extend_schema(tags=["columns"])
class ColumnList(ListView):
    """Columns that the province added, as far as the caller sees them in at least one catalog."""

    serializer_class = ColumnSerializer
    orderings = {"position": Ordering(("position", "pk")), "name": Ordering(("name", "pk"))}

    def get_queryset(self) -> ExtraColumnQuerySet:
        """Return the columns that the caller may know of."""
        return ExtraColumn.objects.seen_anywhere_by(self.request.user)
