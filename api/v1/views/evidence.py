"""Evidence of work: listed, sent as files by the officer or the system that gave the work, and handed out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from api.acts import KEY
from api.authentication import InScope, SignedInToWrite
from api.negotiation import AsItIs
from api.pagination import Ordering
from api.throttling import UploadRateThrottle
from api.v1.serializers import assignments as shapes
from api.v1.serializers import evidence as pieces
from api.v1.views.assignments import OneAssignment, WorkAct
from api.views import ListView
from cms.assignments import actions
from cms.assignments.models import Evidence, WorkAssignment
from cms.core.checked_files import MEDIA_TYPES, send_checked
from cms.core.stored_files import sha256_of
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData


class _OfWork(OneAssignment):
    """An address about the evidence of one piece of work."""

    def with_same_files(self, found: Iterable[Evidence]) -> list[Evidence]:
        """Return pieces, each with the other work of the same file, as far as the caller sees work at all."""
        listed = Evidence.objects.filter(pk__in=[piece.pk for piece in found]).order_by("pk")
        shown = listed.with_same_files(self.request.user)
        there = {work.pk for piece in shown for work in piece.elsewhere}
        seen = set(self.seen().filter(pk__in=there).values_list("pk", flat=True)) if there else set()
        for piece in shown:
            piece.elsewhere = [work for work in piece.elsewhere if work.pk in seen]
        return shown

    def note(self) -> None:
        """Let the officer know who looked."""
        note_read(by=self.person, officer=self.work.officer, what=OfficerData.WORK)


@extend_schema(tags=["assignments"])
class AssignmentEvidence(_OfWork, WorkAct, ListView):
    """What shows that the work was done."""

    http_method_names = ["get", "head", "post", "options"]
    serializer_class = pieces.EvidenceSerializer
    orderings = {"id": Ordering(("pk",))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return the pieces, those that were withdrawn among them."""
        return self.work.evidence.all()

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return a page of them, with the work elsewhere that has the same file."""
        page = super().paginate_queryset(queryset)
        return page if page is None else self.with_same_files(page)

    @extend_schema(operation_id="assignments_evidence_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the evidence of work that you see: links, numbers of documents, and files with their hashes."""
        if not request.user.is_authenticated:
            self.permission_denied(request)
        answer = super().get(request, *args, **kwargs)
        self.note()
        return answer

    @extend_schema(
        operation_id="assignments_evidence", parameters=[KEY], request=shapes.EvidenceSentSerializer,
        responses={201: shapes.AssignmentSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Put a link or the number of a document beside work of your own, or of your system, as evidence."""
        return self.carried_out(shapes.EvidenceSentSerializer, _add_evidence, status.HTTP_201_CREATED)


def _add_evidence(*, by: Any, work: WorkAssignment, **values: Any) -> None:
    actions.add_evidence(by=by, work=work, values=actions.EvidenceValues(**values))


@extend_schema(tags=["assignments"])
class AssignmentEvidenceFiles(_OfWork):
    """Files that come as evidence."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]
    parser_classes = [MultiPartParser]

    def get_throttles(self) -> list[BaseThrottle]:
        """Count files by themselves: each is read and kept."""
        return [*super().get_throttles(), UploadRateThrottle()]

    @extend_schema(
        operation_id="assignments_evidence_file_add", parameters=[KEY],
        request={"multipart/form-data": pieces.EvidenceFileSerializer}, responses={201: pieces.EvidenceSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Put a file of at most 25 MiB beside work of your own, or of your system, until it is settled.

        PDF, JPEG, PNG and the packages of Office and OpenDocument are taken, by their bytes and whatever their names.
        """
        work = self.work
        file = self.sent(pieces.EvidenceFileSerializer)["file"]

        def act() -> Response:
            values = actions.EvidenceValues(file=file)
            piece = actions.add_evidence(by=self.person, work=work, values=values)
            [shown] = self.with_same_files(Evidence.objects.filter(pk=piece.pk))
            data = pieces.EvidenceSerializer(context=self.get_serializer_context()).to_representation(shown)
            return Response(data, status.HTTP_201_CREATED)

        return self.once(act, {"name": file.name, "sha256": sha256_of(file)})


@extend_schema(tags=["assignments"])
class AssignmentEvidenceFile(_OfWork):
    """One file."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = AsItIs

    @extend_schema(
        operation_id="assignments_evidence_file",
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in MEDIA_TYPES},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the file, to be saved; a part of it where `Range` asks for one."""
        piece = get_object_or_404(self.work.evidence, identity=self.kwargs["evidence"])
        response = send_checked(request._request, piece)
        self.note()
        return response
