"""House rules that a reader forgets, as system checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from cms.core import triggers

registered: list[triggers.Trigger] = []


def register_triggers(expected: list[triggers.Trigger], extra_sqlite: Iterable[str] = ()) -> None:
    """Make `manage.py check --database default` fail when a guard is not in force, as after a rebuilt SQLite table."""

    registered.extend(expected)

    def check(app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
        if not databases:
            return []
        connection = connections["default"]
        if expected[0].table not in connection.introspection.table_names():
            return []
        gone = triggers.missing(expected, connection)
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


@register(Tags.security, deploy=True)
def private_files_apart(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy when the originals of uploads would lie inside what a web server serves."""
    private, media = settings.PRIVATE_ROOT, settings.MEDIA_ROOT
    if str(private).startswith(str(media)):
        return [
            Error("The private files lie inside the media folder.", hint="Set THUOCDO_PRIVATE_DIR.", id="core.E002")
        ]
    return []
