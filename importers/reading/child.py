"""Reading in a child process, so that a file which crashes, hangs or eats memory costs that one upload only.

The child is a fresh interpreter (not a fork: the parent may hold threads, database handles and secrets), with an empty
environment, that limits itself before it opens the file. It answers on its standard output, a temporary file.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import pathlib
import signal
import subprocess  # noqa: S404 - starts our own interpreter with a fixed argument list
import sys
import tempfile
from typing import IO

from importers.problems import FileRefused, error
from importers.reading import wire
from importers.reading.contract import Limits, Workbook

logger = logging.getLogger(__name__)

ROOT = pathlib.Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from importers.reading.worker import main; main(*sys.argv[2:])"
MIB = 1024 * 1024
# The C library would give memory back and ask for it again with each piece of a file: a tenth of the time.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_TRIM_THRESHOLD_": str(256 * MIB),
    "MALLOC_MMAP_THRESHOLD_": str(32 * MIB),
}

# Starting an interpreter is not the file's fault: it is given this on top of the limit.
START_SECONDS = 5
QUOTED_STDERR = 2000


def read_in_child(path: pathlib.Path, name: str, limits: Limits) -> Workbook:
    """Read ``path`` in a child process. Raises FileRefused, whatever the bytes are; OSError where the disk is full."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        code = _run(path, name, limits, answer, complaints)
        if code == os.EX_IOERR:
            raise OSError("the reader could not write its answer")
        complaints.seek(0)
        if code != 0:
            raise _refusal(code, complaints.read(), name, limits)
        answer.seek(0)
        try:
            outcome = wire.load(answer)
        except Exception as failure:
            logger.exception("the reader's answer on %r could not be read", name)
            raise FileRefused(error("reader_crashed")) from failure
    if isinstance(outcome, FileRefused):
        raise outcome
    return outcome


def _run(path: pathlib.Path, name: str, limits: Limits, answer: IO[bytes], complaints: IO[bytes]) -> int:
    """Run the child to its end and return its exit code; a child killed for the time it took counts as SIGXCPU."""
    task = json.dumps({"path": str(path.resolve()), "name": name, "limits": dataclasses.asdict(limits)})
    arguments = [sys.executable, "-I", "-X", "utf8", "-c", START, str(ROOT), task]
    try:
        return subprocess.run(  # noqa: S603
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=complaints,
            env=ENVIRONMENT,
            timeout=limits.seconds + START_SECONDS,
        ).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU


def _refusal(code: int, complaints: bytes, name: str, limits: Limits) -> FileRefused:
    logger.warning("the reader of %r ended with %s: %r", name, code, complaints[-QUOTED_STDERR:])
    if -code in (signal.SIGXCPU, signal.SIGALRM):
        return FileRefused(error("reader_too_slow", limit=limits.seconds))
    if b"MemoryError" in complaints or b"memory allocation of" in complaints:
        return FileRefused(error("reader_out_of_memory", limit=limits.memory_bytes // MIB))
    return FileRefused(error("reader_crashed"))
