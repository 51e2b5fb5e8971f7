"""Processes that serve and work, and their sudden ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "thuocdo.example.gov.vn"
TOKEN = "t" * 32
PATIENCE = 120


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that are still there."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def killed(*pids: int) -> None:
    """Kill processes that we started; they get no chance to do anything about it."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class Web:
    """A web server whose processes that answer are started anew when they die; one without threads if not told else."""

    def __init__(self, environment: dict[str, str], workers: int = 1, threads: int = 1) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = [
            "--preload", f"--workers={workers}", f"--threads={threads}", "--timeout=120", "--log-level=critical",
            f"--bind=127.0.0.1:{self.port}",
        ]  # fmt: skip
        self._start = partial(
            subprocess.Popen, [sys.executable, "-m", "gunicorn", *options, "cms.wsgi"],
            cwd=ROOT, env=environment, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start the master, and wait until it has started the others."""
        self.master = self._start()
        while not self.workers():
            time.sleep(0.05)

    def kill_master(self) -> None:
        """Kill the master alone; those that answer see that it is gone, and end."""
        self._orphans = self.workers()
        killed(self.master.pid)
        self.master.wait()

    def start_again(self) -> None:
        """Start the master that was killed anew, as a service manager does: once nothing is left of it."""
        while any(Path(f"/proc/{pid}").exists() for pid in self._orphans):
            time.sleep(0.05)
        self.start()

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        return children(self.master.pid)

    def kill(self) -> None:
        """Kill the process that answers."""
        killed(*self.workers())

    def post(self, address: str, session: str, body: bytes = b"", content_type: str = "") -> int | None:
        """Send a form as a signed-in person's browser does; return the status, or None where no answer came."""
        headers = {
            "Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/", "X-CSRFToken": TOKEN,
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Content-Type": content_type or "application/x-www-form-urlencoded",
        }  # fmt: skip
        client = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            client.request("POST", address, body, headers)
            answer: HTTPResponse = client.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            client.close()
        return answer.status

    def upload(self, address: str, session: str, name: str, content: bytes) -> int | None:
        """Send a file through the form."""
        mark = "mark-of-a-part"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.post(address, session, body, f"multipart/form-data; boundary={mark}")

    def stop(self) -> None:
        """End the server."""
        killed(self.master.pid, *self.workers())
        self.master.wait()


class Service:
    """A command of ours that runs until it is told to stop."""

    def __init__(self, environment: dict[str, str], *command: str, stderr: int = subprocess.DEVNULL) -> None:
        self._start = partial(
            subprocess.Popen, [sys.executable, "manage.py", *command],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=stderr, text=True,
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start it, again if it was killed."""
        self.process = self._start()

    def start_if_over(self) -> None:
        """Start it again if it has ended, as a service manager does (``Restart=always``)."""
        if self.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """Kill it."""
        killed(self.process.pid)
        self.process.wait()


WORKER = ("db_worker", "--backend=background", "--interval=0.05", "--no-startup-delay")


class Worker(Service):
    """A process that does the tasks in the background."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(environment, *WORKER, stderr=subprocess.PIPE)

    def wait_until_ready(self) -> None:
        """Wait until it has begun to look for tasks."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if "Starting worker" in line:
                return
        raise RuntimeError("the worker did not start")
