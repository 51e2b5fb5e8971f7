"""Agencies: public, in the order of the province's tree."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from drf_spectacular.utils import extend_schema

from api.pagination import Ordering
from api.v1.filters.agencies import AgencyFilters
from api.v1.serializers.agencies import AgencySerializer
from api.views import DetailView, ListView
from cms.catalogs.models import Catalog
from cms.organisations.models import Agency, AgencyQuerySet


def readable_agencies(user: object) -> AgencyQuerySet:
    """Return active agencies, and dissolved ones whose catalog may still be read, each with its ``parent_code``."""
    readable = Q(dissolved_on__isnull=True) | Q(catalog__in=Catalog.objects.visible_to(user))
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Agency.steplen)
    parent = Agency.objects.filter(path=above).order_by().values("code")[:1]
    return Agency.objects.filter(readable).annotate(parent_code=Subquery(parent)).prefetch_related("identifier_codes")


@extend_schema(tags=["agencies"])
class AgencyList(ListView):
    """Agencies of the province, as a tree: each names the one above it."""

    serializer_class = AgencySerializer
    filterset_class = AgencyFilters
    orderings = {"tree": Ordering(("path",)), "code": Ordering(("code",)), "name": Ordering(("name", "pk"))}

    def get_queryset(self) -> AgencyQuerySet:
        """Return the agencies that may be read."""
        return readable_agencies(self.request.user)


@extend_schema(tags=["agencies"])
class AgencyDetail(DetailView):
    """One agency by its code."""

    serializer_class = AgencySerializer
    lookup_field = "code"

    def get_queryset(self) -> AgencyQuerySet:
        """Return the agencies that may be read."""
        return readable_agencies(self.request.user)
