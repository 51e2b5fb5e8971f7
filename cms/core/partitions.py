"""Tables that PostgreSQL cuts into partitions of a month each; SQLite keeps them whole, and the same code reads both.

Django knows nothing of it: to it the primary key is ``id``. In the database the month belongs to every unique key, so
no foreign key can point at such a table: keys to it have ``db_constraint=False`` and a guard (``row_missing``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# A month is made ahead without keeping the web waiting: who cannot have the lock so long tries again the next day.
_LOCK_TIMEOUT = "10s"


def next_month(month: datetime.date) -> datetime.date:
    """Return the first day of the month after that of a day."""
    return (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def months_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Yield the first day of each month from that of a day to that of another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)


def partitions_of(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """Return the names of the partitions of a table; none on SQLite and of a table that is whole."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            "WHERE i.inhparent = to_regclass(%s) ORDER BY c.relname",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def make_partitions(
    connection: BaseDatabaseWrapper, table: str, column: str, months: Iterable[datetime.date]
) -> list[str]:
    """Make the partitions of months that have none yet, and return their names.

    What was written for such a month lies in the default partition and moves into its own. Only the owner of the table
    may do this. Nothing happens on SQLite.
    """
    if connection.vendor != "postgresql":
        return []
    present, made = set(partitions_of(connection, table)), []
    for month in months:
        name = f"{table}_{month:%Y_%m}"
        if name not in present:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
                _make(cursor, table, column, name, month)
            made.append(name)
    return made


def _make(cursor: Any, table: str, column: str, name: str, month: datetime.date) -> None:
    # Filled first and attached then: attaching keeps no reader waiting, and no guard sees rows that only change place.
    end = next_month(month)
    bounds = f"{column} >= '{month}' AND {column} < '{end}'"
    cursor.execute(f"LOCK TABLE {table}_default IN ACCESS EXCLUSIVE MODE")
    cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    cursor.execute(f"INSERT INTO {name} SELECT * FROM {table}_default WHERE {bounds}")  # noqa: S608
    if cursor.rowcount:
        cursor.execute(f"ALTER TABLE {table}_default DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}_default WHERE {bounds}")  # noqa: S608
        cursor.execute(f"ALTER TABLE {table}_default ENABLE TRIGGER USER")
    cursor.execute(
        f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{month}') TO ('{next_month(month)}')"
    )
    _guard(cursor, table, name)


def _guard(cursor: Any, table: str, partition: str) -> None:
    """Give a partition the guards of whole statements, which it does not take over; those of rows it does."""
    for (definition,) in _fetched(
        cursor,
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal "
        "AND tgtype & 1 = 0",
        table,
    ):
        cursor.execute(definition.replace(f".{table} ", f".{partition} "))


def partition(connection: BaseDatabaseWrapper, table: str, column: str, ahead: Iterable[datetime.date]) -> None:
    """Turn a whole table into one of partitions, with a default one, in its place and with all that belongs to it.

    Every month that has rows gets a partition, and those of ``ahead``. Foreign keys to the table must be gone.
    """
    with _rebuilt(connection, table, column, f"PARTITION BY RANGE ({column})") as cursor:
        cursor.execute(f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT")
        months = {month for (month,) in _fetched(cursor, f"SELECT DISTINCT {column} FROM {table}_before")}  # noqa: S608
        for month in sorted(months | set(ahead)):
            _make(cursor, table, column, f"{table}_{month:%Y_%m}", month)
    with connection.cursor() as cursor:
        for name in partitions_of(connection, table):
            _guard(cursor, table, name)


def unite(connection: BaseDatabaseWrapper, table: str, column: str) -> None:
    """Turn a table of partitions into a whole one again."""
    with _rebuilt(connection, table, column, ""):
        pass


@contextmanager
def _rebuilt(connection: BaseDatabaseWrapper, table: str, column: str, cut: str) -> Iterator[Any]:
    """Make the table anew beside the old one, let the caller make its partitions, and move everything over."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        belongings = [*_indexes(cursor, table, column, bool(cut)), *_foreign_keys(cursor, table)]
        triggers = _fetched(
            cursor,
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal",
            table,
        )
        [(last,)] = _fetched(cursor, f"SELECT COALESCE(max(id), 0) FROM {table}")  # noqa: S608
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        start = max(last + 1, cursor.fetchone()[0])
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
        cursor.execute(
            f"CREATE TABLE {table} (LIKE {table}_before "
            f"INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMMENTS) {cut}"
        )
        yield cursor
        cursor.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608
        cursor.execute(f"DROP TABLE {table}_before")
        cursor.execute(f"CREATE SEQUENCE {table}_id_seq START {start} OWNED BY {table}.id")
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN id SET DEFAULT nextval('{table}_id_seq')")
        for statement in [*belongings, *(definition for (definition,) in triggers)]:
            cursor.execute(statement)


def _indexes(cursor: Any, table: str, column: str, is_cut: bool) -> list[str]:
    """Return the statements that make the keys and indexes of a table; in a cut one, each unique key has the month."""
    statements = []
    for name, is_primary, is_constraint, is_unique, columns, definition in _fetched(
        cursor,
        "SELECT c.relname, i.indisprimary, k.oid IS NOT NULL, i.indisunique, "
        "ARRAY(SELECT a.attname FROM unnest(i.indkey) WITH ORDINALITY n(key, place) "
        "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = n.key ORDER BY n.place)::text[], "
        "pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u') "
        "AND k.conrelid = i.indrelid WHERE i.indrelid = to_regclass(%s) ORDER BY c.relname",
        table,
    ):
        if is_constraint:
            own = [each for each in columns if each != column]
            keys = ", ".join([*own, column] if is_cut else own)
            kind = "PRIMARY KEY" if is_primary else "UNIQUE"
            statements.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {kind} ({keys})")
        elif is_unique and is_cut and column not in columns:
            raise ValueError(f"the unique index {name} does not hold over partitions by {column}")
        else:
            statements.append(definition.replace(" ON ONLY ", " ON "))
    return statements


def _foreign_keys(cursor: Any, table: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
        for name, definition in _fetched(
            cursor,
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = to_regclass(%s) AND contype = 'f' AND conparentid = 0",
            table,
        )
    ]


def _fetched(cursor: Any, sql: str, *values: str) -> list[Any]:
    cursor.execute(sql, values or None)
    found: list[Any] = cursor.fetchall()
    return found
