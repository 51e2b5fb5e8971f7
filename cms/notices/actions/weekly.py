"""Once a week: what waits for each person who works in the admin."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.core.mail import in_the_platforms_language
from cms.core.waiting import lines_for
from cms.notices.actions.gathering import without_message
from cms.notices.actions.sending import Letter, send_all
from cms.notices.message_kinds import WEEKLY
from cms.organisations.models import Membership
from cms.users.models import User

_CHUNK = 50


def remind_of_waiting() -> Iterator[int]:
    """Tell everybody with a role for whom something waits, once from Monday to Sunday; yield after each chunk how many.

    Counted as on the first screen. Safe to repeat and to run twice at once.
    """
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - datetime.timedelta(days=today.weekday())
    people = list(Membership.objects.active().order_by("user").values_list("user", flat=True).distinct())
    for first in range(0, len(people), _CHUNK):
        yield _remind(people[first : first + _CHUNK], monday)


@transaction.atomic
def _remind(people: Collection[int], monday: datetime.datetime) -> int:
    letters = []
    with in_the_platforms_language():
        for user in User.objects.filter(pk__in=without_message(WEEKLY, people, since=monday)).order_by("pk"):
            if lines := lines_for(user, is_whole=True):
                waiting = "\n".join(f"– {line.number} {line.label}" for line in lines)
                letters.append(Letter(WEEKLY, [user.pk], reverse("wagtailadmin_home"), {"waiting": waiting}))
    send_all(letters)
    return len(letters)
