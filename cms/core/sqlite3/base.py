"""SQLite with a queue of writers: one after the other in the order of coming, whichever process they are in."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import OperationalError
from typing import Any

from django.db.backends.sqlite3 import base

from cms.core.sqlite3.write_queue import WriteQueue

_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits in the queue before it begins a transaction, and before a write outside of one."""

    _queue: WriteQueue | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._write_in_turn)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection; only now it is known to which file."""
        self._queue = None if self.is_in_memory_db() else WriteQueue(f"{self.settings_dict['NAME']}-line")
        return super().get_new_connection(conn_params)

    def _enter_queue(self) -> None:
        if self._queue is not None and not self._queue.enter(self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")

    def _leave_queue(self) -> None:
        if self._queue is not None:
            self._queue.leave()

    def _start_transaction_under_autocommit(self) -> None:
        with self.wrap_database_errors:
            self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # Where it fails a rollback follows.
        self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _write_in_turn(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Carry out a statement; one that writes outside of a transaction is a short transaction of its own."""
        if self._queue is None or self._queue.is_held or not sql.startswith(_WRITING):
            return execute(sql, params, many, context)
        with self.wrap_database_errors:
            self._enter_queue()
        try:
            return execute(sql, params, many, context)
        finally:
            self._leave_queue()
