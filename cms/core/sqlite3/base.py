"""SQLite with a line for those who write: one after the other in the order of coming, whichever process they are in."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import OperationalError
from typing import Any

from django.db.backends.sqlite3 import base

from cms.core.sqlite3.line import Line

_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits in line before it begins a transaction, and before a write outside of one."""

    _line: Line | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._write_in_line)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection; only now it is known to which file."""
        self._line = None if self.is_in_memory_db() else Line(f"{self.settings_dict['NAME']}-line")
        return super().get_new_connection(conn_params)

    def _wait_in_line(self) -> None:
        if self._line is not None and not self._line.enter(self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")

    def _leave_line(self) -> None:
        if self._line is not None:
            self._line.leave()

    def _start_transaction_under_autocommit(self) -> None:
        with self.wrap_database_errors:
            self._wait_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_line()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # Where it fails a rollback follows.
        self._leave_line()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_line()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_line()

    def _write_in_line(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Carry out a statement; one that writes outside of a transaction is a short transaction of its own."""
        if self._line is None or self._line.is_ours or not sql.startswith(_WRITING):
            return execute(sql, params, many, context)
        with self.wrap_database_errors:
            self._wait_in_line()
        try:
            return execute(sql, params, many, context)
        finally:
            self._leave_line()
