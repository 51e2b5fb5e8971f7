"""Writes about days off and absences."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.errors import InvalidDay
from cms.assignments.models import Absence, DayOff
from cms.audit.actions import record
from cms.core.dates import SENTENCES, DateError, parse_date
from cms.core.errors import require_words
from cms.core.text import code_key
from cms.organisations.access import access_for
from cms.organisations.models import Officer
from cms.organisations.permissions import require
from cms.users.enums import WRITING_AGENCY_ROLES, Role
from cms.users.models import User

_MOST_DAYS = 366
# A list of an agency's absences is read while somebody waits.
MOST_ROWS = 500


def can_keep_days(user: User | None) -> bool:
    """Return whether the person keeps the province's days off: technical administrators, and Sở Nội vụ's editors."""
    return user is None or access_for(user).has(Role.TECHNICAL_ADMIN, Role.EDITOR)


@transaction.atomic
def save_day_off(*, by: User | None, day: datetime.date, name: str, is_working: bool = False) -> DayOff:
    """Make a day one on which nobody works, or, with ``is_working``, one on which work is made up."""
    require(can_keep_days(by))
    name = require_words(name, InvalidDay(_("Say what day it is.")))
    if is_working and day.weekday() < 5:
        raise InvalidDay(_("Work is made up on a Saturday or Sunday; the other days are worked anyway."))
    before = DayOff.objects.filter(day=day).values("name", "is_working").first()
    after = {"name": name, "is_working": is_working}
    kept, _created = DayOff.objects.update_or_create(day=day, defaults=after)
    if before != after:
        record(by=by, action="day_off.save", subject=kept, label=_label(day), before=dict(before or {}), after=after)
    return kept


@transaction.atomic
def remove_day_off(*, by: User | None, day_off: DayOff) -> None:
    """Make it a day like any other again."""
    require(can_keep_days(by))
    record(by=by, action="day_off.remove", subject=day_off, label=_label(day_off.day), before={"name": day_off.name})
    day_off.delete()


def can_enter_absence(user: User | None, officer: Officer) -> bool:
    """Return whether the person enters when an officer is away: who writes for the agency, or manages; never own."""
    if user is None:
        return True
    access = access_for(user)
    if officer.account_id == user.pk:
        return False
    held = officer.postings.unended(timezone.localdate()).select_related("agency")
    writes = any(access.acts_for(posting.agency, *WRITING_AGENCY_ROLES) for posting in held)
    return writes or officer.pk in access.managed


@transaction.atomic
def enter_absence(
    *, by: User | None, officer: Officer, first_day: datetime.date, last_day: datetime.date, reason: str
) -> Absence:
    """Note the days on which an officer is away. Raises ``InvalidDay``, ``NotAllowed``."""
    require(can_enter_absence(by, officer))
    if not first_day <= last_day <= first_day + datetime.timedelta(days=_MOST_DAYS):
        raise InvalidDay(_("An absence has its first day before its last, and is of a year at most."))
    reason = require_words(reason, InvalidDay(_("Say why: leave, training, illness. No more is asked.")))
    if Absence.objects.overlapping(first_day, last_day).filter(officer=officer).exists():
        raise InvalidDay(_("Some of these days are entered already."))
    absence = Absence.objects.create(
        officer=officer, first_day=first_day, last_day=last_day, reason=reason[:200], entered_by=by
    )
    days = {"first_day": first_day, "last_day": last_day}
    record(by=by, action="absence.enter", subject=absence, label=officer.code, after=days)
    return absence


@dataclass(frozen=True)
class AbsenceRow:
    """One row of a list of absences: its number there, and what it says, days as they were written."""

    number: int
    officer: str
    first_day: object
    last_day: object
    reason: str


@transaction.atomic
def enter_absences(*, by: User, rows: Sequence[AbsenceRow]) -> list[Absence]:
    """Note the absences of a list: all of them, or, when one row cannot be, none.

    Raises ``InvalidDay`` with a sentence for each row that is wrong.
    """
    if not 0 < len(rows) <= MOST_ROWS:
        raise InvalidDay(_("A list has 1 to %(count)d rows with days.") % {"count": MOST_ROWS})
    officers = {one.code: one for one in Officer.objects.filter(code__in={code_key(row.officer) for row in rows})}
    entered, wrong = [], []
    for row in rows:
        officer = officers.get(code_key(row.officer))
        try:
            # Who is not there and who is another agency's look alike.
            if officer is None or not can_enter_absence(by, officer):
                raise InvalidDay(_("You give work to nobody with this code."))
            with transaction.atomic():
                first, last = _read_day(row.first_day), _read_day(row.last_day)
                entered.append(enter_absence(by=by, officer=officer, first_day=first, last_day=last, reason=row.reason))
        except InvalidDay as refusal:
            wrong.append(_("Row %(number)d: %(why)s") % {"number": row.number, "why": refusal})
    if wrong:
        raise InvalidDay(" ".join(wrong))
    return entered


def _read_day(value: object) -> datetime.date:
    try:
        return parse_date(value)
    except DateError as error:
        raise InvalidDay(_(SENTENCES[error.code]) % error.params) from None


@transaction.atomic
def withdraw_absence(*, by: User | None, absence: Absence) -> Absence:
    """Take back what was entered by mistake; the row stays."""
    require(can_enter_absence(by, absence.officer))
    if absence.withdrawn_at is None:
        absence.withdrawn_at = timezone.now()
        absence.save(update_fields=["withdrawn_at"])
        record(by=by, action="absence.withdraw", subject=absence, label=absence.officer.code)
    return absence


def _label(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"
