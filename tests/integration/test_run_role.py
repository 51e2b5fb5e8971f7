"""The platform works as a role that owns nothing, and what that role may not do is refused by the database."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from cms.audit.models import AuditEvent
from tests.factories import catalogs

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]


@pytest.fixture
def run_role(people, province):
    """Go on as the role that the platform runs as."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE thuocdo_run")
        call_command("grant_run_role", "thuocdo_run")
        # Deferred checks would stand in the way of the end of the role.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE thuocdo_run")
        yield
        cursor.execute("RESET ROLE")


def test_the_platform_works(run_role, people, province, client):
    version = catalogs.make_approved(people, province.statistics)
    assert version.state == "approved"
    assert AuditEvent.objects.filter(action="catalog_version.approve", subject_id=str(version.pk)).exists()
    assert client.get("/api/v1/catalogs/").status_code == 200
    assert client.get("/").status_code == 200
    call_command("verify_audit")
    call_command("verify_published")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET reason = 'x'",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_audithead",
        "TRUNCATE audit_auditevent",
        "TRUNCATE catalogs_catalogitem CASCADE",
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_event_no_delete ON audit_auditevent",
        "CREATE OR REPLACE FUNCTION audit_event_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$",
        "SET session_replication_role = replica",
        "DROP TABLE audit_auditevent",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
        "DELETE FROM catalog_pages_transparencyrelease",
        "DELETE FROM frameworks_frameworkversion",
    ],
)
def test_attacks_are_refused(run_role, sql):
    refused = pytest.raises(DatabaseError, match="permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_role_that_owns_the_tables_is_refused(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError):
        call_command("grant_run_role", owner)
