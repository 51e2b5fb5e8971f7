"""Files that people send, kept where no web server serves them, and handed out so that no browser runs them."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

LONGEST = 255
_RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")
_FOLDERS = re.compile(r".*[/\\\\]", re.DOTALL)
# Control characters, line ends, halves of surrogates, and what turns the direction of reading round.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def private_storage() -> Storage:
    """Return the storage that no web server serves."""
    return storages["private"]


def stored_name(name: str) -> str:
    """Return the name without folders and unseen characters, its end kept when it is too long (security, T6, T20)."""
    name = _UNSEEN.sub("\ufffd", _FOLDERS.sub("", name))
    if len(name) <= LONGEST:
        return name
    extension = PurePath(name).suffix[:16]
    return name[: LONGEST - len(extension)] + extension


def sha256_of(file: File[bytes]) -> str:
    """Return the SHA-256 of a file, which stands at its beginning afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def send_file(request: HttpRequest, file: File[bytes], *, name: str, media_type: str, etag: str) -> HttpResponseBase:
    """Hand a file out to be saved: whole, or the one part that a Range header asks for (RFC 9110, section 14)."""
    size = file.size
    part = _asked_part(request, size, f'"{etag}"')
    if part is not None and not part:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.close()
        return never_inline(refused)
    sent = _Part(file, part or range(size))
    response = FileResponse(sent, as_attachment=True, filename=name, content_type=media_type)
    response.headers["Content-Length"] = str(len(part or range(size)))
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = f'"{etag}"'
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return never_inline(response)


class _Part:
    """The bytes of an open file at these places, to be read once."""

    def __init__(self, file: File[bytes], part: range) -> None:
        self._file, self._left = file, len(part)
        file.seek(part.start)

    def read(self, size: int = -1) -> bytes:
        asked = self._left if size < 0 else min(size, self._left)
        piece: bytes = self._file.read(asked)
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()


def _asked_part(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return the one part that is asked for, an empty one where there are no such bytes, None for the whole."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1, size) if last else size)


def never_inline(response: HttpResponseBase) -> HttpResponseBase:
    """Have the browser save the file, and run nothing of it should it be shown after all."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
