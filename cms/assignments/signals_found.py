"""What is unusual in a month of work, found in plain rows: each finding says why. Pure; nothing follows from it.

A person looks at it and dismisses it with a word. Thresholds stand here, so that whoever reads a signal can check it.
"""

from __future__ import annotations

import datetime
import hashlib
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.assignments.planning_enums import SignalKind
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.text import fold

HOURS_A_DAY = Decimal(8)
# The same words are looked at from so many letters and so many people on.
LEAST_LETTERS, LEAST_PEOPLE = 40, 3
# So many times one's own usual month, and one's peers', is far more; usual is the median of at least three months.
FAR_MORE, LEAST_MONTHS = Decimal(2), 3
# Of so many confirmations so large a part within one hour of the last one.
LEAST_CONFIRMED, MOST_PART = 10, Decimal("0.9")


@dataclass(frozen=True)
class WorkRow:
    """One piece of work: whose, when it counts, and what became of it."""

    officer: int
    month: datetime.date
    units: Decimal
    hours: Decimal | None
    result: str
    confirmed_at: datetime.datetime | None


@dataclass(frozen=True)
class Finding:
    """Something unusual: about whom (None: about the agency), what kind, a key that stays, and why."""

    officer: int | None
    kind: str
    key: str
    why: str


def find_signals(
    rows: Iterable[WorkRow], month: datetime.date, days: Mapping[int, int], names: Mapping[int, str]
) -> list[Finding]:
    """Return what is unusual in a month among the rows of an agency's people, of it and of the months before.

    ``days`` are the days that each officer works in the month, ``names`` how each is called.
    """
    listed = list(rows)
    own = [row for row in listed if row.month == month]
    return [
        *_overloads(own, days),
        *_spikes(listed, month),
        *_same_words(own, names),
        *_last_hour(own),
    ]


def _overloads(rows: Sequence[WorkRow], days: Mapping[int, int]) -> list[Finding]:
    hours: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        hours[row.officer] += row.hours or 0
    found = []
    for officer, total in hours.items():
        had = HOURS_A_DAY * days.get(officer, 0)
        if total > had:
            words = {"hours": format_decimal_vi(total), "had": format_decimal_vi(had), "days": days.get(officer, 0)}
            why = _("%(hours)s standard hours were completed; %(days)s working days hold %(had)s.") % words
            found.append(Finding(officer, SignalKind.OVERLOAD, str(officer), why))
    return found


def _spikes(rows: Sequence[WorkRow], month: datetime.date) -> list[Finding]:
    units: dict[int, dict[datetime.date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        units[row.officer][row.month] += row.units
    now = {officer: months[month] for officer, months in units.items() if month in months}
    found = []
    for officer, amount in now.items():
        before = [value for when, value in units[officer].items() if when != month]
        peers = [value for other, value in now.items() if other != officer]
        if len(before) < LEAST_MONTHS or not peers:
            continue
        usual, theirs = statistics.median(before), statistics.median(peers)
        if amount > FAR_MORE * usual and amount > FAR_MORE * theirs:
            words = {
                "now": format_decimal_vi(amount), "usual": format_decimal_vi(usual), "peers": format_decimal_vi(theirs),
            }  # fmt: skip
            why = _(
                "%(now)s standard units in this month; the officer's usual month has %(usual)s, colleagues %(peers)s."
            )
            found.append(Finding(officer, SignalKind.SPIKE, str(officer), why % words))
    return found


def _same_words(rows: Sequence[WorkRow], names: Mapping[int, str]) -> list[Finding]:
    people: dict[str, set[int]] = defaultdict(set)
    first: dict[str, str] = {}
    for row in rows:
        folded = " ".join(fold(row.result).split())
        if len(folded) >= LEAST_LETTERS:
            people[folded].add(row.officer)
            first.setdefault(folded, row.result)
    found = []
    for folded, officers in people.items():
        if len(officers) >= LEAST_PEOPLE:
            listed = ", ".join(sorted(names.get(officer, "") for officer in officers))
            words = {"count": len(officers), "people": listed, "text": first[folded][:200]}
            why = _("%(count)s people reported the same words (%(people)s): “%(text)s”.") % words
            key = hashlib.sha256(folded.encode()).hexdigest()[:32]
            found.append(Finding(None, SignalKind.SAME_WORDS, key, why))
    return found


def _last_hour(rows: Sequence[WorkRow]) -> list[Finding]:
    moments = sorted(row.confirmed_at for row in rows if row.confirmed_at is not None)
    if len(moments) < LEAST_CONFIRMED:
        return []
    since = moments[-1] - datetime.timedelta(hours=1)
    late = sum(moment >= since for moment in moments)
    if late < MOST_PART * len(moments):
        return []
    words = {"late": late, "all": len(moments), "day": format_date_vi(moments[-1].date())}
    why = _("%(late)s of %(all)s confirmations of the month were given within one hour, on %(day)s.") % words
    return [Finding(None, SignalKind.LAST_HOUR, "agency", why)]
