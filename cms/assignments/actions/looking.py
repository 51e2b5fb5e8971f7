"""Signals about an agency's work: looked for by the timer, dismissed with a word by who heads it or manages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.models import Signal, WorkAssignment
from cms.assignments.signals_found import Finding, WorkRow, find_signals
from cms.assignments.working_days import days_had, month_span
from cms.audit.actions import record
from cms.core.errors import WrongState, require_words
from cms.core.mail import in_the_platforms_language
from cms.organisations.models import Agency, Officer
from cms.organisations.permissions import require
from cms.users.models import User

# So many months before the one that is looked at are one's own history.
HISTORY = 6
_READ = ("officer", "month", "completed", "coefficient", "item__hours", "result", "confirmed_at", "state")
_COUNTED = (WorkState.DONE, WorkState.CONFIRMED)


def find_all_signals(month: datetime.date) -> Iterator[int]:
    """Look at the month of every agency with work in it; yield after each how many signals stand."""
    of_month = WorkAssignment.objects.of_month(month).order_by().values("agency").distinct()
    for agency in Agency.objects.filter(pk__in=of_month).iterator():
        yield look_at(agency, month)


@transaction.atomic
def look_at(agency: Agency, month: datetime.date) -> int:
    """Write down what is unusual in the month of an agency's own people; what is found no longer is marked as gone."""
    first, last = month_span(month)
    rows, officers = _read(agency, first), set()
    officers = {row.officer for row in rows}
    names = dict(Officer.objects.filter(pk__in=officers).values_list("pk", "name"))
    with in_the_platforms_language():
        found = find_signals(rows, first, days_had(officers, first, last), names)
    known = {(one.kind, one.key): one for one in Signal.objects.select_for_update().filter(agency=agency, month=first)}
    for finding in found:
        _keep(agency, first, finding, known.pop((finding.kind, finding.key), None))
    gone = [one.pk for one in known.values()]
    Signal.objects.filter(pk__in=gone).update(is_gone=True)
    return Signal.objects.standing().filter(agency=agency, month=first).count()


def _keep(agency: Agency, month: datetime.date, finding: Finding, known: Signal | None) -> None:
    if known is None:
        Signal.objects.create(
            agency=agency, officer_id=finding.officer, month=month, kind=finding.kind, key=finding.key,
            why=finding.why, found_at=timezone.now(),
        )  # fmt: skip
    elif known.dismissed_at is None:
        Signal.objects.filter(pk=known.pk).update(why=finding.why, is_gone=False)


def _read(agency: Agency, month: datetime.date) -> list[WorkRow]:
    """Return the work of the agency's people in the month and those before it: one query."""
    ordinal = month.year * 12 + month.month - 1 - HISTORY
    since = datetime.date(ordinal // 12, ordinal % 12 + 1, 1)
    work = WorkAssignment.objects.filter(agency=agency, month__gte=since, month__lte=month, state__in=_COUNTED)
    rows = []
    for officer, when, completed, coefficient, hours, result, confirmed_at, state in work.values_list(*_READ):
        confirmed = timezone.localtime(confirmed_at) if confirmed_at and state == WorkState.CONFIRMED else None
        spent = None if hours is None else completed * hours
        rows.append(WorkRow(officer, when, completed * coefficient, spent, result, confirmed))
    return rows


@transaction.atomic
def dismiss_signal(*, by: User, signal: Signal, words: str) -> Signal:
    """Say what was found out; the signal stands no longer, and is not made again for the same thing."""
    signal = Signal.objects.select_for_update(of=("self",)).select_related("agency").get(pk=signal.pk)
    require(Signal.objects.visible_to(by).filter(pk=signal.pk).exists())
    if signal.dismissed_at is not None:
        raise WrongState(_("The signal was dismissed already."))
    words = require_words(words, InvalidWork(_("Say in a word what was found out.")))
    signal.words, signal.dismissed_by, signal.dismissed_at = words, by, timezone.now()
    signal.save()
    record(
        by=by, action="work_signal.dismiss", subject=signal, label=f"{signal.agency.code} – {signal.kind}",
        agency_code=signal.agency.code, reason=signal.words,
    )  # fmt: skip
    return signal
