"""Items: read as columns, in the agency's order, through an index."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cached_property
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import TOP_KEY, Ordering, chosen_ordering, cursor_bound, invalid
from api.v1 import written
from api.v1.filters.items import ItemFilters, VersionItemFilters
from api.v1.links import Links
from api.v1.serializers.items import COMMON, ITEM_COLUMNS, ItemSerializer, columns_for, item_etag, with_common_item
from api.v1.views.base import OfVersion
from api.views import DetailView, ListView, ReadView
from cms.catalogs.audiences import audiences_seen
from cms.catalogs.extra import PREFIX
from cms.catalogs.models import MAX_GROUPS, CatalogItem, CatalogVersion, ExtraColumn
from cms.catalogs.wording import ItemWords
from cms.core import slots
from cms.curation.linked import links_stamp

EXTRA = OpenApiParameter(
    "extra",
    {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "propertyNames": {"pattern": r"^extra\..+$"},
    },
    style="form", explode=True,
    description="`extra.<key>=text`: only items that hold just this text in an added column (keys are in `columns/`).",
)  # fmt: skip

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

    def places(self) -> dict[int, written.Place]:
        """Return by the key of the version its agency, its number, and the added columns that the caller sees."""
        raise NotImplementedError

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand the names over to the rows."""
        return {**super().get_serializer_context(), "places": self.places()}

    def as_columns(self, items: QuerySet[CatalogItem], *more: str) -> QuerySet[CatalogItem, Any]:
        """Return items as the columns that the fields which are asked for need, and ``more``."""
        columns = columns_for(self.chosen_fields, *more)
        return (with_common_item(items) if COMMON in columns else items).values_list(*columns, named=True)


class ItemListView(ItemView, ListView):
    """A list of items, which the database writes; where only some fields are asked for, they are read as columns."""

    waits_for_slot = True

    def listed(self, items: QuerySet[CatalogItem]) -> QuerySet[CatalogItem, Any]:
        """Return items with what their fields, and the order of the list, need."""
        order = chosen_ordering(self.request, self.orderings).fields
        if self.chosen_fields:
            return self.as_columns(items, *order)
        columns = dict.fromkeys(("version_id", "item_json", "extra_json", *order))
        return written.with_json(items).values_list(*columns, named=True)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of items; strangers who search need a slot."""
        with slots.for_strangers(request.user, "search") if request.query_params.get("search") else nullcontext():
            return self._page(request)

    def _page(self, request: Request) -> Response:
        if self.chosen_fields:
            return super().list(request)
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(written.results(rows or [], self.places(), Links(request)))


@extend_schema(tags=["items"])
class ItemList(ItemListView):
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
        return self.listed(CatalogItem.objects.filter(version__in=versions))

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the rows of the page, and remember in which versions they stand."""
        rows = super().paginate_queryset(queryset) or []
        self.version_keys = {row.version_id for row in rows}
        self.has_extra = bool(self.chosen_fields) or written.has_extra(rows)
        return rows

    def places(self) -> dict[int, written.Place]:
        """Return the places of the few versions of the page."""
        versions = CatalogVersion.objects.filter(pk__in=self.version_keys)
        agency_fields = ("catalog__agency__path", "catalog__agency__block")
        found = versions.values_list("pk", "catalog__agency__code", "number", *agency_fields)
        if not self.has_extra:
            return {pk: (agency, number, ()) for pk, agency, number, *_place in found}
        columns = list(ExtraColumn.objects.seen_anywhere_by(self.request.user).values_list("key", "audience"))
        return {pk: (agency, number, self._seen(columns, *place)) for pk, agency, number, *place in found}

    def _seen(self, columns: list[tuple[str, str]], path: str, block: str) -> frozenset[str]:
        audiences = audiences_seen(self.request.user, path, block)
        return frozenset(key for key, audience in columns if audience in audiences)


class VersionItemView(OfVersion, ItemView):
    """Items of the version that the address names, with the added columns that the caller may see."""

    @cached_property
    def shown(self) -> ItemWords:
        """Return the added columns that the answer depends on: none for a decided version that holds nothing in any."""
        holds_none = self.version.is_frozen and not self.version.summary.get("extra")
        return ItemWords() if holds_none else self.words

    def links_not_modified(self) -> Response | None:
        """Return 304 when the caller holds what the decided version says, and which common items its items are."""
        stamps = (self.shown.stamp, links_stamp(self.version.catalog_id) if self.version.is_frozen else "")
        return self.version_not_modified(self.version, "-".join(filter(None, stamps)))

    def places(self) -> dict[int, written.Place]:
        """Return the place of the only version here."""
        return {self.version.pk: (self.version.catalog.agency.code, self.version.number, self.shown.keys)}


@extend_schema(tags=["items"])
@extend_schema(parameters=[EXTRA], methods=["GET"])
class VersionItemList(VersionItemView, ItemListView):
    """Items of one version. Those of a decided version have an ETag; only its links may change."""

    has_etag = True
    serializer_class = ItemSerializer
    filterset_class = VersionItemFilters
    orderings = VERSION_ORDERINGS
    queryset = CatalogItem.objects.none()

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the parameters of the list, and one for each added column that the caller sees."""
        known = super().known_parameters
        return known | {f"{PREFIX}{key}" for key in self.words.keys} if self._asked() else known

    def get_queryset(self) -> QuerySet[CatalogItem, Any]:
        """Return the version's items, as columns."""
        items = self.version.items.all()
        for name, text in self._asked().items():
            items = items.with_extra(name.removeprefix(PREFIX), _plain(name, text)) if text else items
        return self.listed(items)

    def _asked(self) -> dict[str, str]:
        """Return the parameters about added columns."""
        query = self.request.query_params
        return {name: str(query[name]) for name in query if name.startswith(PREFIX)}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of items, or 304 when the caller already holds it."""
        return self.links_not_modified() or super().get(request, *args, **kwargs)


@extend_schema(tags=["items"])
class ItemDetail(VersionItemView, DetailView):
    """One item of a version by its identity, which is the same in every version that carries the item."""

    has_etag = True
    serializer_class = ItemSerializer
    queryset = CatalogItem.objects.none()

    def get_object(self) -> Any:
        """Return the item's columns; Http404 when the version has no such item."""
        items = with_common_item(self.version.items.all()).values_list(*ITEM_COLUMNS, COMMON, named=True)
        return get_object_or_404(items, identity=self.kwargs["identity"])

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the item, or 304 when the caller already holds it.

        One that can still change has an ETag of its own: others of its version may be written meanwhile.
        """
        unchanged = self.links_not_modified()
        if unchanged:
            return unchanged
        item = self.get_object()
        if not self.version.is_frozen:
            self.etag = item_etag(item, self.words.keys)
        return Response(self.get_serializer(item).data)


def _plain(name: str, text: str) -> str:
    """Return the text of a filter; no item holds the character that databases refuse."""
    if "\x00" in text:
        refusal = ProhibitNullCharactersValidator()
        raise invalid(name, refusal.code, str(refusal.message))
    return text
