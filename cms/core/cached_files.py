"""Files that are the same for everybody, made once for each content and kept until others were wanted more."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

from cms.core import slots
from cms.core.file_locks import try_lock

MOST_FILES = 300
_MOST_SECONDS = 30 * 24 * 3600


def cached_file(content: str, make: Callable[[IO[bytes]], None], *, slot: str) -> IO[bytes]:
    """Return the file that ``content`` stands for, at its beginning; ``make`` writes it when it is not there.

    ``content`` names everything that the bytes depend on. With the name of a slot, as for strangers, raises Busy when
    the file would have to be made and there is no slot, or somebody makes it already; people at work name none.
    """
    folder = settings.THUOCDO_KEPT_DIR
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()
    if (file := _open(path)) is not None:
        return file
    try:
        with slots.taken(slot) if slot else nullcontext():
            return _make(path, make)
    except slots.Busy:
        if slot:
            raise
        return temporary_file(make)


def _open(path: Path) -> IO[bytes] | None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with suppress(FileNotFoundError):
        os.utime(path)  # the ones that nobody asks for go first
    return file


def _make(path: Path, make: Callable[[IO[bytes]], None]) -> IO[bytes]:
    partial = path.with_suffix(".part")
    with partial.open("ab") as file:
        if not (try_lock(file.fileno()) and _is_at(partial, file)):
            raise slots.Busy("the file is being made")
        if (stored := _open(path)) is not None:
            partial.unlink()
            return stored
        file.truncate(0)  # what a killed process left behind
        try:
            make(file)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        file.flush()
        answer = partial.open("rb")
        partial.replace(path)
    _make_room(path.parent)
    return answer


def _is_at(path: Path, file: IO[bytes]) -> bool:
    """Return whether the open file still has this name: whoever made it before us has given it its last one."""
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def temporary_file(make: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """Return a file that nobody else gets, at its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    make(file)
    file.seek(0)
    return file


def _make_room(folder: Path) -> None:
    """Remove what was wanted longest ago: of too many files, of too many bytes, and what nobody wants any more."""
    files = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            stat = path.stat()
            files.append((stat.st_mtime, stat.st_size, path))
    left, count, oldest = settings.THUOCDO_KEPT_MIB * 1024 * 1024, 0, time.time() - _MOST_SECONDS
    for used, size, path in sorted(files, reverse=True):
        left, count = left - size, count + 1
        if (left < 0 or count > MOST_FILES or used < oldest) and count > 1:
            path.unlink(missing_ok=True)
