"""What others notice of an upload: their requests to a real server meanwhile, and the memory that it takes."""

import os
import pathlib
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from importers.enums import BatchState
from importers.models import ImportBatch
from tests.benchmarks.importing import write
from tests.benchmarks.measure import Table
from tests.benchmarks.serving import database_url
from tests.benchmarks.test_reading_speed import resident

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROWS, REQUESTS = 50_000, 60
MOST_MB = 350
# Long enough to stand nowhere in a workbook.
BOUNDARY = b"--" + b"thuoc-do" * 5


def wait_for(done: Callable[[ImportBatch], bool]) -> ImportBatch:
    """Return the latest upload as soon as something holds of it."""
    for _try in range(3000):
        batch = ImportBatch.objects.newest_first()[0]
        if done(batch):
            return batch
        time.sleep(0.1)
    raise AssertionError(f"still {batch.state}")


class Person:
    """Somebody signed in, who asks a real server."""

    def __init__(self, address: str, user: Any) -> None:
        client = Client()
        client.force_login(user)
        self._address = address
        self._cookies = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self._cookies += f"; {settings.CSRF_COOKIE_NAME}={'c' * 32}"
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> str:
        """Return the address of the answer, which must be a good one."""
        request = Request(f"{self._address}{path}", body, {"Cookie": self._cookies, "X-CSRFToken": "c" * 32})
        request.add_header("Referer", self._address)
        if kind:
            request.add_header("Content-Type", kind)
        with self._opener.open(request, timeout=300) as answer:
            answer.read()
            return answer.geturl()

    def upload(self, agency: Any, path: pathlib.Path) -> ImportBatch:
        """Send a file and wait for its check."""
        body = (
            BOUNDARY + b'\r\nContent-Disposition: form-data; name="file"; filename="' + path.name.encode()
            + b'"\r\n\r\n' + path.read_bytes() + b"\r\n" + BOUNDARY + b"--\r\n"
        )  # fmt: skip
        kind = f"multipart/form-data; boundary={BOUNDARY[2:].decode()}"
        self.ask(reverse("importers:upload", args=[agency.pk]), body, kind)
        return wait_for(lambda batch: batch.state != BatchState.CHECKING)


def send(sender: Person, agency: Any, path: pathlib.Path) -> None:
    """Upload in a thread, which leaves no connection behind."""
    try:
        sender.upload(agency, path)
    finally:
        connection.close()


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    """Serve the platform as a province does, by threads of one process; return its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8",
        "--timeout", "300", "--log-level", "error",
    ]  # fmt: skip
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": database_url()}
    with subprocess.Popen(command, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield address, process.pid
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    for _try in range(600):
        try:
            build_opener().open(f"{address}/admin/login/", timeout=60).close()
            return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def family(process: int) -> list[int]:
    """Return a process and all below it, whichever of its threads started them."""
    try:
        lists = [task / "children" for task in pathlib.Path(f"/proc/{process}/task").iterdir()]
        children = [int(child) for each in lists for child in each.read_text().split()]
    except OSError:
        children = []
    return [process, *(one for child in children for one in family(child))]


class Watch(threading.Thread):
    """Looks every few milliseconds at the memory of a process and all below it."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most, self._process, self._over = 0, process, threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, sum(map(resident, family(self._process))) // 1024)

    def stop(self) -> int:
        """Return the most megabytes held at one time."""
        self._over.set()
        self.join()
        return self.most


def timed(asking: Callable[[], object], going_on: Callable[[], bool]) -> list[float]:
    """Return the milliseconds of each of many requests, as long as something goes on."""
    times = []
    while len(times) < REQUESTS and going_on():
        start = time.perf_counter()
        asking()
        times.append((time.perf_counter() - start) * 1000)
    return times


def test_others_while_a_hostile_file_is_judged(server, people, province, tmp_path):
    address, process = server
    hostile = write(tmp_path / "hostile.xlsx", ROWS, bad_rows=ROWS, every_cell=True)
    sender, other = Person(address, people["uploader"]), Person(address, people["editor"])
    asked = {"a list in the admin": reverse("importers:batch_list"), "a public page": "/danh-muc/"}
    table = Table(f"A request of somebody else while {ROWS:,} rows with errors in most cells are read and checked")
    memory = 0
    for what, path in asked.items():
        for _warm in range(5):
            other.ask(path)
        idle = timed(lambda p=path: other.ask(p), lambda: True)
        watch = Watch(process)
        sending = threading.Thread(target=send, args=(sender, province.statistics, hostile))
        watch.start()
        sending.start()
        busy = timed(lambda p=path: other.ask(p), sending.is_alive)
        sending.join()
        memory = max(memory, watch.stop())
        batch = ImportBatch.objects.newest_first()[0]
        assert batch.state == BatchState.REFUSED and batch.error_count >= ROWS
        table.compare(f"{what} ({len(busy)} requests)", statistics.median(busy), statistics.median(idle), 2)
    table.show()
    print(f"\nErrors kept: {batch.error_count:,}. Peak memory of all processes: {memory} MB")
    assert not table.missed


def test_memory_of_the_server_and_its_children(server, people, province, tmp_path):
    address, process = server
    sender = Person(address, people["uploader"])
    good = write(tmp_path / "good.xlsx", ROWS)
    watch = Watch(process)
    watch.start()

    batch = sender.upload(province.statistics, good)
    sender.ask(reverse("importers:commit", args=[batch.pk]), b"missing=remove", "application/x-www-form-urlencoded")
    wait_for(lambda batch: batch.state == BatchState.COMMITTED or bool(batch.write_refusal))

    most = watch.stop()
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED
    print(f"\nPeak memory of all processes, {ROWS:,} rows checked, previewed and written: {most} MB (goal: {MOST_MB})")
    assert most <= MOST_MB
