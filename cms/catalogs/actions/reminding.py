"""Reminding agencies that have not sent their list, many at once, with the text that was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogRound
from cms.catalogs.progress import NOT_STARTED, STATES, agencies_in
from cms.catalogs.rounds import current_rounds
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError
from cms.core.mail import address_of, in_the_platforms_language, send_notice
from cms.core.text import clean_text
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Membership
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES
from cms.users.models import User

LONGEST = 2_000
# It is the agency's turn.
_BEHIND = [NOT_STARTED, *sorted(AGENCY_EDITABLE)]


@dataclass(frozen=True)
class ListReminder:
    """What one agency is written about its list: subject and lines as the mail has them, and to how many it goes."""

    agency: Agency
    subject: str
    lines: list[str]
    readers: list[str]


def list_reminders(*, by: User, agencies: Sequence[str], words: str = "") -> list[ListReminder]:
    """Return what would be written to agencies (codes) whose turn it is, over which the person appraises.

    Those that have sent their list are left out, as are agencies of others. ``words`` stand in the middle of each.
    """
    rounds = current_rounds()
    over = access_for(by).rows_over("", *APPRAISING_ROLES)
    behind = agencies_in(rounds).filter(over, code__in=agencies, standing__in=_BEHIND).order_by("path")
    found = list(behind)
    readers = _readers(found)
    with in_the_platforms_language():
        return [
            ListReminder(
                agency, _("Reminder of the catalog: %(agency)s") % {"agency": agency.name},
                _lines(agency, rounds.of(agency.block), words), readers.get(agency.pk, []),
            )
            for agency in found
        ]  # fmt: skip


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
    for each in reminders:
        send_notice(each.subject, each.lines, each.readers)
        record(
            by=by, action="catalog.remind", subject=each.agency, label=each.agency.name, agency_code=each.agency.code,
            after={"text": "\n".join(each.lines), "readers": len(each.readers)},
        )  # fmt: skip
    return reminders


def _lines(agency: Any, round_: CatalogRound | None, words: str) -> list[str]:
    state = str(dict(STATES)[agency.standing])
    lines = [
        _("To: %(agency)s") % {"agency": agency.name}, "",
        _("The list of products and works of the agency: %(state)s.") % {"state": state.lower()},
    ]  # fmt: skip
    if round_:
        day = format_date_vi(round_.submit_by)
        late = (timezone.localdate() - round_.submit_by).days
        if late > 0:
            lines.append(_("It was to be submitted by %(day)s, %(late)d days ago.") % {"day": day, "late": late})
        else:
            lines.append(_("It is to be submitted by %(day)s.") % {"day": day})
    closing = ["", words] if words else []
    return [*lines, *closing, "", _("Open it: %(address)s") % {"address": address_of("catalogs:overview")}]


def _readers(agencies: Sequence[Agency]) -> dict[int, list[str]]:
    held = Membership.objects.active().filter(role__in=WRITING_AGENCY_ROLES, agency__in=agencies, user__is_active=True)
    found: dict[int, set[str]] = {}
    for agency, address in held.exclude(user__email="").values_list("agency", "user__email"):
        if agency is not None:
            found.setdefault(agency, set()).add(address)
    return {agency: sorted(addresses) for agency, addresses in found.items()}
