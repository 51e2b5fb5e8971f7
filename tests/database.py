"""What a test does with the database, and emptying a database whose triggers refuse to be emptied."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

# The fixtures by which pytest-django lets a test reach the database.
_ROLLED_BACK = frozenset({"db", "django_db_setup"})
_COMMITTED = frozenset({"transactional_db", "live_server"})


def commits(item: pytest.Item) -> bool:
    """Return whether the test writes for good, and the database is emptied after it."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not _COMMITTED.isdisjoint(item.fixturenames)


def asks_for_database(item: pytest.Item) -> bool:
    """Return whether the test may reach the database; pytest-django refuses it to every other one."""
    has_marker = item.get_closest_marker("django_db") is not None
    return has_marker or not (_ROLLED_BACK | _COMMITTED).isdisjoint(item.fixturenames)


@contextmanager
def flush_past_the_guards() -> Iterator[None]:
    """Make Django's flush, which ends every test that commits, put the guarding triggers aside for its own time."""
    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", _execute):
        yield


def _execute(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
    if operations.connection.vendor == "postgresql":
        _wait_until_others_are_through(operations.connection)
    aside = _aside_on_sqlite if operations.connection.vendor == "sqlite" else _aside_on_postgresql
    with transaction.atomic(using=operations.connection.alias), operations.connection.cursor() as cursor, aside(cursor):
        for sql in sql_list:
            cursor.execute(sql)


def _wait_until_others_are_through(database: Any) -> None:
    """Wait, ten seconds at most, for what a page asked before it was closed: the two would lock each other out."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' AND state <> 'idle'"
    )
    with database.cursor() as cursor:
        for _turn in range(100):
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)


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
