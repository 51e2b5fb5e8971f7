"""JSON bodies read without a float."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

from api.errors import BodyTooLarge
from cms.core.bodies import most_bytes
from cms.frameworks.exact_json import NotJson, loads

MOST_BYTES = 16 * 1024 * 1024


class LengthRequired(APIException):
    """The body came in chunks to a server that does not know where it ends."""

    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_code = "length_required"
    default_detail = gettext_lazy("The body came without its length. Send it with the Content-Length header.")


def gather_chunks(request: HttpRequest) -> None:
    """Give a body that comes in chunks its length: Django reads no further than that says, and would see nothing.

    Raises LengthRequired where the server does not promise that the body ends (``wsgi.input_terminated``), and
    BodyTooLarge for more than the caller may send.
    """
    if "Transfer-Encoding" not in request.headers or request.META.get("CONTENT_LENGTH"):
        return
    if not request.META.get("wsgi.input_terminated"):
        raise LengthRequired
    most = min(MOST_BYTES, most_bytes(request))
    body = request.META["wsgi.input"].read(most + 1)
    if len(body) > most:
        raise BodyTooLarge
    request.META["CONTENT_LENGTH"] = str(len(body))
    request._stream = BytesIO(body)  # where Django itself keeps what is not read yet


class ExactJSONParser(BaseParser):
    """JSON whose decimals stay what was written."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the body.

        Raises ParseError (code ``not_json``) with a sentence that says why, BodyTooLarge for more than is taken, and
        UnsupportedMediaType for a body that was packed: nothing is unpacked here.
        """
        encoding = _encoding(parser_context)
        if encoding not in ("", "identity"):
            raise UnsupportedMediaType(encoding)
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BodyTooLarge
        try:
            return loads(body)
        except NotJson as error:
            raise ParseError(_("The body is not JSON: %(reason)s") % {"reason": error}, code="not_json") from error


def _encoding(parser_context: Mapping[str, Any] | None) -> str:
    request = (parser_context or {}).get("request")
    return request.headers.get("Content-Encoding", "").strip().lower() if request else ""
