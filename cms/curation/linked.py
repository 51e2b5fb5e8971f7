"""Which common item in force each of many items is, found by the database while it reads them."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, ClassVar

from django.db import connection
from django.db.models import F, Func, UUIDField
from django.utils import timezone

from cms.catalogs.enums import FROZEN_STATES
from cms.catalogs.models import CatalogItemQuerySet
from cms.curation.models import CommonLink

_FROZEN = ", ".join(f"'{state}'" for state in sorted(FROZEN_STATES))
_PROVINCE = f"""
SELECT decided.id FROM catalogs_catalogversion decided
JOIN catalogs_catalog list ON list.id = decided.catalog_id
JOIN organisations_agency root ON root.id = list.agency_id AND root.depth = 1
WHERE decided.state IN ({_FROZEN})
AND decided.effective_from <= %s AND COALESCE(decided.effective_to, %s) >= %s
"""  # noqa: S608 - made of constants
_LINKED = """
(SELECT {value} FROM curation_commonlink link
JOIN catalogs_catalogversion own ON own.catalog_id = link.catalog_id AND own.id = {table}.version_id
WHERE link.identity = {table}.identity AND link.ended_at IS NULL AND EXISTS (
    SELECT 1 FROM catalogs_catalogitem held WHERE held.identity = link.common AND held.version_id IN ({versions})
))"""


def linked_sql(table: str, value: str = "link.common") -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of the common item in force of a row of items, in a query that calls these ``table``, quoted.

    ``value`` is what is made of ``link.common``, its identity; there is none where the item is no common item today.
    """
    today = timezone.localdate().isoformat()
    return _LINKED.format(table=table, value=value, versions=_PROVINCE), (today, today, today)


class LinkedCommon(Func):
    """The identity of the common item in force that an item is, or nothing; everybody may know it."""

    output_field: ClassVar[Any] = UUIDField(null=True)

    def __init__(self) -> None:
        super().__init__(F("identity"), output_field=UUIDField(null=True))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Write the expression, the same for both databases."""
        return linked_sql(table_of(self, compiler))

    as_postgresql = as_sqlite


def table_of(expression: Func, compiler: Any) -> str:
    """Return how a query calls the table of items, quoted; the expression's only source is their identity."""
    column: str = compiler.compile(expression.get_source_expressions()[0])[0]
    return column.removesuffix('."identity"')


def linked_to(items: CatalogItemQuerySet, common: uuid.UUID | None) -> CatalogItemQuerySet:
    """Return the items that are this common item in force; with None those that are none."""
    items = items.alias(linked=LinkedCommon())
    if common is None:
        return items.filter(linked=None)
    # Their identities lead to them through an index.
    links = CommonLink.objects.standing().filter(common=common)
    return items.filter(identity__in=links.values("identity"), linked=common)


def links_stamp(catalog: int | None = None) -> str:
    """Return a short text that differs when another link of a catalog, or of any, was made or ended, or holds.

    Where there never was a link it is empty.
    """
    today = timezone.localdate().isoformat()
    of_catalog = "" if catalog is None else f" WHERE catalog_id = {int(catalog)}"
    # As plain SQL: every page of a version's items asks this, and to put the query together would take the longest.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*), MAX(made_at), MAX(ended_at), (SELECT MAX(id) FROM ({_PROVINCE}) held) "  # noqa: S608
            f"FROM curation_commonlink{of_catalog}",
            [today, today, today],
        )
        count, *kept = cursor.fetchone()
    return f"links-{hashlib.sha256(repr((count, kept)).encode()).hexdigest()[:12]}" if count else ""
