"""What the tests of webhooks share: a receiver on this computer, and endpoints of programs of two agencies."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from api.webhooks.actions import add_endpoint
from api.webhooks.dispatching import Dispatcher
from api.webhooks.models import WebhookDelivery, WebhookEndpoint


@dataclass
class Receiver:
    """Keeps what it gets, and answers in turn what it was told to, then 200."""

    server: ThreadingHTTPServer
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    # Set to let those go on that were asked at /hang.
    release: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "localhost") -> str:
        return f"http://{host}:{self.server.server_address[1]}{path}"

    def answer(self, *statuses: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.answers += [(status, headers or {}, body) for status in statuses]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _path, headers, _body in self.got]


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.got.append((self.path, dict(self.headers), body))
        if self.path == "/hang":
            self.receiver.release.wait(30)
        status, headers, answer = self.receiver.answers.pop(0) if self.receiver.answers else (200, {}, b"ok")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a receiver that listens while the test runs."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.receiver = Receiver(server)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield handler.receiver
    handler.receiver.release.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_endpoint(province, db):
    """Return the maker of endpoints of programs: the endpoint, and its secret."""

    def make(url: str, agency=None, scopes=tuple(Scope.values), types=()) -> tuple[WebhookEndpoint, str]:
        day = timezone.localdate() + datetime.timedelta(30)
        agency = agency or province.statistics
        client, _token = add_client(by=None, name="Phần mềm", agency=agency, scopes=scopes, last_day=day)
        return add_endpoint(by=None, client=client, url=url, types=types)

    return make


@pytest.fixture
def deliver(db):
    """Return what does all that there is to do now."""

    def run() -> None:
        with Dispatcher(threads=4) as dispatcher:
            dispatcher.run_dry()

    return run


def only_delivery() -> WebhookDelivery:
    """Return the one delivery that there is."""
    return WebhookDelivery.objects.get()
