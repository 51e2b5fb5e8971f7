"""For which moment open data speaks: now, or the end of a day that is over."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Moment:
    """The end of a day that is over, or now (``is_final`` is False: the day may still bring something).

    What was published before ``until`` stands; all else is as if it had not happened.
    """

    day: datetime.date
    until: datetime.datetime
    is_final: bool

    @property
    def prefix(self) -> str:
        """Return what stands before the name of a file in its address: nothing for now."""
        return f"{self.day.isoformat()}/" if self.is_final else ""


def now() -> Moment:
    return Moment(timezone.localdate(), timezone.now(), is_final=False)


def end_of(day: datetime.date) -> Moment | None:
    """Return the end of a day in the province's time zone, or None while it is not over."""
    if day >= timezone.localdate():
        return None
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
    return Moment(day, timezone.make_aware(midnight), is_final=True)
