"""The province's common list, for programs."""

from __future__ import annotations

from typing import Any

from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema

from api.pagination import Ordering
from api.v1.filters.fields import search_filter
from api.v1.serializers.common_items import CommonItemSerializer
from api.views import ListView
from cms.catalogs.models import CatalogItemQuerySet, CatalogVersion
from cms.curation.common import common_list, members_in_force


class CommonItemFilters(FilterSet):
    """Words."""

    search = search_filter()

    def searched(self, queryset: CatalogItemQuerySet, name: str, value: str) -> CatalogItemQuerySet:
        """Keep the items that hold the words."""
        return queryset.search(value)


@extend_schema(tags=["items"])
class CommonItemList(ListView):
    """Items of the common list that may be read, each with the agencies' items in force that are the same work."""

    serializer_class = CommonItemSerializer
    filterset_class = CommonItemFilters
    orderings = {"position": Ordering(("version_id", "position", "pk")), "code": Ordering(("code_key", "pk"))}

    def get_queryset(self) -> CatalogItemQuerySet:
        """Return the common items of the versions that the person may read."""
        return common_list().filter(version__in=CatalogVersion.objects.visible_to(self.request.user))

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the rows of the page, and remember their members."""
        rows = super().paginate_queryset(queryset) or []
        self.members = members_in_force([row.identity for row in rows])
        return rows

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand the members over to the rows."""
        return {**super().get_serializer_context(), "members": getattr(self, "members", {})}
