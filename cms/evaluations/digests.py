"""Steps of evaluations in the digest of a day: what waits for whom, and what is long late, for many at once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.assignments.digests import Waiting
from cms.assignments.rules import SOON
from cms.core.dates import format_date_vi
from cms.evaluations.enums import AUTHORITIES, BODIES, Actor, Step
from cms.evaluations.models import Evaluation
from cms.evaluations.models.periods import period_name
from cms.organisations.enums import DelegationKind
from cms.organisations.managers import managers_of
from cms.organisations.models import Delegation, Membership, Officer
from cms.users.enums import AGENCY_ROLES

_COLUMNS = (
    "officer_id", "agency__path", "awaits", "awaits_actor", "awaits_due", "steps", "period__kind", "period__first_day",
    *(f"{field}_id" for field in AUTHORITIES.values()),
)  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """What is one line for whoever it waits for: a step of a period with its last day."""

    period: str
    step: str
    due: datetime.date | None
    is_own: bool
    remind: int | None

    def is_late(self, day: datetime.date) -> bool:
        return self.due is not None and self.due < day

    def is_asked(self, day: datetime.date) -> bool:
        """Return whether to remind of it already: without a last day always, otherwise so many days before it."""
        before = SOON if self.remind is None else datetime.timedelta(days=self.remind)
        return self.due is None or self.due <= day + before

    def words(self, count: int) -> str:
        what = _("your %(step)s") % {"step": self.step} if self.is_own else self.step
        said = {"period": self.period, "step": what, "count": count}
        line = (
            _("– %(period)s: %(step)s")
            if self.is_own
            else ngettext("– %(period)s: %(step)s, %(count)d person", "– %(period)s: %(step)s, %(count)d people", count)
        ) % said
        return f"{line} ({_('before %(day)s') % {'day': format_date_vi(self.due)}})" if self.due else line


def waiting_steps(officers: Sequence[Officer], day: datetime.date) -> dict[int, Waiting]:
    """Return the steps that wait for each of some officers, by key: their own, those of their authority or of a
    delegation of the day, and those of the bodies of their agencies; in a number of queries that does not grow.
    """
    keys = [officer.pk for officer in officers]
    stands_for = _stands_for(keys, day)
    members = _members(keys)
    competent = {*keys, *stands_for}
    asked = Q(awaits_actor=Actor.SELF, officer__in=keys)
    for actor, field in AUTHORITIES.items():
        asked |= Q(awaits_actor=actor, **{f"{field}__in": competent})
    for role, paths in members.items():
        for path in paths:
            asked |= Q(awaits_actor=role, agency__path__startswith=path)
    counts: dict[int, dict[_Line, int]] = defaultdict(lambda: defaultdict(int))
    rows = Evaluation.objects.unfinished().filter(asked).order_by("period__first_day", "pk").values(*_COLUMNS)
    for row in rows:
        line = _line(row)
        for officer in _asked_of(row, stands_for, members):
            if line.is_own or officer != row["officer_id"]:
                counts[officer][line] += 1
    found = {}
    for officer in keys:
        lines = [(line, line.words(count)) for line, count in counts.get(officer, {}).items() if line.is_asked(day)]
        if lines:
            late = [words for line, words in lines if line.is_late(day)]
            found[officer] = Waiting(late, [words for line, words in lines if not line.is_late(day)])
    return found


def long_late_steps(day: datetime.date) -> dict[int, list[str]]:
    """Return, by the manager's key, a line for each report whose steps are late by THUOCDO_ESCALATE_DAYS or more."""
    since = day - datetime.timedelta(days=settings.THUOCDO_ESCALATE_DAYS)
    late = Evaluation.objects.unfinished().filter(awaits_due__lte=since).exclude(awaits_actor__in=BODIES).order_by()
    counts: dict[int, int] = defaultdict(int)
    for row in late.values(*_COLUMNS):
        for officer in _asked_of(row, {}, {}):
            counts[officer] += 1
    managers, people = managers_of(counts, day), Officer.objects.in_bulk(counts)
    lines: dict[int, list[str]] = defaultdict(list)
    for officer, count in sorted(counts.items(), key=lambda each: people[each[0]].code):
        if manager := managers[officer].officer:
            text = ngettext(
                "– %(name)s (%(code)s): %(count)d step of evaluations",
                "– %(name)s (%(code)s): %(count)d steps of evaluations",
                count,
            )
            own = people[officer]
            lines[manager.pk].append(text % {"name": own.name, "code": own.code, "count": count})
    return lines


def _line(row: dict[str, Any]) -> _Line:
    data: dict[str, Any] = next((each for each in row["steps"] if each["step"] == row["awaits"]), {})
    return _Line(
        period_name(row["period__kind"], row["period__first_day"]), data.get("name") or str(Step(row["awaits"]).label),
        row["awaits_due"], row["awaits_actor"] == Actor.SELF, data.get("remind"),
    )  # fmt: skip


def _asked_of(
    row: dict[str, Any], stands_for: dict[int, list[int]], members: dict[str, dict[str, list[int]]]
) -> Iterator[int]:
    """Yield the keys of the officers for whom a row waits."""
    actor = row["awaits_actor"]
    if actor == Actor.SELF and row["officer_id"]:
        yield row["officer_id"]
    elif actor in AUTHORITIES and (named := row[f"{AUTHORITIES[Actor(actor)]}_id"]):
        yield named
        yield from stands_for.get(named, ())
    for path, officers in members.get(actor, {}).items():
        if row["agency__path"].startswith(path):
            yield from officers


def _stands_for(officers: Iterable[int], day: datetime.date) -> dict[int, list[int]]:
    """Return, by who has delegated, those of the officers who act in their place on a day."""
    held = Delegation.objects.on(day).filter(kind=DelegationKind.DELEGATION, to_officer__in=officers)
    found: dict[int, list[int]] = defaultdict(list)
    for giver, taker in held.order_by().values_list("from_officer", "to_officer"):
        if giver is not None:
            found[giver].append(taker)
    return found


def _members(officers: Iterable[int]) -> dict[str, dict[str, list[int]]]:
    """Return, by role and path of the agency, which of the officers belong to a body that procedures name.

    Bodies over the whole province read what waits for them on their list, of all agencies.
    """
    held = Membership.objects.active().filter(role__in=AGENCY_ROLES & {*BODIES}, user__officer__in=officers)
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for role, path, officer in held.order_by("pk").values_list("role", "agency__path", "user__officer"):
        found[role][path].append(officer)
    return found
