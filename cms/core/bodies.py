"""Bodies of requests that end too early: what came of them is not taken for the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class BodyCutOff(ConnectionError):
    """The client was gone before it had sent what it announced."""


class WholeBody:
    """The body of a request, which gives all the bytes that its head announced or raises BodyCutOff.

    Web servers answer a read after the client has gone as if the body ended there, and Django then takes half a file
    for a file.
    """

    def __init__(self, body: Any, length: int) -> None:
        self._body, self._left = body, length
        self.is_cut_off = False

    def read(self, size: int | None = -1) -> bytes:
        """Return just so many bytes, or all that are left."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces = []
        while wanted:
            piece = self._body.read(wanted)
            if not piece:
                raise self._cut_off()
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line."""
        most = self._left if size is None or size < 0 else min(size, self._left)
        line: bytes = self._body.readline(most) if most else b""
        if most and not line:
            raise self._cut_off()
        self._left -= len(line)
        return line

    def _cut_off(self) -> BodyCutOff:
        self.is_cut_off = True
        return BodyCutOff(f"{self._left} bytes of the body never came")


def with_whole_bodies(application: Application) -> Application:
    """Wrap a WSGI application so that it never takes part of a body for the whole."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and len(length) < 19 and int(length):
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer
