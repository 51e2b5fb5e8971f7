"""Give the role that the platform runs as the rights that it needs, and no others (PostgreSQL)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from cms.core.checks import registered


class Command(BaseCommand):
    help = (
        "Give a PostgreSQL role what the running platform needs: no ownership, no TRUNCATE, no TRIGGER, nothing "
        "that the guards refuse anyhow. Run as the owner of the tables, after every migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role, made before with CREATE ROLE … LOGIN")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles: who can write to its file can do everything")
        role = options["role"]
        _require_lesser_role(role)
        quoted = connection.ops.quote_name(role)
        with connection.cursor() as cursor:
            for statement in _statements(quoted, connection.introspection.table_names(cursor)):
                cursor.execute(statement)
        self.stdout.write("OK")


def _require_lesser_role(role: str) -> None:
    """Refuse a role that could give itself what is taken from it here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
        if found is None:
            raise CommandError(f"there is no role {role}")
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND pg_has_role(%s, relowner, 'MEMBER')",
            [role],
        )
        if found[0] or cursor.fetchone()[0]:
            raise CommandError(f"{role} owns tables, belongs to their owner, or rules over roles")


def _statements(role: str, tables: list[str]) -> list[str]:
    refused = {(trigger.table, trigger.event) for trigger in registered if trigger.refuses_all}
    statements = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}, PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {role}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ]
    for table in sorted(tables):
        rights = ["SELECT"]
        if table != "django_migrations":
            rights += [right for right in ("INSERT", "UPDATE", "DELETE") if (table, right) not in refused]
        statements.append(f"GRANT {', '.join(rights)} ON {connection.ops.quote_name(table)} TO {role}")
    return statements
