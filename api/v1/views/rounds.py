"""Rounds of catalog building, for those who work on catalogs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.authentication import InScope
from api.pagination import TOP_KEY, Ordering
from api.v1.serializers.rounds import RoundSerializer
from api.views import ListView
from cms.catalogs.models import CatalogRound
from cms.organisations.access import access_for
from cms.users.enums import AGENCY_ROLES, PARTIAL_ROLES


class WorksOnCatalogs(BasePermission):
    """Whoever writes, appraises or decides catalogs."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Let them in; rounds that were not announced are nobody else's."""
        return access_for(request.user).holds(*AGENCY_ROLES, *PARTIAL_ROLES)


@extend_schema(tags=["versions"])
class RoundList(ListView):
    """Rounds of catalog building with their deadlines; new versions begin in the current one of their block."""

    permission_classes = [InScope, WorksOnCatalogs]
    serializer_class = RoundSerializer
    orderings = {"-year": Ordering(("year", "pk"), top=(9999, TOP_KEY)), "year": Ordering(("year", "pk"))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return every round."""
        return CatalogRound.objects.all()
