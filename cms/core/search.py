"""Search that finds what is written with diacritics when it is typed without, on SQLite and on PostgreSQL.

A model keeps a folded text column (``cms.core.text.fold``: no diacritics, no case, words parted by one space). A full
text index over that column answers: FTS5 on SQLite, GIN over a ``simple`` tsvector on PostgreSQL. No extension
is needed.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.core.text import fold

_QuerySet = TypeVar("_QuerySet", bound="models.QuerySet[Any]")

COLUMN = "search_text"
# Words beyond these narrow nothing that a person still reads.
_MAX_WORDS = 12
# Up to this many rows are found first and then put in order; more are met soon by walking in order and filtering.
_FEW = 1000


def search_folded(queryset: _QuerySet, text: str) -> _QuerySet:
    """Return the rows whose folded text holds every word of ``text``; each word may be only the beginning of one.

    Costs one query at once. Databases guess badly how rare a word is, and a wrong guess makes one page walk the whole
    table; so the index is asked first, and only words that stand on many rows are filtered for in the list's own order.
    """
    words = fold(text).split()[:_MAX_WORDS]
    if not words:
        return queryset
    keys = _first_ids(queryset, words)
    if len(keys) < _FEW:
        return queryset.filter(pk__in=keys)
    return queryset.filter(**{f"{COLUMN}__holds_words": " ".join(words)})


def _first_ids(queryset: models.QuerySet[Any], words: list[str]) -> list[int]:
    """Return the ids of the first rows of the index that hold the words, at most ``_FEW``."""
    table, connection = queryset.model._meta.db_table, connections[queryset.db]
    if connection.vendor == "sqlite":
        sql, query = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s LIMIT %s", _fts_query(words)
    else:
        sql, query = f"SELECT * FROM {table}_first(%s, %s)", _ts_query(words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, _FEW])
        return [pk for (pk,) in cursor.fetchall()]


def _fts_query(words: list[str]) -> str:
    return " ".join(f'"{word}"' for word in words) + " *"


def _ts_query(words: list[str]) -> str:
    return " & ".join(words) + ":*"


@models.TextField.register_lookup
class ContainsWords(models.Lookup[Any]):
    """``search_text__holds_words="tham dinh ho so"``: whole words in any order, the last perhaps only begun.

    No index helps; it is for words so common that a walk in the list's own order soon meets enough of them.
    """

    lookup_name = "holds_words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare each word, between spaces, with the folded text, between spaces."""
        column, params = self.process_lhs(compiler, connection)
        patterns = [f"%{word}%" for word in self._bounded()]
        sql = " AND ".join([f"(' ' || {column} || ' ') LIKE %s"] * len(patterns))
        return f"({sql})", [*params * len(patterns), *patterns]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Say the same so that the planner expects a third of the rows to match, and walks; LIKE seems rare to it."""
        column, params = self.process_lhs(compiler, connection)
        words = self._bounded()
        places = ", ".join([f"strpos(' ' || {column} || ' ', %s)"] * len(words))
        return f"LEAST({places}) > 0", [value for word in words for value in (*params, word)]

    def _bounded(self) -> list[str]:
        """Return the words with the spaces that stand around them; the last may go on."""
        *whole, begun = self.rhs.split()
        return [*(f" {word} " for word in whole), f" {begun}"]


def install(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Create the index for a table with a folded column, and what keeps it in step."""
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
        "tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0, prefix='2 3 4 5')",
        f"DROP TRIGGER IF EXISTS {insert}",
        f"CREATE TRIGGER {insert} AFTER INSERT ON {table} BEGIN {add} END",
        f"DROP TRIGGER IF EXISTS {delete}",
        f"CREATE TRIGGER {delete} AFTER DELETE ON {table} BEGIN {drop} END",
        f"DROP TRIGGER IF EXISTS {update}",
        f"CREATE TRIGGER {update} AFTER UPDATE OF {COLUMN} ON {table} WHEN OLD.{COLUMN} IS NOT NEW.{COLUMN} "
        f"BEGIN {drop} {add} END",
    ]


def _postgresql(table: str) -> list[str]:
    """The function keeps the planner from walking the table for words that it wrongly believes to be common."""
    vector = f"to_tsvector('simple'::regconfig, {COLUMN})"
    return [
        f"CREATE INDEX {table}_folded ON {table} USING gin ({vector})",
        f"CREATE OR REPLACE FUNCTION {table}_first(query text, most integer) RETURNS SETOF bigint LANGUAGE sql STABLE "
        "SET enable_seqscan = off SET enable_indexscan = off AS $$ "
        f"SELECT id FROM {table} WHERE {vector} @@ to_tsquery('simple', query) LIMIT most $$",
    ]
