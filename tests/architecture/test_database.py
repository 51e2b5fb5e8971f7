"""Models, migrations and the database's own guards agree."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_guard_is_in_the_database():
    call_command("check", tags=["database"], databases=["default"])


def test_a_missing_guard_is_noticed():
    on = "" if connection.vendor == "sqlite" else " ON audit_auditevent"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_delete{on}")

    with pytest.raises(SystemCheckError, match="audit_event_no_delete"):
        call_command("check", tags=["database"], databases=["default"])
