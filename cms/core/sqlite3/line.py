"""Waiting in line for a file, across threads and processes.

SQLite lets one write at a time, and whoever finds it busy looks again later, less and less often: who has just written
finds it free, and others wait for seconds. The kernel wakes those who wait for a file's lock in their order, at once,
and drops the lock of a process that dies.
"""

from __future__ import annotations

import fcntl
import os
from threading import Event, Lock, Thread

from cms.core.file_locks import try_lock


class Line:
    """One place in the line that stands before a file, for one thread at a time."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def is_ours(self) -> bool:
        """Return whether we are at the head."""
        return self._file is not None

    def enter(self, seconds: float) -> bool:
        """Wait until we are at the head, so long at most; return whether we are."""
        if self.is_ours:
            return True
        # Read-only: who did not make the file may wait for it all the same.
        file = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if try_lock(file) or _Waiting(file).comes_within(seconds):
            self._file = file
        return self.is_ours

    def leave(self) -> None:
        """Let the next one go on; nothing where we are not at the head."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


class _Waiting:
    """A thread that stands in line for us: the kernel knows no end to waiting."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._decided, self._came, self._gave_up = Lock(), Event(), False
        Thread(target=self._stand, name="waiting to write", daemon=True).start()

    def comes_within(self, seconds: float) -> bool:
        """Return whether our turn came in time; the file is closed when it comes later."""
        if self._came.wait(seconds):
            return True
        with self._decided:
            self._gave_up = not self._came.is_set()
        return not self._gave_up

    def _stand(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._decided:
            if self._gave_up:
                os.close(self._file)
            else:
                self._came.set()
