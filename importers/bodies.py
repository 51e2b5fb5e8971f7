"""The body of an upload before anything of it is kept."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from django.core.files.base import File
from django.http import HttpRequest, UnreadablePostError

from importers.limits import limits

# What a multipart form adds to the file it carries, at the most.
_FORM_OVERHEAD = 64 * 1024


def declared_size(request: HttpRequest) -> int:
    """Return how many bytes the request says that its body has."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isascii() and declared.isdecimal() and len(declared) < 19 else 0


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the body is so long that the file in it must be over the limit."""
    return declared_size(request) > limits().file_bytes + _FORM_OVERHEAD


def drain(request: HttpRequest) -> None:
    """Let a body that is too large pass by unkept: who is cut off while sending never sees the answer."""
    most = 5 * limits().file_bytes
    with suppress(UnreadablePostError):
        while most > 0 and (chunk := request.read(64 * 1024)):
            most -= len(chunk)


def sha256_of(file: File[bytes]) -> str:
    """Return the SHA-256 of a file, which stands at its beginning afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
