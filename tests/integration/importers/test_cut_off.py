"""A client that goes in the middle of its body, on a web server as provinces run it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cms.audit.models import AuditEvent
from importers.models import ImportBatch
from tests.integration.importers.conftest import HEADERS
from tests.listening import wait_for

ROOT = Path(__file__).parents[3]
BOUNDARY = "mark-of-a-part"
TOKEN = "t" * 32
# A list whose first half is a list too: nothing in its bytes tells that the rest is missing. It is so long that Django
# keeps it in a temporary file.
TASK = "Thẩm định hồ sơ " * 300
WHOLE = "\n".join(
    [",".join(HEADERS), *(f"TK.{number},{TASK}{number},Báo cáo,báo cáo,1,1" for number in range(1, 501))]
).encode()

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.one_database("a body that ends early never gets to the database"),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """Return the port of a web server of its own, on the database of the tests; its temporary files are ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test", "TMPDIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
    }  # fmt: skip
    one = ["--workers=1", "--threads=1", "--worker-class=sync"]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *one, "cms.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def request(port: int, user, agency) -> tuple[bytes, bytes]:
    """Return the head and the body of an upload by a signed-in person."""
    client = Client()
    client.force_login(user)
    address = reverse("importers:upload", args=[agency.pk])
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="danh-muc.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode() + WHOLE + f"\r\n--{BOUNDARY}--\r\n".encode()  # fmt: skip
    head = (
        f"POST {address} HTTP/1.1\r\nHost: localhost:{port}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Cookie: sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    return head, body


def status(port: int) -> int:
    """Return what the server answers to somebody else."""
    other = HTTPConnection("127.0.0.1", port, timeout=30)
    other.request("GET", "/", headers={"Host": "localhost"})
    return other.getresponse().status


def files(folder: Path) -> list[Path]:
    """Return what lies in the folder that is more than an empty file."""
    return [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]


def test_half_a_body_leaves_nothing_and_the_whole_one_is_taken(people, province, server: int, tmp_path: Path) -> None:
    events = AuditEvent.objects.count()
    head, body = request(server, people["uploader"], province.statistics)

    for part in (0, 40, len(body) // 2, len(body) - 1):
        with socket.create_connection(("127.0.0.1", server), timeout=30) as gone:
            gone.sendall(head + body[:part])
    # The server has one process and answers in turn: once it answers us, it is through with those.
    assert status(server) in (200, 302, 404)

    assert (ImportBatch.objects.count(), AuditEvent.objects.count(), files(tmp_path)) == (0, events, [])

    with socket.create_connection(("127.0.0.1", server), timeout=60) as patient:
        patient.sendall(head + body)
        assert patient.recv(100).startswith(b"HTTP/1.1 302")
    assert ImportBatch.objects.get().row_count == 500
