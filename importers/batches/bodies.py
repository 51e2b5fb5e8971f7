"""The body of an upload before anything of it is kept."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, UnreadablePostError

from cms.core.bodies import declared_bytes
from importers.limits import limits

# What a multipart form adds to the file it carries, at the most.
_FORM_OVERHEAD = 64 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the body is so long that the file in it must be over the limit."""
    return declared_bytes(request) > limits().file_bytes + _FORM_OVERHEAD


def drain(request: HttpRequest) -> None:
    """Let a body that is too large pass by unkept: who is cut off while sending never sees the answer."""
    most = 5 * limits().file_bytes
    with suppress(UnreadablePostError):
        while most > 0 and (chunk := request.read(64 * 1024)):
            most -= len(chunk)
