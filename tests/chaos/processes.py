"""Processes that serve and work, and their sudden ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
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
    """A web server with one process that answers, which is started anew when it dies."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        bind = f"127.0.0.1:{self.port}"
        one = ["--workers=1", "--threads=1", "--worker-class=sync"]
        options = ["--preload", *one, "--timeout=120", "--log-level=critical", f"--bind={bind}"]
        command = [sys.executable, "-m", "gunicorn", *options, "cms.wsgi"]
        self.master = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        while not self.workers():
            time.sleep(0.05)

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


class Worker:
    """A process that does the tasks in the background."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [
            sys.executable,
            "manage.py",
            "db_worker",
            "--backend=background",
            "--interval=0.05",
            "--no-startup-delay",
        ]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def wait_until_ready(self) -> None:
        """Wait until it has begun to look for tasks."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if "Starting worker" in line:
                return
        raise RuntimeError("the worker did not start")

    def kill(self) -> None:
        """Kill it."""
        killed(self.process.pid)
        self.process.wait()
