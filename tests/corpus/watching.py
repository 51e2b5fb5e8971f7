"""Watches the reading child: what it opened, whom it called, how much memory and time it took."""

from __future__ import annotations

import json
import pathlib
import socket
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any
from unittest import mock

from importers import sandbox
from importers.reading import child
from importers.reading.contract import Limits

# Runs before the reader in its child, and speaks on standard error when the child ends.
_WATCH = """
import json, os, sys
allowed = tuple(ALLOWED)
asked = json.loads(sys.argv[2])["path"]
seen, ended = [], []
def watch(event, args):
    if ended or event not in ("open", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork") \
            and not event.startswith(("socket.", "urllib.", "ftplib.", "ctypes.")):
        return
    if event == "open" and isinstance(args[0], int):
        return
    what = str(args[0]) if args else ""
    if event != "open" or not (what in (asked, "/proc/self/statm") or what.startswith(allowed)):
        seen.append([event, what])
sys.addaudithook(watch)
leave = os._exit
def tell(code):
    ended.append(True)
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    os.write(2, (os.linesep + json.dumps({"seen": seen, "peak": int(peak)})).encode())
    leave(code)
os._exit = tell
"""


@dataclass
class Watched:
    """What the child of one upload did; ``peak`` is in KiB and 0 for a child that was stopped by its limits."""

    seen: list[list[str]] = field(default_factory=list)
    connections: list[Any] = field(default_factory=list)
    peak: int = 0
    seconds: float = 0.0
    children: int = 0


@contextmanager
def watched() -> Iterator[Watched]:
    """Watch every child that reads meanwhile, and this process's own connections."""
    found, run = Watched(), child._run

    def watch(path: pathlib.Path, name: str, limits: Limits, answer: IO[bytes], complaints: IO[bytes]) -> int:
        began = time.monotonic()
        code = run(path, name, limits, answer, complaints)
        found.seconds = max(found.seconds, time.monotonic() - began)
        found.children += 1
        complaints.seek(0)
        reported = complaints.read().splitlines()
        if code == 0:
            last = json.loads(reported[-1])
            found.seen += last["seen"]
            found.peak = max(found.peak, last["peak"])
        return code

    def refuse(_: socket.socket, address: Any) -> None:
        found.connections.append(address)
        raise OSError("no connections here")

    places = [str(sandbox.ROOT), *dict.fromkeys(sysconfig.get_paths().values())]
    start = f"{_WATCH}\n{child.START}".replace("ALLOWED", repr(places))
    with (
        mock.patch.object(child, "START", start),
        mock.patch.object(child, "_run", watch),
        mock.patch.object(socket.socket, "connect", refuse),
    ):
        yield found
