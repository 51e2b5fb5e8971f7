"""What addresses about versions share: which ones are there for the caller, and how one of them is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from api.acts import ActView
from api.idempotency import HEADER, bare_answer
from api.preconditions import open_etag, require_match
from api.v1.serializers.versions import VersionDetailSerializer
from api.views import ReadView
from cms.catalogs import permissions
from cms.catalogs.models import CatalogVersion, CatalogVersionQuerySet, ExtraColumn
from cms.catalogs.wording import ItemWords

VersionAct = Callable[[CatalogVersion, dict[str, Any]], Response]


def readable_versions(user: object) -> CatalogVersionQuerySet:
    """Return the versions that the person may read, each with its agency."""
    return CatalogVersion.objects.visible_to(user).select_related("catalog__agency")


def readable_version(user: object, agency: str, number: int) -> CatalogVersion:
    """Return one version; Http404 when there is none or it is not theirs to read."""
    return get_object_or_404(readable_versions(user), catalog__agency__code=agency, number=number)


class OfVersion(ReadView):
    """A view below one version: ``version`` is found among those that the person may read, or it is Http404."""

    @cached_property
    def version(self) -> CatalogVersion:
        """Return the version that the address names."""
        return readable_version(self.request.user, self.kwargs["agency"], self.kwargs["number"])

    @cached_property
    def words(self) -> ItemWords:
        """Return the added columns that the caller sees in this version."""
        return ItemWords(ExtraColumn.objects.seen_by(self.request.user, self.version.catalog.agency))


class VersionAnswer(ActView):
    """A view whose acts answer with a version, or with something in it."""

    def written(self, version: CatalogVersion, data: Any = None, code: int = status.HTTP_200_OK) -> Response:
        """Return the answer to an act: the version as it now is, or ``data``, with the version's new ETag.

        Who may no longer read it (the provincial approver, of what they sent back) is told 204 and nothing more.
        """
        now = readable_versions(self.person).select_related("base").filter(pk=version.pk).first()
        if now is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        if data is None:
            data = VersionDetailSerializer(context=self.get_serializer_context()).to_representation(now)
        headers = {} if now.is_frozen else {"ETag": open_etag(now)}
        return Response(data, code, headers=headers)


class WritesVersion(VersionAnswer, OfVersion):
    """A view at which something is done with one version, or with what it holds."""

    def on_version(self, body_class: Any, act: VersionAct) -> HttpResponseBase:
        """Do something with the version that the address names, in one transaction, once for each key.

        Refuses in this order: Http404 for what the caller may not read, NotAllowed for who has no part in it, what is
        wrong with the body, the key, If-Match (under the lock of the version), and at last what ``act`` refuses, which
        gets the locked version and the checked body.
        """
        try:
            version = self.worked_on()
        except Http404:
            if (answer := self._answer_before(body_class)) is not None:
                return answer
            raise
        body = self.sent(body_class)
        return self.once(lambda: self.under_lock(version, body, act), body)

    def _answer_before(self, body_class: Any) -> HttpResponseBase | None:
        """Return the 204 that the caller got for sending just this, under the same key, before they lost sight of it.

        To everybody else, and whatever else is sent, the version is not there.
        """
        if HEADER not in self.request.headers:
            return None
        try:
            return bare_answer(self.request, self.sent(body_class))
        except APIException:
            return None

    def worked_on(self) -> CatalogVersion:
        """Return the version; NotAllowed for who may read it and has no part in the work on it."""
        version = self.version
        permissions.require(CatalogVersion.objects.worked_on_by(self.request.user).filter(pk=version.pk).exists())
        return version

    def under_lock(self, version: CatalogVersion, body: dict[str, Any], act: VersionAct) -> Response:
        """Carry an act out on the version that If-Match names."""
        with transaction.atomic():
            return act(self.locked(version, body), body)

    def locked(self, version: CatalogVersion, body: dict[str, Any]) -> CatalogVersion:
        """Return the version, locked, if it is the one that the caller means."""
        return require_match(self.request, version)
