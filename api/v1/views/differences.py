"""The difference of two versions of one catalog."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.caching import version_etag
from api.pagination import invalid, slice_response, whole_number
from api.selection import FIELDS
from api.v1.links import Links
from api.v1.serializers.differences import KINDS, DifferenceEntrySerializer, DifferenceSerializer
from api.v1.views.base import OfVersion, readable_versions
from cms.catalogs.difference import Difference, compare_versions
from cms.catalogs.models import CatalogVersion

PAGE_SIZE = 100
# Each page compares anew, so a page may be larger than those of the lists.
MAX_PAGE_SIZE = 1000
MAX_OFFSET = 1_000_000

FROM = OpenApiParameter("from", int, description="Number of the earlier version; the one before it when left out.")
CHANGE = OpenApiParameter("change", str, enum=KINDS, description="Only entries of this class.")
OFFSET = OpenApiParameter("offset", int, description="Entries to pass over, as found in `next`.")
SIZE = OpenApiParameter("page_size", int, description=f"Entries a page, up to {MAX_PAGE_SIZE}.")


class VersionDifference(OfVersion):
    """What is new, changed field by field, and removed in a version against an earlier one of the same catalog.

    New entries come first, then changed ones, then removed ones, each in the order of its version. Items are compared
    by their identity.
    """

    has_etag = True
    serializer_class = DifferenceSerializer
    row_class = DifferenceEntrySerializer
    known_parameters = frozenset({"from", "change", "offset", "page_size", FIELDS})

    @extend_schema(
        operation_id="difference", tags=["versions"], parameters=[FROM, CHANGE, OFFSET, SIZE],
        responses=DifferenceSerializer,
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one page of the difference, or 304 when the caller already holds it."""
        kinds, size = self._kinds(), whole_number(request, "page_size", PAGE_SIZE, lowest=1, highest=MAX_PAGE_SIZE)
        offset = whole_number(request, "offset", 0, lowest=0, highest=MAX_OFFSET)
        earlier = self._earlier()
        unchanged = self.not_modified(version_etag(earlier, self.version, seen=self.words.stamp))
        if unchanged:
            return unchanged
        difference = compare_versions(earlier, self.version, columns=self.words.keys)
        return self._page(earlier, difference, kinds, offset, size)

    def _kinds(self) -> tuple[str, ...]:
        kind = self.request.query_params.get("change", "")
        if kind and kind not in KINDS:
            message = _("Unknown class. Known ones: %(known)s.") % {"known": ", ".join(KINDS)}
            raise invalid("change", "unknown_value", message)
        return (kind,) if kind else KINDS

    def _earlier(self) -> CatalogVersion | None:
        """Return the version to compare with: the one that is asked for, or the last one before, or none."""
        siblings = readable_versions(self.request.user).filter(catalog=self.version.catalog_id)
        if not self.request.query_params.get("from"):
            return siblings.filter(number__lt=self.version.number).order_by("-number").first()
        number = whole_number(self.request, "from", 0, lowest=1, highest=2**31 - 1)
        found = siblings.filter(number=number).first()
        if found is None:
            raise invalid("from", "unknown_version", _("This catalog has no such version that you may read."))
        return found

    def _page(
        self, earlier: CatalogVersion | None, difference: Difference, kinds: tuple[str, ...], offset: int, size: int
    ) -> Response:
        entries = [(kind, entry) for kind in kinds for entry in getattr(difference, kind)]
        return slice_response(
            self.request, entries, offset, size, self._serialized,
            **{"from": self._reference(earlier), "to": self._reference(self.version), "counts": difference.counts},
        )  # fmt: skip

    def _serialized(self, entries: list[Any]) -> Any:
        return DifferenceEntrySerializer(entries, many=True, context=self.get_serializer_context()).data

    def _reference(self, version: CatalogVersion | None) -> dict[str, Any] | None:
        if version is None:
            return None
        url = Links(self.request).version(self.kwargs["agency"], version.number)
        return {"number": version.number, "url": url}
