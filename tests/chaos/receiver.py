"""A program that is told of events, as the Standard Webhooks want it: checks each request and counts each id once."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError


class Receiver:
    """Listens on this computer while the trial runs."""

    def __init__(self) -> None:
        self.secret = ""
        self.counted: set[str] = set()
        self.doubles = self.refused = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"receiver": self}))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://localhost:{self._server.server_address[1]}/"

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Count an event that was not known yet; return what is answered."""
        try:
            event = Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            self.refused += 1
            return 400
        self.doubles += event["id"] in self.counted
        self.counted.add(event["id"])
        return 204

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.receiver.take(dict(self.headers), body))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return
