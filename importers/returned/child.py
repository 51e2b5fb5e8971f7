"""Marking in a child process, as reading is done: a file that eats memory or time costs that one download only."""

from __future__ import annotations

import logging
import pathlib
import subprocess  # noqa: S404 - starts our own interpreter with a fixed argument list
import sys
import tempfile
from typing import IO

from importers.returned.job import Job, NotMarked

logger = logging.getLogger(__name__)

ROOT = pathlib.Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from importers.returned.worker import main; main(*sys.argv[2:])"
# Starting an interpreter is not the file's fault: it is given this on top of the limit.
START_SECONDS = 5
QUOTED_STDERR = 2000


def mark(path: pathlib.Path, name: str, job: Job, *, seconds: int) -> IO[bytes]:
    """Return the marked workbook of the file at ``path``, uploaded under ``name``. Raises NotMarked."""
    with tempfile.TemporaryDirectory() as folder:
        job_path, out_path = pathlib.Path(folder, "job.json"), pathlib.Path(folder, "marked.xlsx")
        job_path.write_text(job.dump())
        files = (str(path.resolve()), name, str(job_path), str(out_path))
        arguments = [sys.executable, "-I", "-X", "utf8", "-c", START, str(ROOT), *files]
        _run(arguments, name, seconds + START_SECONDS)
        # An open file outlives its name: the folder is gone before the last byte is sent.
        return out_path.open("rb")


def _run(arguments: list[str], name: str, seconds: int) -> None:
    try:
        done = subprocess.run(  # noqa: S603
            arguments, stdin=subprocess.DEVNULL, capture_output=True, env={"LANG": "C.UTF-8"}, timeout=seconds
        )
    except subprocess.TimeoutExpired as failure:
        raise NotMarked("too slow") from failure
    if done.returncode != 0:
        logger.warning("marking %r ended with %s: %r", name, done.returncode, done.stderr[-QUOTED_STDERR:])
        raise NotMarked(str(done.returncode))
