"""House rules that a reader forgets, as system checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from cms.core import triggers

registered: list[triggers.Trigger] = []


def register_triggers(expected: list[triggers.Trigger], extra_sqlite: Iterable[str] = ()) -> None:
    """Make `manage.py check --database default` fail when a guard is not in force, as after a rebuilt SQLite table."""

    registered.extend(expected)

    def check(app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
        if not databases:
            return []
        connection = connections["default"]
        tables = set(connection.introspection.table_names())
        if expected[0].table not in tables:
            return []
        # Migrating checks first: the guards of a table that is still to be made come with it, and new guards of one
        # that is there come with a migration of its app.
        gone = triggers.missing([each for each in expected if each.table in tables], connection)
        waiting = _apps_to_migrate(connection) if gone else ()
        coming = {each.name for each in expected if each.table.startswith(waiting)}
        gone = [name for name in gone if name not in coming]
        if connection.vendor == "sqlite":
            gone += triggers.missing_names(extra_sqlite, connection)
        return [
            Error(
                f"The database trigger {name} is missing, switched off or not as it was installed.",
                hint="Install the triggers again in a migration after each one that rebuilds their table.",
                id="core.E001",
            )
            for name in gone
        ]

    register(check, Tags.database)


def _apps_to_migrate(connection: Any) -> tuple[str, ...]:
    """Return the beginning of the tables' names of each app that has migrations to be applied."""
    loader = MigrationLoader(connection)
    waiting = {app for app, name in loader.graph.nodes if (app, name) not in loader.applied_migrations}
    return tuple(f"{app}_" for app in sorted(waiting))


@register(Tags.security, deploy=True)
def private_files_apart(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy when the originals of uploads would lie inside what a web server serves."""
    private, media = settings.PRIVATE_ROOT, settings.MEDIA_ROOT
    if str(private).startswith(str(media)):
        return [
            Error("The private files lie inside the media folder.", hint="Set THUOCDO_PRIVATE_DIR.", id="core.E002")
        ]
    return []


@register(Tags.security, deploy=True)
def proxies_agree(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy when a header of a proxy is trusted although there is to be none in front."""
    if settings.SECURE_PROXY_SSL_HEADER and not settings.THUOCDO_PROXY_COUNT:
        return [
            Error(
                "X-Forwarded-Proto is trusted, but no proxy stands in front that would set it.",
                hint="Set THUOCDO_PROXY_COUNT to the number of proxies, or THUOCDO_BEHIND_PROXY to false.",
                id="core.E003",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def counters_shared(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy when each process would count for itself how often somebody asks."""
    if settings.CACHES["default"]["BACKEND"].endswith((".LocMemCache", ".DummyCache")):
        return [
            Error(
                "Each process counts requests alone, so that limits grow with the number of processes.",
                hint="Leave THUOCDO_CACHE_URL out, or name a cache there that all processes share.",
                id="core.E004",
            )
        ]
    return []


@register(Tags.security)
def identity_keys_sound(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a key that seals nothing: it would be met when somebody enters a number."""
    for key in settings.THUOCDO_IDENTITY_KEYS:
        try:
            Fernet(key)
        except ValueError:
            hint = "Make one as .env.example says: 32 bytes in URL-safe base64."
            return [Error("A key in THUOCDO_IDENTITY_KEYS is no Fernet key.", hint=hint, id="core.E006")]
    return []
