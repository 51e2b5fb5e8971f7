"""Emptying a test database whose triggers refuse to be emptied."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations


@contextmanager
def flush_past_the_guards() -> Iterator[None]:
    """Make Django's flush, which ends every test that commits, put the guarding triggers aside for its own time."""
    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", _execute):
        yield


def _execute(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
    aside = _aside_on_sqlite if operations.connection.vendor == "sqlite" else _aside_on_postgresql
    with transaction.atomic(using=operations.connection.alias), operations.connection.cursor() as cursor, aside(cursor):
        for sql in sql_list:
            cursor.execute(sql)


@contextmanager
def _aside_on_sqlite(cursor: Any) -> Iterator[None]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'")
    guards = cursor.fetchall()
    for name, _sql in guards:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in guards:
        connection.connection.execute(sql)


@contextmanager
def _aside_on_postgresql(cursor: Any) -> Iterator[None]:
    cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    cursor.execute("SET LOCAL session_replication_role = origin")
