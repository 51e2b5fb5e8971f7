"""Items: read as columns, in the agency's order, through an index."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.caching import version_etag
from api.pagination import TOP_KEY, Ordering
from api.v1.filters.items import ItemFilters, VersionItemFilters
from api.v1.serializers.items import ITEM_COLUMNS, ItemSerializer
from api.v1.views.versions import readable_version
from api.views import DetailView, ListView
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


@extend_schema(tags=["items"])
class ItemList(ListView):
    """Items of every version that may be read; ``effective_on`` keeps those that hold on a day."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilters
    orderings = ORDERINGS

    def get_queryset(self) -> QuerySet[CatalogItem, Any]:
        """Return the items that the person may read, as columns."""
        return CatalogItem.objects.visible_to(self.request.user).values_list(*ITEM_COLUMNS, named=True)


class OfVersion:
    """A view below one version: ``version`` is found among those that the person may read, or it is Http404."""

    request: Request
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> CatalogVersion:
        """Return the version that the address names."""
        return readable_version(self.request.user, self.kwargs["agency"], self.kwargs["number"])


@extend_schema(tags=["items"])
class VersionItemList(OfVersion, ListView):
    """Items of one version. Those of a decided version never change and answer with an ETag."""

    serializer_class = ItemSerializer
    filterset_class = VersionItemFilters
    orderings = ORDERINGS
    queryset = CatalogItem.objects.none()

    def get_queryset(self) -> QuerySet[CatalogItem, Any]:
        """Return the version's items, as columns."""
        return self.version.items.values_list(*ITEM_COLUMNS, named=True)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return a page of items, or 304 when the caller already holds it."""
        return self.not_modified(version_etag(self.version)) or super().get(request, *args, **kwargs)


@extend_schema(tags=["items"])
class ItemDetail(OfVersion, DetailView):
    """One item of a version by its identity, which is the same in every version that carries the item."""

    serializer_class = ItemSerializer
    queryset = CatalogItem.objects.none()

    def get_object(self) -> Any:
        """Return the item's columns; Http404 when the version has no such item."""
        items = self.version.items.values_list(*ITEM_COLUMNS, named=True)
        return get_object_or_404(items, identity=self.kwargs["identity"])

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the item, or 304 when the caller already holds it."""
        return self.not_modified(version_etag(self.version)) or super().get(request, *args, **kwargs)
