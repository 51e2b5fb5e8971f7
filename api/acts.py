"""What is done by POST, PATCH and DELETE: who may ask at all, what may be sent, and that one key counts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.http import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.idempotency import HEADER, LONGEST_KEY, once
from api.parsers import ExactJSONParser, gather_chunks
from api.views import ReadView
from cms.users.models import User

KEY = OpenApiParameter(
    HEADER, {"type": "string", "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER,
    description="A text of your own, new for each new act. Sent again, it gets the first answer again for 24 hours.",
)  # fmt: skip
NEEDED_KEY = OpenApiParameter(
    HEADER, {"type": "string", "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER, required=True,
    description=KEY.description,
)  # fmt: skip

NEW_ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 201],
    description="Names the version as it now is, for If-Match; there is none once it is decided.",
)  # fmt: skip


def now_written(body: dict[str, Any], etag: str, code: int = status.HTTP_200_OK) -> Response:
    """Return a thing as it is after an act, with its ETag; what was made (201) also with its address."""
    headers = {"ETag": etag}
    if code == status.HTTP_201_CREATED:
        headers["Location"] = body["url"]
    return Response(body, code, headers=headers)


class ActView(ReadView):
    """An address at which something is done; a subclass names its methods in ``http_method_names``.

    A method that writes takes no query parameters, checks its body by a StrictSerializer (``sent``), and is carried out
    ``once`` for each Idempotency-Key.
    """

    writing_scope: ClassVar[str] = Scope.CATALOGS_WRITE
    permission_classes = [InScope, SignedInToWrite]
    parser_classes = [ExactJSONParser]
    needs_key: ClassVar[bool] = False

    @property
    def writes(self) -> bool:
        """Return whether the request is one to do something."""
        return self.request.method not in SAFE_METHODS

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that this address takes: none where something is sent."""
        return frozenset() if self.writes else super().known_parameters

    @property
    def person(self) -> User:
        """Return who asks; nobody else is let in to write."""
        return cast(User, self.request.user)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let a body in chunks be read: some tools send all JSON so."""
        super().initial(request, *args, **kwargs)
        if self.writes:
            gather_chunks(request._request)

    def sent(self, body_class: Any) -> dict[str, Any]:
        """Return what was sent, checked; raises ValidationError."""
        sent = body_class(data=self.request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        body: dict[str, Any] = sent.validated_data
        return body

    def once(self, act: Callable[[], Response], content: Any) -> HttpResponseBase:
        """Carry the act out, once for each key; ``content`` is what a second request under the key must send again."""
        return once(self.request, act, content, needed=self.needs_key)
