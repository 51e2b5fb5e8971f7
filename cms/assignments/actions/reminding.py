"""One digest a day for each officer who has something to be reminded of."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Sequence
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core import mail
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.bouncing import refusal_of
from cms.assignments.digests import digests_of, long_late_reports
from cms.assignments.models import Reminder, ReminderChoice
from cms.core.dates import format_date_vi
from cms.core.mail import in_the_platforms_language
from cms.organisations.models import Officer

logger = logging.getLogger(__name__)

CHUNK = 500
# A mail server that refuses somebody so often is not asked again that day.
MOST_TRIES = 3


def choose_reminders(*, officer: Officer, **wanted: bool | int) -> ReminderChoice:
    """Keep of what an officer wants to be reminded."""
    return ReminderChoice.objects.update_or_create(officer=officer, defaults=wanted)[0]


def send_reminders(day: datetime.date, hour: int | None = None) -> Iterator[int]:
    """Send the digests of a day that were not sent yet; yield after each chunk how many went out.

    Each is written down before it is sent and marked after: a run that was killed goes on where it stopped, and what
    it was sending has the same Message-ID again, by which mail systems know it. Who cannot be reached keeps nobody
    else from theirs. With ``hour`` those are left for a later run who chose to get no mail at that hour.
    """
    with in_the_platforms_language():
        reports = long_late_reports(day)
    people = Officer.objects.filter(account__is_active=True).exclude(account__email="").order_by("pk")
    if hour is not None:
        people = people.exclude(reminder_choice__in=ReminderChoice.objects.quiet_at(hour))
    done = Reminder.objects.filter(day=day).exclude(sent_at=None, tries__lt=MOST_TRIES)
    waiting = list(people.exclude(pk__in=done.values("officer")).values_list("pk", flat=True))
    for first in range(0, len(waiting), CHUNK):
        officers = list(people.filter(pk__in=waiting[first : first + CHUNK]).select_related("account"))
        with in_the_platforms_language():
            yield _send_chunk(officers, day, reports)


def _send_chunk(officers: Sequence[Officer], day: datetime.date, reports: dict[int, list[str]]) -> int:
    digests = {key: lines for key, each in digests_of(officers, day, reports).items() if (lines := each.lines())}
    Reminder.objects.bulk_create([Reminder(officer_id=key, day=day) for key in digests], ignore_conflicts=True)
    notes = Reminder.objects.filter(day=day, officer__in=digests, sent_at=None).in_bulk(field_name="pk")
    by_officer = {note.officer_id: note for note in notes.values()}
    sent = 0
    with mail.get_connection() as connection:
        for officer in officers:
            if officer.pk in by_officer:
                sent += _send(connection, officer, by_officer[officer.pk], digests[officer.pk])
    return sent


def _send(connection: Any, officer: Officer, note: Reminder, lines: list[str]) -> bool:
    subject = _("Your work on %(day)s") % {"day": format_date_vi(note.day)}
    name = f"<nhac-viec-{note.day:%Y%m%d}-{officer.pk}@{settings.WAGTAILADMIN_BASE_URL.split('//')[-1].rstrip('/')}>"
    to = [officer.account.email] if officer.account else []
    message = mail.EmailMessage(subject, "\n".join(lines), to=to, connection=connection, headers={"Message-ID": name})
    changes: dict[str, Any] = {"tries": F("tries") + 1}
    try:
        message.send()
        changes["sent_at"] = timezone.now()
    except OSError as refusal:
        logger.warning("a reminder was refused: %s", type(refusal).__name__)
        if isinstance(refusal, SMTPRecipientsRefused) and to:
            changes |= {"refusal": refusal_of(refusal, to[0]), "refused_address": to[0]}
    Reminder.objects.filter(pk=note.pk).update(**changes)
    return "sent_at" in changes
