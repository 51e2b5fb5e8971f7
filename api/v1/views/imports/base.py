"""What the addresses of uploads share: who is let in, which upload is meant, and how an act is carried out."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, cast

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import InScope
from api.clients.models import ApiToken, Scope
from api.idempotency import HEADER, LONGEST_KEY, once
from api.parsers import ExactJSONParser, gather_chunks
from api.v1.links import Links
from api.v1.serializers.imports import ImportDetailSerializer
from api.views import ReadView
from cms.users.models import User
from importers.kinds import KINDS
from importers.kinds.catalog import CATALOG
from importers.models import ImportBatch, ImportBatchQuerySet
from importers.permissions import may_see_uploads

# Seconds after which asking again may tell something new.
POLL = "2"

KEY = OpenApiParameter(
    HEADER, {"type": "string", "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER,
    description="A text of your own, new for each new act. Sent again, it gets the first answer again for 24 hours.",
)  # fmt: skip
NEEDED_KEY = OpenApiParameter(
    HEADER, {"type": "string", "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER, required=True,
    description=KEY.description,
)  # fmt: skip


class WorksWithUploads(BasePermission):
    """People of agencies, editors, and programs whose token is for it."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Let in who works with uploads at all; which uploads are there for them says ``visible_to``."""
        return isinstance(request.auth, ApiToken) or may_see_uploads(request.user)


class ImportsView(ReadView):
    """An address about uploads."""

    scope = Scope.IMPORTS_WRITE
    permission_classes = [InScope, WorksWithUploads]
    parser_classes = [ExactJSONParser]
    queryset = ImportBatch.objects.none()

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that this address takes: none where something is sent."""
        return super().known_parameters if self.request.method != "POST" else frozenset()

    @property
    def person(self) -> User:
        """Return who asks; nobody else is let in."""
        return cast(User, self.request.user)

    def found(self) -> ImportBatchQuerySet:
        """Return the uploads that are there for the person, with what one of them says."""
        found = ImportBatch.objects.visible_to(self.person).filter(kind__in=self.kinds)
        return found.select_related("agency", "by", "base", "committed_to")

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of upload that are there: lists of officers are for people alone, not for tokens."""
        return [CATALOG.code] if isinstance(self.request.auth, ApiToken) else list(KINDS)

    def told(self, batch: ImportBatch) -> dict[str, Any]:
        """Return an upload as JSON holds it, with what the person may do with it now."""
        told: dict[str, Any] = ImportDetailSerializer(context=self.get_serializer_context()).to_representation(batch)
        return told

    def answer(self, batch: ImportBatch) -> Response:
        """Return an upload after an act; one that is still at work says where and when to ask for it."""
        if not batch.is_at_work:
            return Response(self.told(batch))
        headers = {"Location": Links(self.request).import_(batch.pk), "Retry-After": POLL}
        return Response(self.told(batch), status.HTTP_202_ACCEPTED, headers=headers)


class OfImport(ImportsView):
    """An address below one upload, which is found among those that are there for the person, or it is Http404."""

    @cached_property
    def batch(self) -> ImportBatch:
        """Return the upload that the address names."""
        return get_object_or_404(self.found(), pk=self.kwargs["id"])


class Act(OfImport):
    """Something done with an upload by POST; a subclass says in ``act`` what."""

    http_method_names = ["post", "options"]
    needs_key: ClassVar[bool] = False
    body_class: ClassVar[Any] = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let a body in chunks be read: some tools send all JSON so."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            gather_chunks(request._request)

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Do it, and return the upload as it then is."""
        raise NotImplementedError

    def carried_out(self) -> HttpResponseBase:
        """Find the upload, check what was sent, and do it: once for each key."""
        batch = self.batch
        sent = self.body_class(data=self.request.data)
        sent.is_valid(raise_exception=True)
        body = sent.validated_data
        return once(self.request, lambda: self.answer(self.act(batch, body)), body, needed=self.needs_key)
