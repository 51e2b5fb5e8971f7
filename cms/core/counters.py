"""A cache that the processes of one machine share without a service: a small SQLite file of its own.

For counters: who asked how often, who is to wait. Apart from the province's database, so that no count waits for a long
write there, and nothing that is kept here is missed when it is gone.
"""

from __future__ import annotations

import logging
import pickle
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

logger = logging.getLogger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, ends REAL) WITHOUT ROWID"
_UPSERT = (
    "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends"
)
# What has ended is removed at one write of so many.
_WRITES_BETWEEN_SWEEPS = 1_000


class SharedFileCache(BaseCache):
    """Django's cache over SQLite. Each act is atomic; ``atomic()`` makes one of several, for all processes.

    A file that cannot be read or written (a full disk) stores nothing, and is logged: no request fails for it.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._local = threading.local()
        self._writes = 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = self._run(
            "SELECT value FROM kept WHERE key = ? AND (ends IS NULL OR ends > ?)", self._key(key, version), time.time()
        )
        return pickle.loads(row[0]) if row else default  # noqa: S301

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value for so many seconds, or for ever with None."""
        self._run(_UPSERT, self._key(key, version), pickle.dumps(value), self.get_backend_timeout(timeout))
        self._sweep()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless one is kept, and return whether it now is ours."""
        row = self._run(
            f"{_UPSERT} WHERE kept.ends <= ? RETURNING 1",
            self._key(key, version), pickle.dumps(value), self.get_backend_timeout(timeout), time.time(),
            failed=(1,),
        )  # fmt: skip
        return row is not None

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give what is kept another end, and return whether it was there."""
        updated = self._run(
            "UPDATE kept SET ends = ? WHERE key = ? AND (ends IS NULL OR ends > ?) RETURNING 1",
            self.get_backend_timeout(timeout), self._key(key, version), time.time(),
        )  # fmt: skip
        return updated is not None

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._run("DELETE FROM kept WHERE key = ? RETURNING 1", self._key(key, version)) is not None

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number that is kept, whose end stays; raises ValueError where there is none."""
        with self.atomic():
            count = self.get(key, version=version)
            if count is None:
                raise ValueError(f"Key {key!r} not found")
            self._run("UPDATE kept SET value = ? WHERE key = ?", pickle.dumps(count + delta), self._key(key, version))
            return int(count + delta)

    def clear(self) -> None:
        self._run("DELETE FROM kept")

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make what is done inside one act, which nobody else's comes between; acts inside one another are one."""
        if self._is_in_act():
            yield
            return
        self._run("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            if self._is_in_act():
                self._run("COMMIT")

    def _is_in_act(self) -> bool:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        return connection is not None and connection.in_transaction

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _run(self, sql: str, *values: Any, failed: Any = None) -> Any:
        try:
            return self._connection().execute(sql, values).fetchone()
        except sqlite3.Error:
            logger.exception("the file of counters cannot be used")
            # A new connection finds the file again that somebody removed.
            vars(self._local).pop("connection", None)
            return failed

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=2, isolation_level=None)
            # Counts may be lost with the machine, so nothing waits for its disk.
            connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {_TABLE}")
            self._local.connection = connection
        return connection

    def _sweep(self) -> None:
        self._writes += 1
        if self._writes % _WRITES_BETWEEN_SWEEPS == 0:
            self._run("DELETE FROM kept WHERE ends <= ?", time.time())
