"""A queue of writers before a database file, across threads and processes.

SQLite lets one write at a time, and whoever finds it busy looks again later, less and less often: who has just written
finds it free, and others wait for seconds. The kernel wakes those who wait for a file's lock in their order, at once,
and drops the lock of a process that dies.
"""

from __future__ import annotations

import fcntl
import os
from threading import Event, Lock, Thread

from cms.core.file_locks import try_lock


class WriteQueue:
    """One place in the queue before a file, for one thread at a time."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def is_held(self) -> bool:
        """Return whether we are at the head."""
        return self._file is not None

    def enter(self, seconds: float) -> bool:
        """Wait until we are at the head, so long at most; return whether we are."""
        if self.is_held:
            return True
        # Read-only: who did not make the file may wait for it all the same.
        file = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if try_lock(file) or _Waiter(file).acquire(seconds):
            self._file = file
        return self.is_held

    def leave(self) -> None:
        """Let the next one go on; nothing where we are not at the head."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


class _Waiter:
    """A thread that waits for the lock in our place: the kernel knows no timeout."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._decided, self._acquired, self._cancelled = Lock(), Event(), False
        Thread(target=self._wait, name="waiting to write", daemon=True).start()

    def acquire(self, seconds: float) -> bool:
        """Return whether the lock was acquired in time; the file is closed when that comes later."""
        if self._acquired.wait(seconds):
            return True
        with self._decided:
            self._cancelled = not self._acquired.is_set()
        return not self._cancelled

    def _wait(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._decided:
            if self._cancelled:
                os.close(self._file)
            else:
                self._acquired.set()
