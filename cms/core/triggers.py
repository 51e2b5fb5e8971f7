"""Database triggers that hold what actions promise, on SQLite and on PostgreSQL.

A rule that only Python knows is undone by one line of SQL. Each trigger is written once per database, installed by a
migration and looked for by a system check, because SQLite drops a table's triggers whenever a migration rebuilds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.core.partitions import partitions_of


@dataclass(frozen=True)
class Trigger:
    """One guard: ``when`` is an SQL condition over OLD and NEW that must never hold for the ``event`` on the table.

    On PostgreSQL one ``per_statement`` refuses every statement of its event, whatever rows it means. A table of
    partitions guards against deletion so: a row that moves to another partition is deleted there, by no statement.
    """

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE
    when: str
    message: str
    per_statement: bool = False

    @property
    def refuses_all(self) -> bool:
        """Return whether the event may never happen to any row, whatever stands in it."""
        return self.when in ("TRUE", "OLD.id IS NOT NULL")

    def install(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Create the trigger, replacing one of the same name."""
        for statement in self._statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def remove(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Drop the trigger if it is there."""
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.name}{on}", params=None)

    def definition(self, vendor: str) -> tuple[str, str]:
        """Return what the database reports of a trigger in force: the function's body, and its creation."""
        statements = self._statements(vendor)
        return ("" if vendor == "sqlite" else _body(statements[0])), statements[-1]

    def _statements(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            when = self.when.replace("IS DISTINCT FROM", "IS NOT")
            return [
                f"DROP TRIGGER IF EXISTS {self.name}",
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
            ]
        result = "OLD" if self.event == "DELETE" else "NEW"
        when, each = ("TRUE", "STATEMENT") if self.per_statement else (self.when, "ROW")
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {result}; END $$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH {each} "
            f"EXECUTE FUNCTION {self.name}()",
        ]


def install_all(triggers: Sequence[Trigger], schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Install every trigger of a list; PostgreSQL also learns to refuse TRUNCATE on the tables."""
    for trigger in triggers:
        trigger.install(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        for table in sorted({trigger.table for trigger in triggers}):
            for statement in _refuse_truncate(table):
                schema_editor.execute(statement, params=None)


def key_taken(table: str, *keys: str, only: str = "TRUE", is_update: bool = False) -> str:
    """Return the condition that a row written to the table would take the place of one that is there.

    Each of ``keys`` names the columns of a unique key, joined by commas; ``only`` is a condition over that row, taken.
    SQLite's REPLACE removes such a row without asking the triggers that guard against deletion. With ``is_update`` the
    row that is being written is not meant itself.
    """
    same = " OR ".join(
        "(" + " AND ".join(f"taken.{column} = NEW.{column}" for column in key.split(",")) + ")" for key in keys
    )
    apart = " AND taken.id <> OLD.id" if is_update else ""
    return f"EXISTS (SELECT 1 FROM {table} taken WHERE ({same}) AND {only}{apart})"  # noqa: S608


def row_missing(column: str, table: str) -> str:
    """Return the condition that a column of the row being written names no row of the table.

    What a foreign key would hold where there can be none: see ``partitions``.
    """
    return f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} there WHERE there.id = NEW.{column})"  # noqa: S608


def missing(triggers: Sequence[Trigger], connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that the database does not have, has switched off, or has with other contents.

    Every partition of a table has its table's triggers.
    """
    expected = {(trigger.table, trigger.name): trigger.definition(connection.vendor) for trigger in triggers}
    tables = sorted({trigger.table for trigger in triggers})
    if connection.vendor == "postgresql":
        for table in tables:
            function, _drop, create = _refuse_truncate(table)
            expected[table, f"{table}_no_truncate"] = _body(function), create
    for table in tables:
        for partition in partitions_of(connection, table):
            expected |= {
                (partition, name): (body, create.replace(f" ON {table} ", f" ON {partition} "))
                for (own, name), (body, create) in expected.items() if own == table
            }  # fmt: skip
    present = _definitions(connection)
    wrong = [key for key, definition in expected.items() if present.get(key) != definition]
    return [name if table in tables else f"{name} on {table}" for table, name in wrong]


def _body(function: str) -> str:
    return function.split("$$")[1]


def _definitions(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the triggers that are in force by table and name, each as ``Trigger.definition`` gives it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
            # Where a table was renamed, SQLite writes its name in quotes.
            return {(table, name): ("", sql.replace('"', "")) for table, name, sql in cursor.fetchall()}
        cursor.execute(
            "SELECT relname, tgname, prosrc, pg_get_triggerdef(t.oid, true) FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = tgfoid JOIN pg_class c ON c.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        return {(table, name): (source, created) for table, name, source, created in cursor.fetchall()}


def missing_names(names: Iterable[str], connection: BaseDatabaseWrapper) -> list[str]:
    """Return those of the names that no trigger of the database bears."""
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in names if name not in present]


def _refuse_truncate(table: str) -> list[str]:
    name = f"{table}_no_truncate"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table} is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]
