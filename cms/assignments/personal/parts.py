"""The parts of an officer's open and waiting work: today, this week, late, later, waiting; and how many each has."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import OPEN_STATES, WorkState
from cms.assignments.models import WorkQuerySet

_OPEN = Q(state__in=OPEN_STATES)
_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """A part of the page: its word in the address, what it is called, and which work is in it on a day."""

    word: str
    title: str | Promise
    condition: Callable[[datetime.date], Q]


def _sunday(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=6 - day.weekday())


PARTS = (
    Part("hom-nay", _("Due today"), lambda day: _OPEN & Q(due_on=day)),
    Part("tuan-nay", _("Due this week"), lambda day: _OPEN & Q(due_on__gt=day, due_on__lte=_sunday(day))),
    Part("tre", _("Late"), lambda day: _OPEN & Q(due_on__lt=day)),
    Part("ve-sau", _("Due later"), lambda day: _OPEN & Q(due_on__gt=_sunday(day))),
    Part("cho", _("Waiting for confirmation"), lambda day: Q(state=WorkState.DONE)),
)
BY_WORD = {part.word: part for part in PARTS}


def counts_of(work: WorkQuerySet) -> dict[str, int]:
    """Return how many pieces each part has, by its word, in one query."""
    today = timezone.localdate()
    counts = {part.word: Count("pk", filter=part.condition(today)) for part in PARTS}
    return work.order_by().aggregate(**counts)


def of_part(work: WorkQuerySet, part: Part) -> WorkQuerySet:
    """Return the work of a part, the first due first."""
    return work.filter(part.condition(timezone.localdate())).order_by("due_on", "pk")
