"""Catalogs: one an agency, with the version that holds today."""

from __future__ import annotations

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema

from api.pagination import Ordering
from api.v1.filters.catalogs import CatalogFilters
from api.v1.serializers.catalogs import CatalogSerializer
from api.views import DetailView, ListView
from cms.catalogs.models import Catalog, CatalogQuerySet, CatalogVersion


def readable_catalogs(user: object) -> CatalogQuerySet:
    """Return the catalogs that the person may know of, each with its ``current_versions`` (at most one)."""
    current = CatalogVersion.objects.visible_to(user).effective_on().defer("summary", "legal_basis")
    with_current = Prefetch("versions", queryset=current, to_attr="current_versions")
    return Catalog.objects.visible_to(user).select_related("agency").prefetch_related(with_current)


@extend_schema(tags=["catalogs"])
class CatalogList(ListView):
    """Catalogs of the agencies, with the version of each that holds today."""

    serializer_class = CatalogSerializer
    filterset_class = CatalogFilters
    orderings = {"tree": Ordering(("agency__path",)), "code": Ordering(("agency__code",))}

    def get_queryset(self) -> CatalogQuerySet:
        """Return the catalogs that the person may know of."""
        return readable_catalogs(self.request.user)


@extend_schema(tags=["catalogs"])
class CatalogDetail(DetailView):
    """The catalog of one agency, by the agency's code."""

    serializer_class = CatalogSerializer
    lookup_field = "agency__code"
    lookup_url_kwarg = "agency"

    def get_queryset(self) -> CatalogQuerySet:
        """Return the catalogs that the person may know of."""
        return readable_catalogs(self.request.user)
