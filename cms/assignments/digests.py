"""What stands in an officer's digest of a day; read for many officers at once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.assignments.enums import ClaimState
from cms.assignments.models import Claim, ReminderChoice, WorkAssignment
from cms.assignments.rules import SOON
from cms.core.dates import format_date_vi
from cms.core.extension import ExtensionPoint
from cms.core.mail import address_of
from cms.organisations.managers import managers_of
from cms.organisations.models import Officer

# Of each part so many are named; the rest is counted.
MOST_NAMED = 10


@dataclass(frozen=True)
class Waiting:
    """Lines about steps that wait for an officer: those that are late, and those that are asked for now."""

    late: list[str]
    soon: list[str]


# Steps of evaluations that wait, by the officer's key, and those of reports that are long late, by the manager's.
waiting_steps: ExtensionPoint[[Sequence[Officer], datetime.date], dict[int, Waiting]] = ExtensionPoint(
    "the steps of evaluations that wait for officers"
)
long_late_steps: ExtensionPoint[[datetime.date], dict[int, list[str]]] = ExtensionPoint(
    "the steps of evaluations that are long late"
)


@dataclass
class Digest:
    """Lines of each part, in the order in which they are read."""

    late: list[str] = field(default_factory=list)
    soon: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    claims: int = 0

    def lines(self) -> list[str]:
        """Return the text of the mail; nothing when there is nothing to be reminded of."""
        parts = [
            (_("Late:"), self.late), (_("Due within 3 days:"), self.soon),
            (_("Evaluations that wait for you:"), self.steps),
            (_("Long late, of those whom you manage:"), self.reports),
        ]  # fmt: skip
        found: list[str] = []
        for heading, lines in parts:
            found += [heading, *_shortened(lines), ""] if lines else []
        if self.claims:
            waiting = ngettext("%(count)d claim waits for you.", "%(count)d claims wait for you.", self.claims)
            found += [waiting % {"count": self.claims}, ""]
        place = "personal:home" if self.steps else "personal:work"
        return [*found, _("Open it: %(address)s") % {"address": address_of(place)}] if found else []


def digests_of(officers: Sequence[Officer], day: datetime.date, reports: dict[int, list[str]]) -> dict[int, Digest]:
    """Return the digest of each officer by key, in a number of queries that does not grow.

    ``reports``: see ``long_late_reports``.
    """
    keys = [officer.pk for officer in officers]
    choices = ReminderChoice.objects.filter(officer__in=keys).in_bulk(field_name="officer_id")
    found: dict[int, Digest] = defaultdict(Digest)
    work = WorkAssignment.objects.filter(officer__in=keys, due_on__lte=day + SOON).open().order_by("due_on", "pk")
    for officer, code, name, due_on in work.values_list("officer", "code", "name", "due_on"):
        line = _("– %(day)s: %(work)s") % {"day": format_date_vi(due_on), "work": f"{code} {name}"}
        (found[officer].late if due_on < day else found[officer].soon).append(line)
    waiting = Claim.objects.filter(competent__in=keys, state=ClaimState.MADE).order_by()
    for officer, count in waiting.values_list("competent").annotate(Count("pk")):
        found[officer].claims = count
    for officer, steps in waiting_steps(officers, day).items():
        found[officer].late += steps.late
        found[officer].steps = steps.soon
    for officer in keys:
        if officer in reports:
            found[officer].reports = reports[officer]
    return {officer: _chosen(digest, choices.get(officer)) for officer, digest in found.items()}


def long_late_reports(day: datetime.date) -> dict[int, list[str]]:
    """Return, by the manager's key, a line for each report with work that is late by THUOCDO_ESCALATE_DAYS or more, and
    one for each whose steps of evaluations are.
    """
    since = day - datetime.timedelta(days=settings.THUOCDO_ESCALATE_DAYS)
    late = WorkAssignment.objects.open().filter(due_on__lte=since).order_by("officer__code")
    counts = list(late.values_list("officer", "officer__name", "officer__code").annotate(Count("pk")))
    managers = managers_of([officer for officer, *_rest in counts], day)
    lines: dict[int, list[str]] = defaultdict(list)
    for officer, name, code, count in counts:
        if manager := managers[officer].officer:
            text = ngettext("– %(name)s (%(code)s): %(count)d piece", "– %(name)s (%(code)s): %(count)d pieces", count)
            lines[manager.pk].append(text % {"name": name, "code": code, "count": count})
    for manager_key, steps in long_late_steps(day).items():
        lines[manager_key] += steps
    return lines


def _chosen(digest: Digest, choice: ReminderChoice | None) -> Digest:
    if choice is None:
        return digest
    return Digest(
        late=digest.late if choice.late else [], soon=digest.soon if choice.soon else [],
        steps=digest.steps if choice.soon else [],
        reports=digest.reports if choice.reports else [], claims=digest.claims if choice.claims else 0,
    )  # fmt: skip


def _shortened(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    rest = len(listed) - MOST_NAMED
    return [*listed[:MOST_NAMED], *([_("and %(number)s more pieces.") % {"number": rest}] if rest > 0 else [])]
