"""A guarded row is not replaced either: by REPLACE, by an upsert, by taking its key, by a copy of the whole table."""

import pytest
from django.db import DatabaseError, connection, transaction

from cms.audit.models import AuditEvent, AuditHead
from cms.catalogs.models import CatalogItem, CatalogVersion
from tests.factories import catalogs, frameworks
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.django_db
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE and no COPY")


@pytest.fixture
def guarded(approved, people):
    """Return a row of each guarded kind."""
    return {
        "event": AuditEvent.objects.first(),
        "head": AuditHead.objects.first(),
        "version": approved,
        "item": approved.items.first(),
        "release": publish_figures(),
        "framework": frameworks.published(),
    }


def attack(*statements):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def columns(row):
    return ", ".join(f'"{field.column}"' for field in row._meta.concrete_fields)


KINDS = ["event", "head", "version", "item", "release", "framework"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
@ON_SQLITE
def test_replace_is_refused(guarded, kind, verb):
    row = guarded[kind]
    table, names = row._meta.db_table, columns(row)
    before = type(row).objects.filter(pk=row.pk).values().get()
    attack(f"{verb} INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = {row.pk}")
    assert type(row).objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("kind", KINDS)
def test_an_upsert_is_refused(guarded, kind):
    row = guarded[kind]
    table, names = row._meta.db_table, columns(row)
    attack(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = {row.pk} "
        "ON CONFLICT (id) DO UPDATE SET id = excluded.id"
    )


@ON_SQLITE
def test_the_key_of_an_approved_row_is_not_taken(approved, people, province):
    draft = catalogs.make_version(people["other_uploader"], province.office)
    theirs, ours = draft.items.first(), approved.items.first()
    attack(f"UPDATE OR REPLACE catalogs_catalogitem SET id = {ours.pk} WHERE id = {theirs.pk}")
    attack(f"UPDATE OR REPLACE catalogs_catalogversion SET id = {approved.pk} WHERE id = {draft.pk}")
    attack(
        f"UPDATE OR REPLACE catalogs_catalogversion SET catalog_id = {approved.catalog_id}, number = {approved.number} "
        f"WHERE id = {draft.pk}"
    )
    names = columns(ours).replace('"version_id"', "{}")
    attack(
        f"REPLACE INTO catalogs_catalogitem ({names.format('version_id')}) "
        f"SELECT {names.format(draft.pk)} FROM catalogs_catalogitem WHERE id = {ours.pk}"
    )
    assert CatalogItem.objects.get(pk=ours.pk).version_id == approved.pk
    assert CatalogVersion.objects.filter(pk=approved.pk, state="approved").exists()


@pytest.mark.parametrize(
    "table", ["catalogs_catalogitem", "catalogs_catalogversion", "audit_auditevent", "audit_audithead"]
)
@ON_POSTGRESQL
def test_truncate_is_refused(approved, table):
    attack(f"TRUNCATE {table} CASCADE")


@ON_POSTGRESQL
def test_copy_adds_no_item_to_an_approved_version(approved):
    item = approved.items.order_by("pk").values().first()
    names = columns(approved.items.first())
    # Django does not translate the errors of a COPY.
    with pytest.raises(Exception, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE lent AS SELECT {names} FROM catalogs_catalogitem WHERE id = {item['id']}")
        cursor.execute("UPDATE lent SET id = 1000000, code = 'new', identity = gen_random_uuid()")
        with cursor.copy(f"COPY lent ({names}) TO STDOUT") as lent:
            rows = b"".join(bytes(part) for part in lent)
        with cursor.copy(f"COPY catalogs_catalogitem ({names}) FROM STDIN") as wanted:
            wanted.write(rows)
    assert approved.items.count() == 3
