"""Which months of whose work are final."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef

from cms.evaluations.models import Evaluation, Reopening


def is_month_locked(officer: int, month: datetime.date) -> bool:
    """Return whether an officer's work of a month is final: a period over it is locked, and not opened again for them.

    Periods that are made of shorter ones lock no work.
    """
    reopened = Exists(Reopening.objects.open().filter(evaluation=OuterRef("pk")))
    over = Evaluation.objects.filter(
        officer=officer, period__locked_at__isnull=False, period__made_of="",
        period__first_day__lte=month, period__last_day__gte=month,
    )  # fmt: skip
    return over.exclude(reopened).exists()
