"""Public figures: releases are frozen and numbered, so an answer never changes and is sent once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.caching import content_etag
from api.pagination import Ordering
from api.v1.serializers.transparency import FigureSerializer, ReleaseDetailSerializer, ReleaseSerializer
from api.views import ListView, ReadView
from catalog_pages.transparency.models import TransparencyRelease


@extend_schema(tags=["transparency"])
class ReleaseList(ListView):
    """Releases of public figures, the newest first."""

    scope = ""
    serializer_class = ReleaseSerializer
    queryset = TransparencyRelease.objects.defer("content")
    orderings = {"-number": Ordering(("number",), top=(2**31 - 1,)), "number": Ordering(("number",))}


class _OfRelease(ReadView):
    """What is told of one release; ``number`` is in the address."""

    scope = ""
    has_etag = True
    queryset: QuerySet[TransparencyRelease] = TransparencyRelease.objects.all()

    def release(self) -> TransparencyRelease:
        """Return the release; Http404 when there is none."""
        return get_object_or_404(TransparencyRelease, number=self.kwargs["number"])


@extend_schema(tags=["transparency"])
class ReleaseDetail(_OfRelease):
    """One release with the figures that are in it. It never changes and answers with an ETag."""

    serializer_class = ReleaseDetailSerializer

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the release, or 304 when the caller already holds it."""
        release = self.release()
        etag = content_etag(f"{release.number}.{release.content_hash}")
        return self.not_modified(etag) or Response(self.get_serializer(release).data)


@extend_schema(tags=["transparency"])
class LatestRelease(ReleaseDetail):
    """The release published last; ``url`` is its permanent address."""

    def release(self) -> TransparencyRelease:
        """Return the newest release; Http404 before the first."""
        release = TransparencyRelease.objects.first()
        if release is None:
            raise Http404
        return release


@extend_schema(tags=["transparency"], responses={200: OpenApiTypes.OBJECT})
class ReleaseContent(_OfRelease):
    """All figures of a release: the very bytes that were frozen and hashed."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
        """Return the content as JSON."""
        release = self.release()
        unchanged = self.not_modified(content_etag(release.content_hash))
        return unchanged or HttpResponse(release.content, content_type="application/json")


@extend_schema(tags=["transparency"])
class FigureDetail(_OfRelease):
    """One figure of a release. It never changes and answers with an ETag."""

    serializer_class = FigureSerializer

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the figure, or 304 when the caller already holds it."""
        release = self.release()
        figure = release.figures.get(self.kwargs["code"])
        if figure is None:
            raise Http404
        etag = content_etag(f"{release.number}.{release.content_hash}.{figure.code}")
        return self.not_modified(etag) or Response(self.get_serializer((release, figure)).data)
