"""A queue of writers before a database file, across threads and processes.

SQLite lets one write at a time, and whoever finds it busy looks again later, less and less often: who has just written
finds it free, and others wait for seconds. The kernel wakes those who wait for a file's lock at once, and drops that of
a process that dies. There are two locks, as a door and a desk: who waits for the desk holds the door, so that whoever
leaves the desk and comes again cannot be there first.
"""

from __future__ import annotations

import fcntl
import os
import time
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
        until = time.monotonic() + seconds
        door = _lock(f"{self._path}-door", seconds)
        if door is not None:
            self._file = _lock(self._path, until - time.monotonic())
            os.close(door)
        return self.is_held

    def leave(self) -> None:
        """Let the next one go on; nothing where we are not at the head."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


def _lock(path: str, seconds: float) -> int | None:
    """Return the open file whose lock is ours, or nothing when it was not to be had in time."""
    # Read-only: who did not make the file may wait for it all the same.
    file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    return file if try_lock(file) or _Waiter(file).acquire(seconds) else None


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
