"""Real servers, and a client that keeps one busy: requests written beforehand, over connections that stay open."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils.http import urlencode

ROOT = Path(__file__).parents[2]
CONNECTIONS = 4


def database_url() -> str:
    """Return the address of the tests' own database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    folder = database["HOST"] or database["OPTIONS"].get("host", "")
    return f"postgres://{database['USER']}@/{database['NAME']}?{urlencode({'host': folder})}"


def province_environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a province's own server, over the tests' database; its static files are collected."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production", "THUOCDO_SECRET_KEY": secrets.token_urlsafe(64),
        # The desk is asked without a second factor.
        "THUOCDO_PROXY_COUNT": "1", "THUOCDO_MFA_ROLES": "",
        "THUOCDO_ALLOWED_HOSTS": "127.0.0.1", "DATABASE_URL": database_url(), "THUOCDO_VAR_DIR": str(folder),
    } | more  # fmt: skip
    collect = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=os.environ | environment, check=True)
    return environment


def cpu_seconds() -> float:
    """Return the seconds of the processor that our servers, with all below them, have taken so far."""

    def below(pid: int) -> list[int]:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [each for child in children for each in (int(child), *below(int(child)))]

    fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in below(os.getpid())]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[int]:
    """Serve an application by one process of gunicorn that keeps connections, while the block runs; give its port."""
    one = ["--workers=1", "--threads=8", "--worker-connections=1000", "--keep-alive=60"]
    with _gunicorn([application, *one], environment) as port:
        yield port


@contextmanager
def served_as_shipped(environment: dict[str, str]) -> Iterator[int]:
    """Serve the platform as gunicorn.conf.py says while the block runs; give its port."""
    with _gunicorn([], environment) as port:
        yield port


@contextmanager
def _gunicorn(options: list[str], environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--log-level=error", *options]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _try in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


class Asking:
    """Asks one address again and again, some requests at a time."""

    def __init__(self, port: int, path: str) -> None:
        self._asked = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\nX-Forwarded-Proto: https\r\n\r\n".encode()
        )
        self._sockets = [socket.create_connection(("127.0.0.1", port), timeout=60) for _each in range(CONNECTIONS)]
        self._answers = [each.makefile("rb", buffering=128 * 1024) for each in self._sockets]

    def seconds(self, rounds: int) -> float:
        """Return the seconds that a request took, over as many rounds of one request on each connection."""
        start = time.perf_counter()
        for _round in range(rounds):
            for each in self._sockets:
                each.sendall(self._asked)
            for answer in self._answers:
                self._read(answer)
        return (time.perf_counter() - start) / (rounds * CONNECTIONS)

    def once(self) -> dict[str, str]:
        """Return the headers of one answer, which must be a good one."""
        self._sockets[0].sendall(self._asked)
        return self._read(self._answers[0])

    def close(self) -> None:
        """Hang up."""
        for each in (*self._answers, *self._sockets):
            each.close()

    def _read(self, answer: object) -> dict[str, str]:
        status = answer.readline()  # type: ignore[attr-defined]
        assert status.startswith(b"HTTP/1.1 200"), status
        headers = {}
        while (line := answer.readline()) != b"\r\n":  # type: ignore[attr-defined]
            name, _colon, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        answer.read(int(headers["content-length"]))  # type: ignore[attr-defined]
        return headers
