"""Until when an officer may object, and the answer is due: from the day on which the result was made known.

The framework says how many days there are to object; where it does not, and for the answer, settings do: the decree
gives the right and no number. Whether Saturdays and Sundays count is a setting.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from cms.evaluations.models import Evaluation, Objection

_SATURDAY = 5


def notice_day(evaluation: Evaluation) -> datetime.date | None:
    """Return the day on which the officer learned of the result; None before that."""
    return evaluation.notified_on if evaluation.is_readable else None


def last_day_to_object(evaluation: Evaluation) -> datetime.date | None:
    """Return the last day on which an objection is taken; None where there is no result yet."""
    day = notice_day(evaluation)
    return None if day is None else after(day, _days_to_object(evaluation))


def _days_to_object(evaluation: Evaluation) -> int:
    version = evaluation.framework
    stated = version.definition.procedure.petition_days.value if version else None
    return settings.THUOCDO_OBJECTION_DAYS if stated is None else int(stated)


def answer_due(objection: Objection) -> datetime.date:
    """Return the day by which an objection is answered."""
    return after(timezone.localdate(objection.made_at), settings.THUOCDO_OBJECTION_ANSWER_DAYS)


def after(day: datetime.date, days: int) -> datetime.date:
    """Return the day so many days later; of working days Saturdays and Sundays are passed over."""
    if not settings.THUOCDO_OBJECTION_WORKING_DAYS:
        return day + datetime.timedelta(days=days)
    while days:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day
