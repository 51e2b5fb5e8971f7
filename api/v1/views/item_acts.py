"""Writing items: one at a time at their own addresses, or many by one act."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, now_written
from api.preconditions import IF_MATCH, require_match
from api.v1.bulk import read_operations, refusal, serialize_results
from api.v1.item_values import ItemValues, sound_values
from api.v1.serializers.item_requests import (
    LONGEST_REASON,
    BulkAnswerSerializer,
    BulkSerializer,
    ItemValuesSerializer,
    ReasonSerializer,
)
from api.v1.serializers.items import WRITTEN_ITEM, ItemSerializer, item_etag, warnings_about, with_common_item
from api.v1.views.base import WritesVersion
from api.v1.views.items import ItemDetail, VersionItemList, VersionItemView
from cms.catalogs import actions, permissions
from cms.catalogs.column_fields import columns_of
from cms.catalogs.errors import ItemRefused, OperationsRefused
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation.asking import question_about, work_of

ITEM_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The ETag of the item or of its version as you last read it, or `*` for whatever it is now.",
)  # fmt: skip
MAY_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER,
    description="The ETag of the version as you last read it, or `*`. Needed where `mode` is `all`.",
)  # fmt: skip
REASON = OpenApiParameter(
    "reason", {"type": "string", "maxLength": LONGEST_REASON},
    description="Needed while the Department of Home Affairs appraises. In the address, since many programs send no "
    "body with DELETE.",
)  # fmt: skip


class WritesItems(WritesVersion, VersionItemView):
    """A view at which items of one version are written."""

    def require_free_code(self, version: CatalogVersion, values: dict[str, Any], item: CatalogItem | None) -> None:
        """Raise ValidationError for a code that another item of the version has."""
        others = version.items.with_code(values["code"]) if "code" in values else version.items.none()
        if item is not None:
            others = others.exclude(pk=item.pk)
        if others.exists():
            sound_values(({}, (actions.code_taken("code"),)))

    def checks(self, version: CatalogVersion) -> ItemValues:
        """Return what checks values, for who may write them."""
        permissions.require(permissions.can_edit(self.person, version))
        return ItemValues(version.terms, columns_of(self.words.columns.values(), version, None))

    def answer(self, identity: uuid.UUID, code: int = status.HTTP_200_OK) -> Response:
        """Return an item as it now is, and the known works that it is probably the same as."""
        item = with_common_item(self.version.items.all()).get(identity=identity)
        body = ItemSerializer(context=self.get_serializer_context()).to_representation(item)
        body["warnings"] = warnings_about(question_about(work_of(item), self.version))
        return now_written(body, item_etag(item, self.words.keys), code)


@extend_schema(tags=["items"])
class VersionItems(WritesItems, VersionItemList):
    """Items of one version. Those of a decided version have an ETag; only its links may change."""

    http_method_names = ["get", "head", "options", "post"]

    @extend_schema(
        operation_id="items_add", parameters=[KEY, IF_MATCH], request=ItemValuesSerializer,
        responses={201: WRITTEN_ITEM},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Add one item at the end of a version that is not decided yet."""
        return self.on_version(ItemValuesSerializer, self._added)

    def _added(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        values = sound_values(self.checks(version).whole(body["values"]))
        self.require_free_code(version, values, None)
        item = actions.add_item(by=self.person, version=version, values=values, reason=body["reason"])
        return self.answer(item.identity, status.HTTP_201_CREATED)


@extend_schema(tags=["items"])
class OneItem(WritesItems, ItemDetail):
    """One item of a version by its identity, which is the same in every version that carries the item."""

    http_method_names = ["get", "head", "options", "patch", "delete"]

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that this address takes: a reason where an item is removed."""
        return frozenset({"reason"}) if self.request.method == "DELETE" else super().known_parameters

    def locked(self, version: CatalogVersion, body: dict[str, Any]) -> CatalogVersion:
        """Return the version, locked, if it or the item is what the caller means."""
        return require_match(self.request, version, part=lambda found: item_etag(self._item(found), self.words.keys))

    def _item(self, version: CatalogVersion) -> CatalogItem:
        item: CatalogItem | None = version.items.filter(identity=self.kwargs["identity"]).first()
        if item is None:
            raise Http404
        return item

    @extend_schema(
        operation_id="items_change", parameters=[KEY, ITEM_MATCH], request=ItemValuesSerializer,
        responses={200: WRITTEN_ITEM},
    )  # fmt: skip
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Change what is sent of one item of a version that is not decided yet; everything else stays."""
        return self.on_version(ItemValuesSerializer, self._changed)

    def _changed(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        item = self._item(version)
        changes = sound_values(self.checks(version).part(body["values"], item.extra))
        self.require_free_code(version, changes, item)
        try:
            actions.edit_items(by=self.person, version=version, items=[item], changes=changes, reason=body["reason"])
        except ItemRefused as refused:
            sound_values(({}, refused.params["faults"]))
        return self.answer(item.identity)

    @extend_schema(
        operation_id="items_remove", parameters=[REASON, KEY, ITEM_MATCH], request=None, responses={204: None}
    )  # fmt: skip
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take one item out of a version that is not decided yet."""
        return self.on_version(ReasonSerializer, self._removed)

    def sent(self, body_class: Any) -> dict[str, Any]:
        """Return what was sent; where an item is removed, in the address."""
        if self.request.method != "DELETE":
            return super().sent(body_class)
        body_class = body_class(data=self.request.query_params.dict())
        body_class.is_valid(raise_exception=True)
        checked: dict[str, Any] = body_class.validated_data
        return checked

    def _removed(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        actions.remove_items(by=self.person, version=version, items=[self._item(version)], reason=body["reason"])
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(tags=["items"])
class ItemsBulk(WritesItems):
    """Many items by one act."""

    http_method_names = ["post", "options"]

    def locked(self, version: CatalogVersion, body: dict[str, Any]) -> CatalogVersion:
        """Return the version, locked; who writes all or nothing has to say which state of it is meant."""
        return require_match(self.request, version, needed=body["mode"] == "all")

    @extend_schema(
        operation_id="items_bulk", parameters=[KEY, MAY_MATCH], request=BulkSerializer,
        responses={200: BulkAnswerSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Add, change and remove up to 1,000 items of a version that is not decided yet, in the order they are sent.

        `each` writes, in one transaction, what can be written, and answers 200 with what came of each operation, some
        of them perhaps `refused`. `all` writes everything or nothing: 400 then, with every error of every operation.
        """
        return self.on_version(BulkSerializer, self._written)

    def _written(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        permissions.require(permissions.can_edit(self.person, version))
        sent, operations = read_operations(body["operations"], version, self.words.columns.values())
        try:
            outcomes = actions.write_items(
                by=self.person, version=version, operations=operations, reason=body["reason"],
                all_or_none=body["mode"] == "all",
            )  # fmt: skip
        except OperationsRefused as refused:
            raise refusal(refused.params["outcomes"]) from refused
        return self.written(version, serialize_results(body["mode"], sent, outcomes, self.words.keys))
