"""Reminding the desks of agencies of the clocks of the year."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.core.mail import in_the_platforms_language
from cms.evaluations.clock_lines import due_clocks
from cms.notices.actions import Letter, send_all, without_message

_KIND = "evaluation.clock"


@transaction.atomic
def remind_of_clocks() -> int:
    """Tell each desk what the calendar asks of its agency today, once a day; return how many people are told.

    Safe to repeat and to run twice at once. A mail server that is down delays the e-mail and loses nothing.
    """
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    with in_the_platforms_language():
        lines = due_clocks(today.date())
    accounts = without_message(_KIND, lines, since=today)
    send_all(
        Letter(_KIND, [account], reverse("evaluations:period_list"), {"clocks": "\n".join(lines[account])})
        for account in accounts
    )
    return len(accounts)
