"""JSON bodies read without a float."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.errors import BodyTooLarge
from cms.frameworks.exact_json import NotJson, loads

MOST_BYTES = 16 * 1024 * 1024


class ExactJSONParser(BaseParser):
    """JSON whose decimals stay what was written."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the body; raises ParseError for what is not JSON in UTF-8, BodyTooLarge for more than is taken."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BodyTooLarge
        try:
            return loads(body)
        except NotJson as error:
            raise ParseError(_("The body is not JSON.")) from error
