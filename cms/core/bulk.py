"""Writing many rows at once without making a model instance of each: several times as fast as ``bulk_create``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, router

_CHUNK = 2000
# So many keys or rows go into one statement elsewhere.
CHUNK = 500
# So many values stand in one statement at the most.
_VALUES = 900
_TEXTS = (models.CharField, models.TextField)
_ENCODER = DjangoJSONEncoder()
_Value = TypeVar("_Value")


def chunks(values: Iterable[_Value], size: int = CHUNK) -> Iterator[list[_Value]]:
    """Yield values in lists of so many at the most, in their order."""
    waiting = iter(values)
    while some := list(islice(waiting, size)):
        yield some


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values in the order of ``names``, which name every column but the automatic key.

    Neither ``save`` nor signals run; what the database itself holds (constraints, triggers) holds. Call it inside a
    transaction.
    """
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    prepare = [_preparer(field, connection) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    table = f"{quote(model._meta.db_table)} ({columns})"
    with connection.cursor() as cursor:
        for chunk in chunks(rows, _CHUNK):
            columnwise = zip(prepare, zip(*chunk, strict=True), strict=True)
            prepared = zip(*(each(values) for each, values in columnwise), strict=True)
            if connection.vendor == "postgresql":
                with connection.wrap_database_errors:
                    _copy(cursor, table, prepared)
            else:
                _insert(cursor, table, len(fields), list(prepared))


def update_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set columns of rows that are there: each is the values in the order of ``names``, then the key of the row.

    As ``insert_rows``: no ``save``, no signals, inside a transaction.
    """
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    key: Any = model._meta.pk
    prepare = [_preparer(field, connection) for field in [*fields, key]]
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {quote(key.column)} = %s"  # noqa: S608 - our names
    with connection.cursor() as cursor:
        for chunk in chunks(rows, _CHUNK):
            columnwise = zip(prepare, zip(*chunk, strict=True), strict=True)
            cursor.executemany(statement, list(zip(*(each(values) for each, values in columnwise), strict=True)))


def whole_rows(
    model: type[models.Model], rows: Iterable[dict[str, Any]]
) -> tuple[list[str], Iterator[tuple[Any, ...]]]:  # fmt: skip
    """Return ``names`` and ``rows`` for ``insert_rows``: fields that a row does not name have their defaults."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = [field.name for field in fields]
    usual = {field.name: field.get_default() for field in fields if not callable(field.default)}
    made = {field.name: field.get_default for field in fields if callable(field.default)}
    in_order = itemgetter(*names)

    def values(row: dict[str, Any]) -> tuple[Any, ...]:
        fresh = {name: make() for name, make in made.items() if name not in row}
        return in_order({**usual, **fresh, **row})

    return names, map(values, rows)


def instance_rows(made: Sequence[models.Model]) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return ``names`` and ``rows`` for ``insert_rows`` of new instances of one model; none gets a key."""
    fields = [field for field in made[0]._meta.concrete_fields if not field.primary_key]
    return [field.name for field in fields], map(attrgetter(*(field.attname for field in fields)), made)


def _insert(cursor: Any, table: str, width: int, rows: list[tuple[Any, ...]]) -> None:
    """Insert several rows in each statement: SQLite keeps a journal of each where a table has guards."""
    place = f"({', '.join(['%s'] * width)})"
    together = max(1, _VALUES // width)
    whole = len(rows) - len(rows) % together
    for count, some in ((together, rows[:whole]), (1, rows[whole:])):
        statement = f"INSERT INTO {table} VALUES {', '.join([place] * count)}"  # noqa: S608 - our names
        groups = (some[start : start + count] for start in range(0, len(some), count))
        cursor.executemany(statement, [tuple(chain.from_iterable(group)) for group in groups])


def _copy(cursor: Any, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _preparer(field: models.Field[Any, Any], connection: Any) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Return what turns the values of one column into what the database driver takes."""
    if type(field) in _TEXTS:
        return _as_they_are
    if isinstance(field, models.JSONField):
        return lambda values: [_json(field, value, connection) for value in values]

    def prepare(values: Sequence[Any]) -> Iterable[Any]:
        # Most columns hold the same few values over and over.
        prepared_values = {value: field.get_db_prep_save(value, connection) for value in set(values)}
        return map(prepared_values.__getitem__, values)

    return prepare


def _json(field: models.JSONField[Any, Any], value: Any, connection: Any) -> Any:
    """Return JSON as text, which both databases take; what only the field's own way can write goes that way."""
    if value is not None and field.encoder in (None, DjangoJSONEncoder):
        default = _ENCODER.default if field.encoder else None
        with suppress(orjson.JSONEncodeError):
            return orjson.dumps(value, default, orjson.OPT_PASSTHROUGH_DATETIME).decode()
    return field.get_db_prep_save(value, connection)


def _as_they_are(values: Sequence[Any]) -> Iterable[Any]:
    return values
