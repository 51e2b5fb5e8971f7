"""Versions of catalogs."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import TOP_KEY, Ordering
from api.v1.filters.versions import CatalogVersionFilters, VersionFilters
from api.v1.serializers.versions import VersionDetailSerializer, VersionSerializer
from api.v1.views.base import readable_versions
from api.views import DetailView, ListView
from cms.catalogs.models import Catalog, CatalogVersion
from cms.catalogs.querysets import CatalogVersionQuerySet


@extend_schema(tags=["versions"])
class VersionList(ListView):
    """Versions of every agency that may be read."""

    serializer_class = VersionSerializer
    filterset_class = VersionFilters
    orderings = {
        "agency": Ordering(("catalog__agency__path", "number")),
        "year": Ordering(("year", "pk")),
        "-year": Ordering(("year", "pk"), top=(9999, TOP_KEY)),
    }

    def get_queryset(self) -> CatalogVersionQuerySet:
        """Return the versions that the person may read."""
        return readable_versions(self.request.user)


@extend_schema(tags=["versions"])
class CatalogVersionList(ListView):
    """Versions of one agency's catalog."""

    serializer_class = VersionSerializer
    filterset_class = CatalogVersionFilters
    orderings = {"-number": Ordering(("number",), top=(2**31 - 1,)), "number": Ordering(("number",))}

    def get_queryset(self) -> CatalogVersionQuerySet:
        """Return the catalog's versions that the person may read; Http404 when it is not theirs to know."""
        if getattr(self, "swagger_fake_view", False):
            return CatalogVersion.objects.none()
        catalog = get_object_or_404(Catalog.objects.visible_to(self.request.user), agency__code=self.kwargs["agency"])
        return readable_versions(self.request.user).filter(catalog=catalog)


@extend_schema(tags=["versions"])
class VersionDetail(DetailView):
    """One version with all its details. A decided one never changes and answers with an ETag."""

    has_etag = True
    serializer_class = VersionDetailSerializer
    queryset = CatalogVersion.objects.none()

    def get_object(self) -> CatalogVersion:
        """Return the version; Http404 when there is none or it is not theirs to read."""
        versions = readable_versions(self.request.user).select_related("base", "catalog__agency")
        return get_object_or_404(versions, catalog__agency__code=self.kwargs["agency"], number=self.kwargs["number"])

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the version, or 304 when the caller already holds it."""
        version = self.get_object()
        return self.version_not_modified(version) or Response(self.get_serializer(version).data)
