"""Items as JSON that the database writes: a value of Python for each column costs more than all the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

import orjson
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.functions import Cast

from api.v1.links import Links
from api.v1.serializers.items import MEMBERS
from cms.catalogs.extra import only
from cms.catalogs.models import CatalogItem
from cms.curation.linked import linked_sql, table_of

# Numbers stand last.
_MEMBERS = sorted(MEMBERS[1:], key=lambda one: one.is_decimal)
_NOTHING = "{}"
_IDENTITY = 36

# A version's agency and number, and keys of the added columns that are seen.
Place = tuple[str, int, Collection[str]]


class ItemJSON(Func):
    """An item's identity in 36 characters, and right behind it all that it says but for added columns, as an object.

    One expression instead of one for each column: to put together the query would take longer than to run it.
    """

    def __init__(self) -> None:
        super().__init__(F("identity"), output_field=TextField())

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps identities as 32 digits, and numbers as they come."""
        table = table_of(self, compiler)
        common, params = linked_sql(table, _dashed("link.common"))
        return _on_sqlite(table, common), params

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL writes identities as the API does, and keeps four places."""
        table = table_of(self, compiler)
        common, params = linked_sql(table)
        return _on_postgresql(table, common), params


@lru_cache(maxsize=16)
def _on_sqlite(table: str, common: str) -> str:
    identity = _dashed(f'{table}."identity"')
    number = "CASE WHEN {0} IS NULL THEN NULL ELSE printf('%%.4f', {0}) END"
    written = {"identity": identity, **_written(table, "{0}", number), "common_item": common}
    pairs = ", ".join(f"'{name}', {sql}" for name, sql in written.items())
    return f"({identity} || json_object({pairs}))"


def _dashed(identity: str) -> str:
    places = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return " || '-' || ".join(f"substr({identity}, {start}, {length})" for start, length in places)


@lru_cache(maxsize=16)
def _on_postgresql(table: str, common: str) -> str:
    """Put texts together: its function that makes an object takes three times as long."""
    identity, number = f'{table}."identity"::text', "COALESCE('\"' || {0}::text || '\"', 'null')"
    value = "COALESCE(to_json({0})::text, 'null')"
    written = _written(table, value, number) | {"common_item": value.format(common)}
    pairs = " || ".join(f"',\"{name}\":' || {sql}" for name, sql in written.items())
    return f"({identity} || '{{\"identity\":\"' || {identity} || '\"' || {pairs} || '}}')"


def _written(table: str, value: str, number: str) -> dict[str, str]:
    """Return what stands for each member but the identity."""
    return {one.name: (number if one.is_decimal else value).format(f'{table}."{one.column}"') for one in _MEMBERS}


def with_json(items: QuerySet[CatalogItem]) -> QuerySet[Any]:
    """Return items with ``item_json`` and ``extra_json``, the JSON of their added columns."""
    return items.annotate(item_json=ItemJSON(), extra_json=Cast("extra", TextField()))


def beginning(links: Links, place: Place) -> str:
    """Return what a version's items begin with as JSON: all up to the identity at the end of the address."""
    agency, number, _columns = place
    address = f"{links.version(agency, number)}items/"
    return orjson.dumps({"agency": agency, "version": number, "url": address}).decode().removesuffix('"}')


def whole(beginning: str, item_json: str, extra: str, columns: Collection[str]) -> str:
    """Return the JSON of an item; ``columns`` are the keys of the added columns that the caller sees."""
    shown = extra if extra == _NOTHING else orjson.dumps(only(orjson.loads(extra), columns)).decode()
    return f'{beginning}{item_json[:_IDENTITY]}/",{item_json[_IDENTITY + 1 : -1]},"extra":{shown}}}'


def has_extra(rows: Iterable[Any]) -> bool:
    """Return whether one of the rows holds anything in an added column."""
    return any(row.extra_json != _NOTHING for row in rows)


def results(rows: Iterable[Any], places: Mapping[int, Place], links: Links) -> list[orjson.Fragment]:
    """Return rows with ``version_id``, ``item_json`` and ``extra_json`` as the renderer takes them: written already."""
    beginnings = {key: beginning(links, place) for key, place in places.items()}
    return [
        orjson.Fragment(whole(beginnings[row.version_id], row.item_json, row.extra_json, places[row.version_id][2]))
        for row in rows
    ]
