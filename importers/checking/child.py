"""Judging in a child process, so that whoever else is served by this process does not wait for the check.

The child is a fresh interpreter with an empty environment, as the reader is that it starts; it gets the order on its
standard input, tells on its standard output how far it has come, and answers in a temporary file.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import pathlib
import pickle  # noqa: S403 - only our own child writes what is read here, and nothing but builtins is let in
import subprocess  # noqa: S404 - starts our own interpreter with a fixed argument list
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, cast

from importers.checking.contract import Findings, Order
from importers.checking.telling import Tell, silent
from importers.reading.child import ENVIRONMENT, QUOTED_STDERR, ROOT, START_SECONDS
from importers.reading.contract import Limits
from importers.reading.wire import PlainUnpickler

logger = logging.getLogger(__name__)

START = "import sys; sys.path.insert(0, sys.argv[1]); from importers.checking.worker import main; main(*sys.argv[2:])"


class JudgingBroke(Exception):
    """The child came to no end for a reason that is not in the file."""


def judge_in_child(
    path: pathlib.Path, *, name: str, limits: Limits, order: Callable[[], Order], tell: Tell = silent
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
                tell(step, int(done), int(total))
            code = child.wait()
        if code != 0:
            complaints.seek(0)
            said = complaints.read()[-QUOTED_STDERR:]
            logger.error("the judge of %r ended with %s: %r", name, code, said)
            raise JudgingBroke(f"exit code {code}")
        answer.seek(0)
        return Findings.from_flat(PlainUnpickler(answer).load())


@contextmanager
def _started(
    path: pathlib.Path, name: str, limits: Limits, answer: IO[bytes], complaints: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child; it does not outlive the block."""
    handle, seconds = answer.fileno(), 2 * (limits.seconds + START_SECONDS)
    facts = {"path": str(path.resolve()), "name": name, "answer": handle, "seconds": seconds}
    task = json.dumps(facts | {"limits": dataclasses.asdict(limits)})
    arguments = [sys.executable, "-I", "-X", "utf8", "-c", START, str(ROOT), task]
    child = subprocess.Popen(  # noqa: S603
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=ENVIRONMENT,
        pass_fds=[handle],
    )  # fmt: skip
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):
                cast(IO[bytes], pipe).close()


def _give(child: subprocess.Popen[bytes], order: Order) -> None:
    # A child that ended already says why by its exit code.
    with suppress(BrokenPipeError), cast(IO[bytes], child.stdin) as pipe:
        pickle.dump(order, pipe, protocol=5)
