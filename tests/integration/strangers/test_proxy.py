"""The proxy that the guide ships, as it stands there, in front of a server as provinces run it."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.integration.strangers.conftest import ROOT
from tests.listening import wait_for

SHIPPED = ROOT / "docs" / "deployment" / "nginx.conf"
NGINX = os.environ.get("THUOCDO_NGINX") or shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
HALF = b"GET / HTTP/1.1\r\nHost: thuocdo.example.gov.vn\r\nX-Slow: "

pytestmark = [
    pytest.mark.skipif(not NGINX, reason="there is no nginx"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.one_database("a proxy knows no database"),
]


@pytest.fixture
def proxy(server: int, tmp_path: Path) -> Iterator[int]:
    """Return the port of the proxy; of what is shipped only the address and the certificate are another."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shipped = SHIPPED.read_text(encoding="utf-8")
    shipped = re.sub(r"\n    ssl_certificate.*", "", shipped).replace(
        "listen 443 ssl http2", f"listen 127.0.0.1:{port}"
    )
    shipped = shipped.replace("listen 80;", f"listen 127.0.0.2:{port};").replace(
        "127.0.0.1:8000", f"127.0.0.1:{server}"
    )
    # The tests' settings know the host of tests alone.
    shipped = shipped.replace("proxy_set_header Host $host", "proxy_set_header Host localhost")
    places = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/errors; daemon off; master_process off;\n"
        f"events {{ worker_connections 512; }}\nhttp {{ access_log off;\n{places}{shipped} }}\n"
    )
    assert NGINX
    checked = subprocess.run([NGINX, "-t", "-e", "stderr", "-c", whole], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen([NGINX, "-e", "stderr", "-c", whole]) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def asked(port: int, method: str = "GET", path: str = "/accounts/login/", **more) -> tuple[int, float]:
    """Return the status of an answer, and the seconds until it came."""
    start = time.monotonic()
    there = HTTPConnection("127.0.0.1", port, timeout=30)
    there.request(method, path, headers={"Host": "thuocdo.example.gov.vn"} | more.pop("headers", {}), **more)
    answer = there.getresponse()
    answer.read()
    there.close()
    return answer.status, time.monotonic() - start


def test_heads_that_never_end_hold_nobody_up(proxy):
    assert asked(proxy)[0] == 200
    with ExitStack() as stack:
        for _each in range(60):
            stack.enter_context(socket.create_connection(("127.0.0.1", proxy), timeout=30)).sendall(HALF)
        time.sleep(1)

        status, seconds = asked(proxy)

    assert status == 200 and seconds < 5


# A path, the headers that are sent beside 300,000 bytes, and what is answered.
LARGE = (
    ("/accounts/login/", {}, 413),
    ("/accounts/login/", {"Cookie": "sessionid=x"}, 413),
    ("/admin/", {}, 413),
    ("/api/v1/imports/", {}, 413),
    ("/api/v1/imports/", {"Authorization": "Bearer x"}, 401),
    ("/admin/", {"Cookie": "sessionid=x"}, 413),
    ("/api/v1/scores/preview/", {"Content-Type": "application/json"}, 400),
)


def test_a_body_is_measured_before_it_is_taken(proxy):
    body = b"a" * 300_000
    for _turn in range(5):
        answers = [(*sent, asked(proxy, "POST", sent[0], body=body, headers=sent[1])[0]) for *sent, _status in LARGE]

        assert tuple(answers) == LARGE


def test_who_asks_too_much_at_once_is_told_so(proxy):
    with ExitStack() as stack:
        for _each in range(130):
            there = stack.enter_context(socket.create_connection(("127.0.0.1", proxy), timeout=30))
            there.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        time.sleep(1)

        assert asked(proxy)[0] == 429
