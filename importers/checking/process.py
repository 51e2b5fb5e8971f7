"""Checking in a child process (``importers.sandbox``), so that nobody else who is served here waits for the check.

The child has the file read by a reader of its own. It gets the order on its standard input, reports on its standard
output how far it has come, and answers in a temporary file.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import pathlib
import pickle  # noqa: S403 - only our own child writes what is read here, and nothing but builtins is let in
import subprocess  # noqa: S404 - starts our own interpreter with a fixed argument list
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, cast

from importers import sandbox
from importers.checking.contract import Findings, Order
from importers.checking.reporting import Report, silent
from importers.reading.contract import Limits
from importers.reading.wire import PlainUnpickler

logger = logging.getLogger(__name__)

START = sandbox.program("importers.checking.worker")


class JudgingBroke(Exception):
    """The child came to no end for a reason that is not in the file."""


def judge_in_child(
    path: pathlib.Path, *, name: str, limits: Limits, order: Callable[[], Order], report: Report = silent
) -> Findings:
    """Read and check the file at ``path``, uploaded under ``name``; ``order`` is made while it is being read.

    ``tell`` hears how far the check has come. Raises JudgingBroke when the child ends without an answer; it ends
    itself when it has taken as long as reading may take, and that time again.
    """
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        with _started(path, name, limits, answer, complaints) as child:
            _give(child, order())
            for line in cast(IO[bytes], child.stdout):
                step, done, total = line.decode().split()
                report(step, int(done), int(total))
            code = child.wait()
        if code != 0:
            complaints.seek(0)
            message = complaints.read()[-sandbox.QUOTED_STDERR :]
            logger.error("the judge of %r ended with %s: %r", name, code, message)
            raise JudgingBroke(f"exit code {code}")
        answer.seek(0)
        return Findings.from_flat(PlainUnpickler(answer).load())


@contextmanager
def _started(
    path: pathlib.Path, name: str, limits: Limits, answer: IO[bytes], complaints: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child; it does not outlive the block."""
    handle, seconds = answer.fileno(), 2 * (limits.seconds + sandbox.START_SECONDS)
    facts = {"path": str(path.resolve()), "name": name, "answer": handle, "seconds": seconds}
    task = json.dumps(facts | {"limits": dataclasses.asdict(limits)})
    pipe = subprocess.PIPE
    with sandbox.started(START, task, stdin=pipe, stdout=pipe, stderr=complaints, pass_fds=[handle]) as child:
        yield child


def _give(child: subprocess.Popen[bytes], order: Order) -> None:
    # A child that ended already says why by its exit code.
    with suppress(BrokenPipeError), cast(IO[bytes], child.stdin) as pipe:
        pickle.dump(order, pipe, protocol=5)
