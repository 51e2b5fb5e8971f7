"""Criteria frameworks: what is published is public, and a version never changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.caching import content_etag
from api.pagination import Ordering
from api.v1.filters.frameworks import FrameworkFilters
from api.v1.serializers.frameworks import ConformitySerializer, FrameworkSerializer, FrameworkVersionSerializer
from api.views import DetailView, ListView, ReadView
from cms.frameworks.models import CriteriaFramework, FrameworkQuerySet, FrameworkVersion, FrameworkVersionQuerySet
from cms.scoring.definition import definition_schema


def published_frameworks() -> FrameworkQuerySet:
    """Return the published frameworks, each with ``current_versions`` and ``suspended_versions`` (at most one)."""
    current = FrameworkVersion.objects.effective_on().defer("content")
    with_current = Prefetch("versions", queryset=current, to_attr="current_versions")
    suspended = FrameworkVersion.objects.suspended_on().with_base().defer("content")
    with_suspended = Prefetch("versions", queryset=suspended, to_attr="suspended_versions")
    columns = ("code", "name", "subject", "agency__code", "agency__name", "base__code")
    published = CriteriaFramework.objects.published().select_related("agency", "base").only(*columns)
    return published.prefetch_related(with_current, with_suspended)


def published_versions(code: str) -> FrameworkVersionQuerySet:
    """Return the versions of a framework, each with its framework."""
    versions = FrameworkVersion.objects.filter(framework__code=code).select_related("framework", "decision")
    return versions.only(*_VERSION_COLUMNS)


_VERSION_COLUMNS = (
    "framework__code", "framework__agency", "decision", "number", "name", "content_hash", "effective_from",
    "effective_to", "published_at", "backdating_reason",
)  # fmt: skip


@extend_schema(tags=["frameworks"])
class FrameworkList(ListView):
    """Published criteria frameworks, with the version of each that holds today."""

    serializer_class = FrameworkSerializer
    filterset_class = FrameworkFilters
    orderings = {"code": Ordering(("code",)), "name": Ordering(("name", "pk"))}

    def get_queryset(self) -> FrameworkQuerySet:
        """Return the published frameworks."""
        return published_frameworks()


@extend_schema(tags=["frameworks"])
class FrameworkDetail(DetailView):
    """One published framework, by its code."""

    serializer_class = FrameworkSerializer
    lookup_field = "code"

    def get_queryset(self) -> FrameworkQuerySet:
        """Return the published frameworks."""
        return published_frameworks()


@extend_schema(tags=["frameworks"])
class FrameworkVersionList(ListView):
    """Published versions of one framework, newest first; they never change."""

    serializer_class = FrameworkVersionSerializer
    orderings = {"-number": Ordering(("number",), top=(2**31 - 1,)), "number": Ordering(("number",))}

    def get_queryset(self) -> FrameworkVersionQuerySet:
        """Return the framework's versions; Http404 when it has none."""
        if getattr(self, "swagger_fake_view", False):
            return FrameworkVersion.objects.none()
        get_object_or_404(CriteriaFramework.objects.published(), code=self.kwargs["code"])
        return published_versions(self.kwargs["code"])


@extend_schema(tags=["frameworks"])
class FrameworkVersionDetail(DetailView):
    """One version. It never changes and answers with an ETag."""

    has_etag = True
    serializer_class = FrameworkVersionSerializer
    queryset = FrameworkVersion.objects.none()

    def get_object(self) -> FrameworkVersion:
        """Return the version; Http404 when there is none."""
        return get_object_or_404(published_versions(self.kwargs["code"]), number=self.kwargs["number"])

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the version, or 304 when the caller already holds it."""
        version = self.get_object()
        # All but the decision is as it was frozen.
        etag = content_etag(
            f"{version.content_hash}.{version.issued_by.pk}" if version.issued_by else version.content_hash
        )
        return self.not_modified(etag) or Response(self.get_serializer(version).data)


@extend_schema(tags=["frameworks"], responses={200: OpenApiTypes.OBJECT})
class FrameworkDefinition(ReadView):
    """The definition of a version: the very bytes that were frozen and hashed."""

    has_etag = True

    def get(self, request: Request, code: str, number: int) -> Response | HttpResponse:
        """Return the definition as JSON."""
        version = get_object_or_404(FrameworkVersion, framework__code=code, number=number)
        unchanged = self.not_modified(content_etag(version.content_hash))
        return unchanged or HttpResponse(version.content, content_type="application/json")


@extend_schema(tags=["frameworks"])
class FrameworkConformity(DetailView):
    """Where a version departs from Decree 335/2025/NĐ-CP: each point with its article and what either side says."""

    serializer_class = ConformitySerializer
    queryset = FrameworkVersion.objects.none()

    def get_object(self) -> FrameworkVersion:
        """Return the version; Http404 when there is none."""
        return get_object_or_404(FrameworkVersion, framework__code=self.kwargs["code"], number=self.kwargs["number"])


@extend_schema(tags=["frameworks"], responses={(200, "application/schema+json"): OpenApiTypes.OBJECT})
class FrameworkSchema(ReadView):
    """The JSON Schema of definitions."""

    def get(self, request: Request) -> Response:
        """Return the schema."""
        return Response(definition_schema(), content_type="application/schema+json")
