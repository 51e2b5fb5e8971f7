"""What may be said of work, and what follows from its days: plain values in, sentences or numbers out."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_QUANTITY = Decimal(1_000_000)
QUANTITY_PLACES = 4
MOST_FAULTS = 1_000
# How many days before its last day work counts as soon due.
SOON = datetime.timedelta(days=3)


def check_days(given_on: datetime.date, due_on: datetime.date, done_on: datetime.date | None) -> list[Promise]:
    """Return what is wrong with the days of a piece of work, in sentences."""
    wrong: list[Promise] = []
    if due_on < given_on:
        wrong.append(_("The work would be due before it was given."))
    if done_on is not None and done_on < given_on:
        wrong.append(_("The work would be done before it was given."))
    return wrong


def check_quantities(assigned: Decimal, completed: Decimal) -> list[Promise]:
    """Return what is wrong with the quantities, in sentences. More may be completed than was assigned."""
    wrong: list[Promise] = []
    if not 0 < assigned <= MAX_QUANTITY:
        wrong.append(_("The quantity assigned is above 0 and at most 1,000,000."))
    if not 0 <= completed <= MAX_QUANTITY:
        wrong.append(_("The quantity completed is 0 to 1,000,000."))
    return wrong


def check_faults(quality_failures: int, late_occurrences: int) -> list[Promise]:
    """Return what is wrong with the counts of failures, in sentences."""
    if not 0 <= quality_failures <= MOST_FAULTS or not 0 <= late_occurrences <= MOST_FAULTS:
        return [_("Failures and delays are counted by the time, from 0 to 1,000.")]
    return []


def days_late(due_on: datetime.date, done_on: datetime.date | None, today: datetime.date) -> int:
    """Return by how many days the work is, or was, late: counted from the day after its last day; 0 in time."""
    return max(0, ((done_on or today) - due_on).days)
