"""The ledger's head as it is kept outside the database: a file that only ever moves forward."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

from cms.audit.models import GENESIS

Head = tuple[int, str]


class UnreadableHead(Exception):
    """A head that is cut off, empty or otherwise nothing that was ever written as one."""


def write_head(head: Head) -> str:
    """Return the head as NUMBER:HASH."""
    return "{}:{}".format(*head)


def parse_head(text: str) -> Head:
    """Return the head that a text tells, or raise UnreadableHead."""
    number, _colon, digest = text.strip().partition(":")
    is_digest = len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    # An empty ledger was written as "0:" once.
    if number == "0" and digest in ("", GENESIS):
        return 0, GENESIS
    if not (number.isascii() and number.isdigit() and is_digest):
        raise UnreadableHead(text[:80])
    return int(number), digest


def read_head_file(file: Path) -> Head:
    """Return the head that the file holds; raise UnreadableHead or OSError, also where there is no file."""
    try:
        return parse_head(file.read_text(encoding="ascii"))
    except UnicodeDecodeError as error:
        raise UnreadableHead(str(error)) from error


def move_head_file(file: Path, head: Head) -> None:
    """Write the head, which was found at the end of a whole chain, unless another run has written a later one since.

    A run that is killed leaves the file as it was.
    """
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if file.exists() and read_head_file(file)[0] > head[0]:
            return
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as half:
            half.write(write_head(head))
            half.flush()
            os.fsync(half.fileno())
        Path(half.name).replace(file)
        os.fsync(folder)
    finally:
        os.close(folder)
