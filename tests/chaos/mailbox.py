"""A mail server that takes everything and counts: which message, by its Message-ID, came how often to whom."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from contextlib import suppress
from email.parser import BytesHeaderParser


class Mailbox:
    """Listens on this computer while the trial runs."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Session,), {"mailbox": self}))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return where it listens, as the settings say it."""
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def take(self, reader: str, body: bytes) -> None:
        """Count a message."""
        name = BytesHeaderParser().parsebytes(body)["Message-ID"]
        with self._lock:
            self.taken[reader, str(name)] += 1

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class _Session(socketserver.StreamRequestHandler):
    """As much of SMTP as one client needs."""

    mailbox: Mailbox

    def handle(self) -> None:
        # Who is killed says no good-bye.
        with suppress(ConnectionError):
            self._converse()

    def _converse(self) -> None:
        self._say("220 trial")
        reader = ""
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb == b"RCPT":
                reader = line.decode().split("<")[1].split(">")[0]
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb != b"DATA":
                self._say("250 ok")
                continue
            self._say("354 go on")
            body = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.mailbox.take(reader, body)
            self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
