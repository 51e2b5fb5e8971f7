"""The partitions of work: one a month, made ahead."""

from __future__ import annotations

import datetime

from django.db import connection

from cms.assignments.models import WorkAssignment
from cms.core.partitions import make_partitions, months_between

# Work is planned for a year; what is due later waits in the default partition.
MONTHS_AHEAD = 12
_DAYS = 31 * MONTHS_AHEAD


def make_work_partitions(today: datetime.date) -> list[str]:
    """Make the partitions that are missing: of the months of work in the default one, and of the year ahead."""
    table = WorkAssignment._meta.db_table
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT month FROM {table}_default")  # noqa: S608
        waiting = {month for (month,) in cursor.fetchall() if month <= today}
    ahead = months_between(today, today + datetime.timedelta(days=_DAYS))
    return make_partitions(connection, table, "month", sorted({*waiting, *ahead}))
