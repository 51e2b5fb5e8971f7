"""What the addresses of uploads share: who is let in, which upload is meant, and how an act is carried out."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import ActView
from api.authentication import InScope
from api.clients.models import ApiToken, Scope
from api.v1.links import Links
from api.v1.serializers.imports import ImportDetailSerializer
from importers.batches.pages import with_targets
from importers.kinds import KINDS, kinds_for_programs
from importers.models import ImportBatch, ImportBatchQuerySet
from importers.permissions import may_see_uploads

# Seconds after which asking again may tell something new.
POLL = "2"


class WorksWithUploads(BasePermission):
    """People of agencies, editors, and programs whose token is for it."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Let in who works with uploads at all; which uploads are there for them says ``visible_to``."""
        return isinstance(request.auth, ApiToken) or may_see_uploads(request.user)


class ImportsView(ActView):
    """An address about uploads."""

    scope = writing_scope = Scope.IMPORTS_WRITE
    permission_classes = [InScope, WorksWithUploads]
    queryset: QuerySet[Any] = ImportBatch.objects.none()

    def found(self) -> ImportBatchQuerySet:
        """Return the uploads that are there for the person, with what one of them says."""
        return with_targets(ImportBatch.objects.visible_to(self.person).filter(kind__in=self.kinds))

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of upload that are there: what tells of people is not for tokens."""
        return kinds_for_programs() if isinstance(self.request.auth, ApiToken) else list(KINDS)

    def serialized(self, batch: ImportBatch) -> dict[str, Any]:
        """Return an upload as JSON holds it, with what the person may do with it now."""
        serializer = ImportDetailSerializer(context=self.get_serializer_context())
        serialized: dict[str, Any] = serializer.to_representation(batch)
        return serialized

    def answer(self, batch: ImportBatch) -> Response:
        """Return an upload after an act; one that is still at work says where and when to ask for it."""
        if not batch.is_at_work:
            return Response(self.serialized(batch))
        headers = {"Location": Links(self.request).import_(batch.pk), "Retry-After": POLL}
        return Response(self.serialized(batch), status.HTTP_202_ACCEPTED, headers=headers)


class OfImport(ImportsView):
    """An address below one upload, which is found among those that are there for the person, or it is Http404."""

    @cached_property
    def batch(self) -> ImportBatch:
        """Return the upload that the address names."""
        return get_object_or_404(self.found(), pk=self.kwargs["id"])


class Act(OfImport):
    """Something done with an upload by POST; a subclass says in ``act`` what."""

    http_method_names = ["post", "options"]
    body_class: ClassVar[Any] = None

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Do it, and return the upload as it then is."""
        raise NotImplementedError

    def carried_out(self) -> HttpResponseBase:
        """Find the upload, check what was sent, and do it: once for each key."""
        batch = self.batch
        body = self.sent(self.body_class)
        return self.once(lambda: self.answer(self.act(batch, body)), body)
