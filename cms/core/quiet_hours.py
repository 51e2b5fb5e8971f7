"""Hours of the day in which somebody wants no e-mail."""

from __future__ import annotations

from django.db.models import F, Q


def quiet_at(hour: int) -> Q:
    """Return the condition on ``quiet_from`` and ``quiet_until`` of who gets no e-mail at an hour of the day.

    Quiet hours may run over midnight; from an hour until the same one are none.
    """
    within = Q(quiet_from__lte=hour, quiet_until__gt=hour)
    over = Q(quiet_from__lte=hour) | Q(quiet_until__gt=hour)
    return (Q(quiet_from__lt=F("quiet_until")) & within) | (Q(quiet_from__gt=F("quiet_until")) & over)
