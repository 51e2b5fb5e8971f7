"""Locks of files, which the system drops when their process dies."""

from __future__ import annotations

import fcntl


def try_lock(file: int) -> bool:
    """Lock an open file until it is closed; return False, at once, when somebody else holds it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
