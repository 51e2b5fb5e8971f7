"""Reminding agencies that have not sent their list, many at once, with the text that was shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.audit.models import AuditEvent
from cms.catalogs import permissions
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogRound
from cms.catalogs.progress import NOT_STARTED, STATES, agencies_in
from cms.catalogs.rounds import CurrentRounds, current_rounds
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError
from cms.core.mail import in_the_platforms_language
from cms.core.text import clean_text
from cms.notices.actions import Letter, composer, send_all
from cms.notices.wording import Rendered
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Membership
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES
from cms.users.models import User

LONGEST = 2_000
# Days before the last day of a round on which agencies are reminded without anybody's doing, and (below 0) after it.
REMINDED_ON = (7, 3, 1, -1, -3, -7)
# It is the agency's turn.
_BEHIND = [NOT_STARTED, *sorted(AGENCY_EDITABLE)]


@dataclass(frozen=True)
class ListReminder:
    """What one agency is written about its list: subject and lines as the mail has them, and which accounts read it."""

    agency: Agency
    subject: str
    lines: list[str]
    readers: list[int]
    values: dict[str, str]


def list_reminders(*, by: User, agencies: Sequence[str], words: str = "") -> list[ListReminder]:
    """Return what would be written to agencies (codes) whose turn it is, over which the person appraises.

    Those that have sent their list are left out, as are agencies of others. ``words`` stand in the middle of each.
    """
    rounds = current_rounds()
    over = access_for(by).rows_over("", *APPRAISING_ROLES)
    return _compose(agencies_in(rounds).filter(over, code__in=agencies), rounds, words)


def _compose(agencies: AgencyQuerySet, rounds: CurrentRounds, words: str = "") -> list[ListReminder]:
    """Return the reminders of those among agencies whose turn it is."""
    found = list(agencies.filter(standing__in=_BEHIND).order_by("path"))
    readers = _readers(found)
    with in_the_platforms_language():
        compose = composer("catalog.reminder")
        return [
            _reminder(compose, agency, rounds.of(agency.block), words, readers.get(agency.pk, [])) for agency in found
        ]


@transaction.atomic
def remind_agencies_of_lists(*, by: User, agencies: Sequence[str], words: str = "") -> list[ListReminder]:
    """Send agencies the reminders that ``list_reminders`` shows; each is an act in the ledger, with its text."""
    permissions.require(access_for(by).holds(*APPRAISING_ROLES))
    words = clean_text(words).text
    if len(words) > LONGEST:
        raise DomainError(_("At most %(count)d characters.") % {"count": LONGEST}, code="too_long")
    reminders = list_reminders(by=by, agencies=agencies, words=words)
    if not reminders:
        raise DomainError(
            _("Choose agencies that have not sent their list yet; nobody was reminded."), code="nobody_to_remind"
        )
    _send(by, reminders)
    return reminders


@transaction.atomic
def remind_of_deadlines() -> list[ListReminder]:
    """Remind agencies whose turn it is and whose round ends, or ended, ``REMINDED_ON`` days from today; once a day."""
    rounds, today = current_rounds(), timezone.localdate()
    ending = {
        round_.pk: part for part, round_ in rounds.parts() if round_ and (round_.submit_by - today).days in REMINDED_ON
    }
    if not ending:
        return []
    # A run beside this one waits here, and then finds who was reminded.
    list(CatalogRound.objects.select_for_update().filter(pk__in=ending).order_by("pk"))
    reminded = AuditEvent.objects.done("catalog.remind").between(today, today).filter(actor_id=None)
    agencies = agencies_in(rounds).filter(reduce(or_, ending.values())).exclude(code__in=reminded.values("agency_code"))
    reminders = [each for each in _compose(agencies, rounds) if each.readers]
    _send(None, reminders)
    return reminders


def _send(by: User | None, reminders: Sequence[ListReminder]) -> None:
    send_all(Letter("catalog.reminder", each.readers, _link(), each.values) for each in reminders)
    for each in reminders:
        record(
            by=by, action="catalog.remind", subject=each.agency, label=each.agency.name, agency_code=each.agency.code,
            after={"text": "\n".join(each.lines), "readers": len(each.readers)},
        )  # fmt: skip


def _reminder(
    compose: Callable[..., Rendered], agency: Any, round_: CatalogRound | None, words: str, readers: list[int]
) -> ListReminder:
    state = str(dict(STATES)[agency.standing]).lower()
    values = {"agency": agency.name, "state": state, "deadline": _deadline(round_), "words": words}
    written = compose(link=_link(), **values)
    return ListReminder(agency, written.subject, written.text.split("\n"), readers, values)


def _deadline(round_: CatalogRound | None) -> str:
    if not round_:
        return ""
    day = format_date_vi(round_.submit_by)
    late = (timezone.localdate() - round_.submit_by).days
    if late > 0:
        return _("It was to be submitted by %(day)s, %(late)d days ago.") % {"day": day, "late": late}
    return _("It is to be submitted by %(day)s.") % {"day": day}


def _link() -> str:
    return reverse("catalogs:overview")


def _readers(agencies: Sequence[Agency]) -> dict[int, list[int]]:
    held = Membership.objects.active().filter(role__in=WRITING_AGENCY_ROLES, agency__in=agencies, user__is_active=True)
    found: dict[int, set[int]] = {}
    for agency, account in held.values_list("agency", "user"):
        found.setdefault(agency, set()).add(account)
    return {agency: sorted(accounts) for agency, accounts in found.items()}
