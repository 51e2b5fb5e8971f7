"""Reading in a child process (``importers.sandbox``), which answers on its standard output, a temporary file."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import pathlib
import signal
import tempfile
from typing import IO

from importers import sandbox
from importers.problems import FileRefused, error
from importers.reading import wire
from importers.reading.contract import Limits, Workbook

logger = logging.getLogger(__name__)

START = sandbox.program("importers.reading.worker")


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
    seconds = limits.seconds + sandbox.START_SECONDS
    return sandbox.run(START, task, stdout=answer, stderr=complaints, seconds=seconds)


def _refusal(code: int, complaints: bytes, name: str, limits: Limits) -> FileRefused:
    logger.warning("the reader of %r ended with %s: %r", name, code, complaints[-sandbox.QUOTED_STDERR :])
    if -code in (signal.SIGXCPU, signal.SIGALRM):
        return FileRefused(error("reader_too_slow", limit=limits.seconds))
    if b"MemoryError" in complaints or b"memory allocation of" in complaints:
        return FileRefused(error("reader_out_of_memory", limit=limits.memory_bytes // sandbox.MIB))
    return FileRefused(error("reader_crashed"))
