"""Items: read as columns, in the agency's order, through an index."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.caching import version_etag
from api.pagination import TOP_KEY, Ordering, cursor_bound
from api.v1.filters.items import ItemFilters, VersionItemFilters
from api.v1.serializers.items import ITEM_COLUMNS, ItemSerializer
from api.v1.views.versions import readable_version
from api.views import DetailView, ListView, ReadView
from cms.catalogs.models import MAX_GROUPS, CatalogItem, CatalogVersion

ORDERINGS = {
    "position": Ordering(("version_id", "position", "pk")),
    "code": Ordering(("code_key", "pk")),
    "field": Ordering(("field", "position", "pk")),
    "group": Ordering(("group", "position", "pk")),
    "-group": Ordering(("group", "position", "pk"), top=(MAX_GROUPS, 2**31 - 1, TOP_KEY)),
    "coefficient": Ordering(("coefficient", "pk")),
    "-coefficient": Ordering(("coefficient", "pk"), top=("99999.9999", TOP_KEY)),
}
# Within one version its own key would only keep the index from seeking the position.
VERSION_ORDERINGS = ORDERINGS | {"position": Ordering(("position", "pk"))}


class ItemView(ReadView):
    """A view of items: each is named by the agency and the number of its version."""

    def places(self) -> dict[int, tuple[str, int]]:
        """Return agency and number by the key of the version."""
        raise NotImplementedError

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand the names over to the rows."""
        return {**super().get_serializer_context(), "places": self.places()}


@extend_schema(tags=["items"])
class ItemList(ItemView, ListView):
    """Items of every version that may be read; ``effective_on`` keeps those that hold on a day."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilters
    orderings = ORDERINGS

    def get_queryset(self) -> QuerySet[CatalogItem, Any]:
        """Return the items that the person may read, as columns.

        Versions on the far side of the cursor are left out by their keys: the database would walk through their items.
        """
        by_version = self.request.query_params.get("ordering", "position") == "position"
        bound = cursor_bound(self.request) if by_version else {}
        versions = CatalogVersion.objects.visible_to(self.request.user).filter(**bound)
        return CatalogItem.objects.filter(version__in=versions).values_list(*ITEM_COLUMNS, named=True)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the rows of the page, and remember in which versions they stand."""
        rows = super().paginate_queryset(queryset) or []
        self.version_keys = {row.version_id for row in rows}
        return rows

    def places(self) -> dict[int, tuple[str, int]]:
        """Return agency and number of the few versions of the page."""
        versions = CatalogVersion.objects.filter(pk__in=self.version_keys)
        found = versions.values_list("pk", "catalog__agency__code", "number")
        return {pk: (agency, number) for pk, agency, number in found}


class OfVersion(ReadView):
    """A view below one version: ``version`` is found among those that the person may read, or it is Http404."""

    @cached_property
    def version(self) -> CatalogVersion:
        """Return the version that the address names."""
        return readable_version(self.request.user, self.kwargs["agency"], self.kwargs["number"])


class VersionItemView(OfVersion, ItemView):
    """A view of items of one version."""

    def places(self) -> dict[int, tuple[str, int]]:
        """Return agency and number of the only version here."""
        return {self.version.pk: (self.version.catalog.agency.code, self.version.number)}


@extend_schema(tags=["items"])
class VersionItemList(VersionItemView, ListView):
    """Items of one version. Those of a decided version never change and answer with an ETag."""

    serializer_class = ItemSerializer
    filterset_class = VersionItemFilters
    orderings = VERSION_ORDERINGS
    queryset = CatalogItem.objects.none()

    def get_queryset(self) -> QuerySet[CatalogItem, Any]:
        """Return the version's items, as columns."""
        return self.version.items.values_list(*ITEM_COLUMNS, named=True)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of items, or 304 when the caller already holds it."""
        return self.not_modified(version_etag(self.version)) or super().get(request, *args, **kwargs)


@extend_schema(tags=["items"])
class ItemDetail(VersionItemView, DetailView):
    """One item of a version by its identity, which is the same in every version that carries the item."""

    serializer_class = ItemSerializer
    queryset = CatalogItem.objects.none()

    def get_object(self) -> Any:
        """Return the item's columns; Http404 when the version has no such item."""
        items = self.version.items.values_list(*ITEM_COLUMNS, named=True)
        return get_object_or_404(items, identity=self.kwargs["identity"])

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the item, or 304 when the caller already holds it."""
        return self.not_modified(version_etag(self.version)) or super().get(request, *args, **kwargs)
