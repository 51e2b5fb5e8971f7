"""A migrated SQLite database, kept between runs and copied: migrating takes most of a minute on a busy machine.

It is kept below pytest's cache under a name made of everything that shapes it, so that a changed model, migration or
trigger gets a new one. Of several workers one migrates, and the others copy what it made.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ROOMS = ("cms", "catalog_pages", "importers", "api")
_SHAPING = (
    "**/migrations/*.py", "**/models.py", "**/models/*.py", "**/triggers.py", "**/apps.py", "**/enums.py",
    "core/search.py", "core/text.py", "settings/*.py",
)  # fmt: skip
_KEPT = 2


class Migrated:
    """The kept database of this code. ``lend`` copies it; where there is none yet, ``keep`` takes what was migrated."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{_name()}.sqlite3"
        self._turn = ExitStack()

    def lend(self, target: Path) -> bool:
        """Copy the database to ``target``; return False, and have the others wait, where it is still to be made."""
        lock = self._turn.enter_context((self.path.parent / "lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not self.path.exists():
            return False
        shutil.copyfile(self.path, target)
        self._turn.close()
        return True

    def keep(self, connection: Any) -> None:
        """Keep a database that has just been migrated, and let the others have it."""
        with self._turn:
            half = self.path.with_suffix(".half")
            half.unlink(missing_ok=True)
            with closing(sqlite3.connect(half)) as copy:
                connection.backup(copy)
            half.rename(self.path)
            for old in sorted(self.path.parent.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
                old.unlink(missing_ok=True)


def _name() -> str:
    """Return a name made of every file that says what a fresh database holds."""
    shaping = {path for room in ROOMS for pattern in _SHAPING for path in (ROOT / room).glob(pattern)}
    digest = hashlib.sha256()
    for path in sorted(shaping | {ROOT / "requirements" / "base.txt"}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
