"""Files that are sent, and the uploads that they become."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from api.acts import NEEDED_KEY
from api.errors import FileTooLarge
from api.pagination import TOP_TIME, TOP_UUID, Ordering, invalid
from api.parsers import LengthRequired
from api.throttling import UploadRateThrottle
from api.v1.filters.imports import ImportFilters
from api.v1.serializers.import_requests import UploadSerializer
from api.v1.serializers.imports import ImportDetailSerializer, ImportSerializer
from api.v1.views.imports.base import POLL, ImportsView, OfImport
from api.views import DetailView, ListView
from cms.core.bodies import declared_bytes
from cms.core.periods import read_period
from cms.core.stored_files import sha256_of
from cms.organisations.models import Agency
from importers import actions
from importers.batches import bodies
from importers.kinds import KINDS
from importers.limits import limits
from importers.models import ImportBatchQuerySet
from importers.permissions import agencies_to_upload_for


@extend_schema(tags=["imports"])
class ImportList(ImportsView, ListView):
    """Uploads that are there for you: those of your agencies, every one for an editor."""

    http_method_names = ["get", "head", "options", "post"]
    parser_classes = [MultiPartParser]
    needs_key = True
    serializer_class = ImportSerializer
    filterset_class = ImportFilters
    orderings = {
        "-uploaded_at": Ordering(("at", "id"), top=(TOP_TIME, TOP_UUID)),
        "uploaded_at": Ordering(("at", "id")),
    }

    def get_queryset(self) -> ImportBatchQuerySet:
        """Return the uploads; what only one of them tells is left out."""
        return self.found().defer("title", "undo_result", "search_text")

    def get_throttles(self) -> list[BaseThrottle]:
        """Count files that are sent by themselves: each costs a check."""
        throttles = super().get_throttles()
        return [*throttles, UploadRateThrottle()] if self.request.method == "POST" else throttles

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Turn away a body over the limit before anything of it is kept, and one that does not say how long it is."""
        is_too_large = request.method == "POST" and _refuse_to_read(request._request)
        super().initial(request, *args, **kwargs)
        if is_too_large:
            actions.turn_away(by=self.person, size=declared_bytes(request._request), via="api")
            bodies.drain(request._request)
            raise FileTooLarge

    @extend_schema(operation_id="imports_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of uploads."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="imports_upload", parameters=[NEEDED_KEY],
        request={"multipart/form-data": UploadSerializer}, responses={202: ImportDetailSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> HttpResponseBase:
        """Send one file for one agency, to be checked. Poll the address in Location until its state is another."""
        sent = self.sent(UploadSerializer)
        file, kind = sent["file"], sent["kind"]
        if kind not in self.kinds:
            raise invalid("kind", "invalid_choice", _("Files of this kind are not sent with a token."))
        agency = self._agency(sent["agency"], kind)
        about = {"agency": agency, "kind": kind, "period": _period_of(kind, sent["period"])}
        content = about | {"agency": agency.code, "name": file.name, "sha256": sha256_of(file)}
        return self.once(lambda: self._received(file, about), content)

    def _agency(self, code: str, kind: str) -> Agency:
        """Return the agency; one that is not the person's to upload for is not told from one that is not there."""
        agency: Agency | None = agencies_to_upload_for(self.request.user, kind).filter(code=code).first()
        if agency is None:
            raise invalid("agency", "unknown_agency", _("There is no such agency for which you may upload."))
        return agency

    def _received(self, file: Any, about: dict[str, Any]) -> Response:
        given: dict[str, Any] = {"by": self.person, "name": file.name, **about}
        if file.size > limits().file_bytes:
            actions.refuse_unread(**given, size=file.size, via="api")
            raise FileTooLarge
        return self.answer(actions.upload(**given, file=file, via="api", after_commit=True))


def _period_of(kind: str, code: str) -> str:
    """Return the period that was sent, where files of the kind are of one; refuse any other."""
    if KINDS[kind].has_period:
        if read_period(code) is None:
            raise invalid("period", "invalid", _("Write a period as 2026-07, 2026-Q3, 2026-H1 or 2026."))
    elif code:
        raise invalid("period", "invalid", _("Files of this kind are of no period."))
    return code


def _refuse_to_read(request: HttpRequest) -> bool:
    """Return whether the body is over the limit; whoever asks for its form then finds an empty one.

    Signing in by session looks into the form for its token, which would read the whole body.
    """
    if "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH"):
        raise LengthRequired
    if not bodies.is_too_large(request):
        return False
    request._mark_post_parse_error()  # type: ignore[attr-defined]
    return True


@extend_schema(tags=["imports"])
class ImportDetail(OfImport, DetailView):
    """One upload: how it stands, the verdict on its file, and what you may do with it now."""

    serializer_class = ImportDetailSerializer

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the upload; while it is being checked or written, Retry-After says when to ask again."""
        headers = {"Retry-After": POLL} if self.batch.is_at_work else None
        return Response(self.serialized(self.batch), headers=headers)
