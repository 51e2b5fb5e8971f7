"""What stands against a version: remarks of appraisers, and findings of the checks. For those who work on it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, NEW_ETAG
from api.authentication import InScope
from api.pagination import Ordering, invalid, slice_response, whole_number
from api.preconditions import IF_MATCH
from api.v1.filters.remarks import RemarkFilters
from api.v1.serializers.remarks import FindingSerializer, FindingsSerializer, RemarkSerializer
from api.v1.serializers.version_requests import RemarkRequestSerializer
from api.v1.views.base import WritesVersion
from api.views import ListView
from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, CatalogVersion, ItemRemark

PAGE_SIZE, MAX_PAGE_SIZE, MAX_OFFSET = 100, 1000, 1_000_000
OFFSET = OpenApiParameter("offset", int, description="Findings to pass over, as found in `next`.")
SIZE = OpenApiParameter("page_size", int, description=f"Findings a page, up to {MAX_PAGE_SIZE}.")


@extend_schema(tags=["versions"])
class RemarkList(WritesVersion, ListView):
    """Notes that appraisers left on a version and its items, and changes that they made; the first ones first."""

    http_method_names = ["get", "head", "options", "post"]
    permission_classes = [InScope, IsAuthenticated]
    serializer_class = RemarkSerializer
    filterset_class = RemarkFilters
    orderings = {"at": Ordering(("pk",))}

    def get_queryset(self) -> QuerySet[ItemRemark]:
        """Return the remarks of the version, which has to be one that the person works on."""
        if getattr(self, "swagger_fake_view", False):
            return ItemRemark.objects.none()
        return self.worked_on().remarks.select_related("by", "item")

    @extend_schema(
        operation_id="versions_remark", parameters=[KEY, IF_MATCH, NEW_ETAG],
        request=RemarkRequestSerializer, responses={201: RemarkSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leave a note for the agency to mend, on one item or on the version as a whole."""
        return self.on_version(RemarkRequestSerializer, self._noted)

    def _noted(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        item = self._item(version, body.get("item"))
        remark = actions.leave_note(by=self.person, version=version, text=body["text"], item=item)
        return self.written(version, self.get_serializer(remark).data, status.HTTP_201_CREATED)

    def _item(self, version: CatalogVersion, identity: Any) -> CatalogItem | None:
        item = version.items.filter(identity=identity).first() if identity else None
        if identity and item is None:
            raise invalid("item", "unknown_item", _("The version has no such item."))
        return item


class FindingsView(WritesVersion):
    """What the checks find in the version as it is now: what stops a submission, then what is only advised."""

    http_method_names = ["get", "head", "options"]
    permission_classes = [InScope, IsAuthenticated]
    serializer_class = FindingsSerializer
    known_parameters = frozenset({"offset", "page_size"})

    @extend_schema(
        operation_id="versions_findings", tags=["versions"], parameters=[OFFSET, SIZE], responses=FindingsSerializer
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one page of the findings."""
        size = whole_number(request, "page_size", PAGE_SIZE, lowest=1, highest=MAX_PAGE_SIZE)
        offset = whole_number(request, "offset", 0, lowest=0, highest=MAX_OFFSET)
        found = actions.findings(self.worked_on())
        blocking = sum(finding.blocks for finding in found)
        counts = {"blocks": blocking, "advises": len(found) - blocking}
        return slice_response(request, found, offset, size, self._written, counts=counts)

    def _written(self, findings: list[Any]) -> Any:
        return FindingSerializer(findings, many=True, context=self.get_serializer_context()).data
