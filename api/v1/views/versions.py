"""Versions of catalogs: listed, started, looked at, described and taken away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, NEW_ETAG
from api.pagination import TOP_KEY, Ordering
from api.preconditions import IF_MATCH
from api.v1.filters.versions import CatalogVersionFilters, VersionFilters
from api.v1.links import Links
from api.v1.serializers.import_requests import NothingSerializer
from api.v1.serializers.version_requests import DetailsSerializer, StartSerializer
from api.v1.serializers.versions import VersionDetailSerializer, VersionSerializer
from api.v1.views.base import VersionAnswer, WritesVersion, readable_versions
from api.views import DetailView, ListView
from catalog_pages.actions import open_page
from cms.catalogs import actions, permissions
from cms.catalogs.models import Catalog, CatalogVersion, CatalogVersionQuerySet
from cms.organisations.access import access_for
from cms.organisations.enums import CATALOG_KINDS
from cms.organisations.models import Agency
from cms.users.enums import Role
from importers.actions import discard_version


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
class CatalogVersionList(VersionAnswer, ListView):
    """Versions of one agency's catalog."""

    http_method_names = ["get", "head", "options", "post"]
    serializer_class = VersionSerializer
    filterset_class = CatalogVersionFilters
    orderings = {"-number": Ordering(("number",), top=(2**31 - 1,)), "number": Ordering(("number",))}

    def get_queryset(self) -> CatalogVersionQuerySet:
        """Return the catalog's versions that the person may read; Http404 when it is not theirs to know."""
        if getattr(self, "swagger_fake_view", False):
            return CatalogVersion.objects.none()
        catalog = get_object_or_404(Catalog.objects.visible_to(self.request.user), agency__code=self.kwargs["agency"])
        return readable_versions(self.request.user).filter(catalog=catalog)

    @extend_schema(
        operation_id="versions_start", parameters=[KEY, NEW_ETAG],
        request=StartSerializer, responses={201: VersionDetailSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Start the next version as a copy of the decided one; the agency's first one is empty.

        A catalog has one version at a time that is not decided: 409 while there is one.
        """
        agency = self._agency()
        permissions.require(permissions.can_write(self.person, Catalog(agency=agency)))
        body = self.sent(StartSerializer)
        return self.once(lambda: self._started(agency, body), body)

    def _agency(self) -> Agency:
        """Return the agency; Http404 for one that keeps no catalog, or whose catalog is not the person's to know of."""
        keeping = Agency.objects.active().filter(kind__in=CATALOG_KINDS, code=self.kwargs["agency"])
        access = access_for(self.person)
        if not access.reads_province:
            known = Q(catalog__in=Catalog.objects.visible_to(self.person))
            keeping = keeping.filter(
                Q(pk__in=access.own_agencies()) | access.rows_over("", Role.EDITOR, Role.APPROVER) | known
            )
        return get_object_or_404(keeping)

    @transaction.atomic
    def _started(self, agency: Agency, body: dict[str, Any]) -> Response:
        page = open_page(by=self.person, agency=agency)
        version = actions.start_version(by=self.person, catalog=page.catalog, year=body.get("year"))
        answer = self.written(version, code=status.HTTP_201_CREATED)
        answer["Location"] = Links(self.request).version(agency.code, version.number)
        return answer


@extend_schema(tags=["versions"])
class VersionDetail(WritesVersion, DetailView):
    """One version with all its details. A decided one never changes; one that can still change names its state."""

    http_method_names = ["get", "head", "options", "patch", "delete"]
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

    @extend_schema(
        operation_id="versions_describe", parameters=[KEY, IF_MATCH, NEW_ETAG],
        request=DetailsSerializer, responses={200: VersionDetailSerializer},
    )  # fmt: skip
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Change details of the version; what is left out stays. Once it was submitted, say why (`reason`)."""
        return self.on_version(DetailsSerializer, self._described)

    def _described(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        return self.written(actions.edit_details(by=self.person, version=version, **body))

    @extend_schema(operation_id="versions_discard", parameters=[KEY, IF_MATCH], request=None, responses={204: None})
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take a draft away with its items, as long as it was never submitted and nobody remarked on it.

        Sent again under its key it is answered 204 again, although the version is no longer there.
        """
        body = self.sent(NothingSerializer)
        return self.once(lambda: self.under_lock(self.worked_on(), body, self._discarded), body)

    def _discarded(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        discard_version(by=self.person, version=version)
        return Response(status=status.HTTP_204_NO_CONTENT)
