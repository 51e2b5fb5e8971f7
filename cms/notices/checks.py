"""A check that says when e-mails do not get out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from cms.notices.models import Message


@register(Tags.database, deploy=True)
def messages_get_out(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn where e-mails have waited for more than a day."""
    if not databases or Message._meta.db_table not in connections["default"].introspection.table_names():
        return []
    overdue = Message.objects.overdue().count()
    hint = "Look at the admin's list of e-mails, at EMAIL_URL, and whether manage.py send_messages runs by a timer."
    return [Warning(f"{overdue} e-mails wait for more than a day.", hint=hint, id="notices.W001")] if overdue else []
