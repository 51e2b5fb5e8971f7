"""Models, migrations and the database's own guards agree."""

from importlib import import_module
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import module_has_submodule

from cms.core import checks, triggers
from cms.core.triggers import Trigger

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_guard_is_in_the_database():
    call_command("check", tags=["database"], databases=["default"])


def test_every_guard_that_is_written_down_is_looked_for():
    rooms = [import_module(f"{app.name}.triggers") for app in apps.get_app_configs()
             if module_has_submodule(app.module, "triggers")]  # fmt: skip
    lists = [value for room in rooms for name, value in vars(room).items() if name.endswith("_TRIGGERS")]
    written = {each.name for guards in lists for each in guards}

    assert written and written - {each.name for each in checks.registered} == set()


def test_a_missing_guard_is_noticed():
    on = "" if connection.vendor == "sqlite" else " ON audit_auditevent"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_delete{on}")

    with pytest.raises(SystemCheckError, match="audit_event_no_delete"):
        call_command("check", tags=["database"], databases=["default"])


def test_guards_of_a_table_that_a_migration_is_still_to_make_keep_nobody_from_migrating():
    guarded = [Trigger("audit_event_no_delete", "audit_auditevent", "DELETE", "1 = 1", "no")]
    coming = Trigger("coming_no_delete", "a_table_to_come", "DELETE", "1 = 1", "no")
    with mock.patch.object(checks, "register") as registered, mock.patch.object(checks, "registered", []):
        checks.register_triggers([*guarded, coming])
    check = registered.call_args.args[0]
    with mock.patch.object(triggers, "missing", return_value=[]) as missing:
        assert check(databases=["default"]) == []

    assert missing.call_args.args[0] == guarded


def test_new_guards_of_a_table_that_is_there_keep_nobody_from_migrating():
    coming = Trigger("audit_event_later", "audit_auditevent", "DELETE", "1 = 1", "no")
    with mock.patch.object(checks, "register") as registered, mock.patch.object(checks, "registered", []):
        checks.register_triggers([coming])
    check = registered.call_args.args[0]

    assert [each.id for each in check(databases=["default"])] == ["core.E001"]
    MigrationRecorder(connection).record_unapplied("audit", "0001_initial")
    assert check(databases=["default"]) == []


def assert_noticed(name, *statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", tags=["database"], databases=["default"])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="each database has its own way")
def test_a_guard_of_the_same_name_that_guards_nothing_is_noticed_on_sqlite():
    assert_noticed(
        "audit_event_no_delete",
        "DROP TRIGGER audit_event_no_delete",
        "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_auditevent FOR EACH ROW WHEN FALSE "
        "BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END",
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="each database has its own way")
@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("audit_event_no_delete", "ALTER TABLE audit_auditevent DISABLE TRIGGER audit_event_no_delete"),
        ("audit_event_no_delete", "ALTER TABLE audit_auditevent ENABLE REPLICA TRIGGER audit_event_no_delete"),
        ("audit_event_no_update", "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL"),
        ("audit_auditevent_no_truncate", "DROP TRIGGER audit_auditevent_no_truncate ON audit_auditevent"),
        (
            "audit_event_no_update",
            "CREATE OR REPLACE FUNCTION audit_event_no_update() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NEW; END $$",
        ),
        (
            "audit_event_no_update",
            "CREATE OR REPLACE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_auditevent FOR EACH ROW "
            "WHEN (FALSE) EXECUTE FUNCTION audit_event_no_update()",
        ),
    ],
)
def test_a_guard_that_is_switched_off_is_noticed_on_postgresql(name, statement):
    assert_noticed(name, statement)
