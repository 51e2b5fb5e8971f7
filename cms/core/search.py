"""Search that finds what is written with diacritics when it is typed without, on SQLite and on PostgreSQL.

A model keeps a folded text column (``cms.core.text.fold``: no diacritics, no case, words parted by one space). A full
text index over that column answers: FTS5 on SQLite, GIN over a ``simple`` tsvector on PostgreSQL. No extension is needed.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.core.text import fold

_QuerySet = TypeVar("_QuerySet", bound="models.QuerySet[Any]")

COLUMN = "search_text"
# Words beyond these narrow nothing that a person still reads.
_MAX_WORDS = 12


def search_folded(queryset: _QuerySet, text: str) -> _QuerySet:
    """Return the rows whose folded text holds every word of ``text``; each word may be only the beginning of one."""
    words = fold(text).split()[:_MAX_WORDS]
    if not words:
        return queryset
    return queryset.filter(**{f"{COLUMN}__holds_words": " ".join(words)})


@models.TextField.register_lookup
class HoldsWords(models.Lookup[Any]):
    """``search_text__holds_words="tham dinh ho so"`` over a column that ``install`` has indexed."""

    lookup_name = "holds_words"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Look the words up in the FTS5 table beside the model's own."""
        table, alias = self.lhs.target.model._meta.db_table, self.lhs.alias
        query = " ".join(f'"{word}" *' for word in self.rhs.split())
        return f'"{alias}"."id" IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s)', [query]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Match the expression that the GIN index holds."""
        column, params = self.process_lhs(compiler, connection)
        query = " & ".join(f"{word}:*" for word in self.rhs.split())
        return f"to_tsvector('simple'::regconfig, {column}) @@ to_tsquery('simple'::regconfig, %s)", [*params, query]


def install(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Create the index for a table with a folded column, and on SQLite the triggers that keep it in step."""
    statements = _sqlite(table) if schema_editor.connection.vendor == "sqlite" else _postgresql(table)
    for statement in statements:
        schema_editor.execute(statement, params=None)


def trigger_names(table: str) -> list[str]:
    """Return the triggers that ``install`` made on SQLite, for the check that they are still there."""
    return [f"{table}_fts_insert", f"{table}_fts_delete", f"{table}_fts_update"]


def _sqlite(table: str) -> list[str]:
    add = f"INSERT INTO {table}_fts(rowid, {COLUMN}) VALUES (NEW.id, NEW.{COLUMN});"
    drop = f"INSERT INTO {table}_fts({table}_fts, rowid, {COLUMN}) VALUES ('delete', OLD.id, OLD.{COLUMN});"
    insert, delete, update = trigger_names(table)
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5({COLUMN}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0, prefix='2 3')",
        f"DROP TRIGGER IF EXISTS {insert}",
        f"CREATE TRIGGER {insert} AFTER INSERT ON {table} BEGIN {add} END",
        f"DROP TRIGGER IF EXISTS {delete}",
        f"CREATE TRIGGER {delete} AFTER DELETE ON {table} BEGIN {drop} END",
        f"DROP TRIGGER IF EXISTS {update}",
        f"CREATE TRIGGER {update} AFTER UPDATE OF {COLUMN} ON {table} WHEN OLD.{COLUMN} IS NOT NEW.{COLUMN} "
        f"BEGIN {drop} {add} END",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE INDEX IF NOT EXISTS {table}_folded ON {table} USING gin (to_tsvector('simple'::regconfig, {COLUMN}))"
    ]
