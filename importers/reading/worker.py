"""What runs in the reading child: limit itself, read, answer on standard output."""

from __future__ import annotations

import errno
import gc
import json
import os
import pathlib
import sys

from importers.problems import FileRefused
from importers.reading import wire
from importers.reading.contract import Limits, Workbook
from importers.reading.folded import FoldedBook, unfold
from importers.reading.kind import open_folded_reader
from importers.sandbox import limit_process


def main(task: str) -> None:
    """Read the file that ``task`` (JSON: path, name, limits) names and write the outcome to standard output."""
    order = json.loads(task)
    limits = Limits(**order["limits"])
    limit_process(limits.memory_bytes, limits.seconds)
    # Nothing here makes cycles, and looking for them takes half the time.
    gc.disable()
    outcome = _read_folded(pathlib.Path(order["path"]), order["name"], limits)
    try:
        wire.dump(outcome, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as failure:
        # A full disk is not the file's fault; an answer over its limit is.
        if failure.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            os._exit(os.EX_IOERR)
        raise
    # An orderly end would take every row apart again.
    os._exit(0)


def read_here(path: pathlib.Path, name: str, limits: Limits) -> Workbook | FileRefused:
    """Read the file in this process, without any limit on it."""
    outcome = _read_folded(path, name, limits)
    return unfold(outcome) if isinstance(outcome, FoldedBook) else outcome


def _read_folded(path: pathlib.Path, name: str, limits: Limits) -> FoldedBook | FileRefused:
    try:
        return open_folded_reader(path, name)(path, limits)
    except FileRefused as refusal:
        return refusal
