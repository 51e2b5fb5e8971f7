"""The e-mail of the day: what a person chose to hear once a day, in one message."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.mail import in_the_platforms_language
from cms.notices.actions.sending import Letter, address_here, send_all
from cms.notices.enums import EmailState
from cms.notices.message_kinds import DIGEST
from cms.notices.models import Message
from cms.users.models import User

_CHUNK = 100
# So many messages are named; the rest is counted, and stands in the inbox.
MOST_NAMED = 50


def make_digests() -> Iterator[int]:
    """Make the e-mails of today, from the hour on at which reminders begin; yield after each chunk how many.

    Each holds what was told before that hour. Safe to repeat and to run twice at once: one a day for each person.
    """
    now = timezone.localtime()
    moment = now.replace(hour=settings.THUOCDO_REMIND_HOURS[0], minute=0, second=0, microsecond=0)
    if now < moment:
        return
    waiting = Message.objects.gathered(before=moment).order_by("recipient").distinct()
    people = [key for key in waiting.values_list("recipient", flat=True) if key]
    for first in range(0, len(people), _CHUNK):
        yield _make(people[first : first + _CHUNK], moment)


@transaction.atomic
def _make(people: Collection[int], moment: datetime.datetime) -> int:
    accounts = without_message(DIGEST, people, since=moment)
    rows = Message.objects.gathered(before=moment).filter(recipient__in=accounts).order_by("pk")
    found: dict[int, list[Message]] = {}
    for row in rows.only("recipient", "subject", "link"):
        found.setdefault(row.recipient_id or 0, []).append(row)
    with in_the_platforms_language():
        send_all(
            Letter(DIGEST, [account], reverse("inbox:list"), {"count": len(own), "messages": _named(own)})
            for account, own in found.items()
        )
    keys = [row.pk for own in found.values() for row in own]
    Message.objects.filter(pk__in=keys).update(email_state=EmailState.DIGESTED)
    return len(found)


def _named(rows: Sequence[Message]) -> str:
    lines = [f"– {row.subject}" + (f"\n  {address_here(row.link)}" if row.link else "") for row in rows[:MOST_NAMED]]
    rest = len(rows) - MOST_NAMED
    return "\n".join([*lines, *([_("and %(count)d more messages.") % {"count": rest}] if rest > 0 else [])])


def without_message(kind: str, accounts: Collection[int], *, since: datetime.datetime) -> list[int]:
    """Return which active accounts were told nothing of the kind since a moment, the caller's alone to tell until its
    transaction ends.
    """
    people = User.objects.select_for_update(no_key=True).filter(pk__in=accounts, is_active=True).order_by("pk")
    locked = list(people.values_list("pk", flat=True))
    told = Message.objects.filter(kind=kind, recipient__in=locked, made_at__gte=since)
    reached = set(told.values_list("recipient", flat=True))
    return [account for account in locked if account not in reached]
