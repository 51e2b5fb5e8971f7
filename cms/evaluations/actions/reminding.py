"""Reminding those for whom an evaluation waits, and agencies that are behind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.mail import in_the_platforms_language
from cms.core.text import clean_text
from cms.evaluations.actions.steps import LONGEST, record_evaluation
from cms.evaluations.enums import AUTHORITIES, Actor, Step
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.models import Evaluation
from cms.evaluations.models.periods import last_day_of, period_name
from cms.evaluations.permissions import can_decide, can_keep, can_see_board
from cms.evaluations.step_board import COLUMNS, DECIDED, AgencyRow, StepCell, step_board
from cms.notices.actions import Letter, composer, send_all
from cms.notices.wording import Rendered
from cms.organisations.models import Agency, Membership, Officer
from cms.organisations.permissions import require
from cms.users.enums import WRITING_AGENCY_ROLES
from cms.users.models import User


@transaction.atomic
def remind_awaited(*, by: User, evaluations: Iterable[Evaluation]) -> int:
    """Tell whoever the next step of each evaluation waits for; return how many are told.

    By the agency's desk, or by who decides. No name of anybody's marks or level stands in it.
    """
    lines: dict[int, list[str]] = {}
    for each in evaluations:
        require(can_keep(by, each.period) or can_decide(by, each))
        for account in _accounts(each):
            lines.setdefault(account, []).append(_line(each))
        record_evaluation(by, "evaluation.remind", each)
    home = reverse("personal:home")
    send_all(
        Letter("evaluation.awaited", [account], home, {"evaluations": "\n".join(about)})
        for account, about in lines.items()
    )
    return len(lines)


def _line(evaluation: Evaluation) -> str:
    with in_the_platforms_language():
        said = {"who": evaluation.subject, "period": evaluation.period, "step": evaluation.awaited_name}
        line = _("– %(who)s, %(period)s: %(step)s") % said
        due = evaluation.awaits_due
        return f"{line} ({_('before %(day)s') % {'day': format_date_vi(due)}})" if due else line


def _accounts(evaluation: Evaluation) -> list[int]:
    """Return the accounts of who does the next step: the officer, who has authority, or the body at the agency."""
    actor = evaluation.awaits_actor
    if actor == Actor.SELF:
        return _of(evaluation.officer)
    if actor in AUTHORITIES:
        return _of(getattr(evaluation, AUTHORITIES[Actor(actor)]))
    held = Membership.objects.active().filter(role=actor, agency=evaluation.period.agency)
    return sorted(held.values_list("user", flat=True))


def _of(officer: Officer | None) -> list[int]:
    return [officer.account_id] if officer and officer.account_id else []


@dataclass(frozen=True)
class AgencyReminder:
    """What an agency is written about one period of the calendar: subject and lines as the mail has them."""

    agency: Agency
    subject: str
    lines: list[str]
    readers: int
    values: dict[str, str]


def agency_reminders(
    *, by: User, agencies: Sequence[str], kind: str, first_day: datetime.date, words: str = ""
) -> list[AgencyReminder]:
    """Return what would be written to agencies (codes) over which the person appraises: counts alone, no name.

    To the heads and the personnel body of each; one without anybody is there with no readers.
    """
    rows = [row for row in step_board(by, kind, first_day, last_day_of(kind, first_day)) if row.agency.code in agencies]
    readers = _readers([row.agency for row in rows])
    with in_the_platforms_language():
        period = period_name(kind, first_day)
        compose = composer("evaluation.reminder")
        return [_reminder(compose, row, period, words, len(readers.get(row.agency.pk, ()))) for row in rows]


@transaction.atomic
def remind_agencies(
    *, by: User, agencies: Sequence[str], kind: str, first_day: datetime.date, words: str = ""
) -> list[AgencyReminder]:
    """Send agencies the reminders that ``agency_reminders`` shows; each is an act in the ledger, with its text.

    Agencies over which the person does not appraise are left out, as ones that do not exist.
    """
    require(can_see_board(by))
    words = clean_text(words).text
    if len(words) > LONGEST:
        raise InvalidEvaluation(_("At most %(count)d characters.") % {"count": LONGEST})
    reminders = agency_reminders(by=by, agencies=agencies, kind=kind, first_day=first_day, words=words)
    if not reminders:
        raise InvalidEvaluation(_("Choose the agencies that are reminded; nobody was."))
    readers = _readers([each.agency for each in reminders])
    send_all(Letter("evaluation.reminder", readers.get(each.agency.pk, []), _link(), each.values) for each in reminders)
    for each in reminders:
        record(
            by=by, action="period.remind", subject=each.agency, label=each.agency.name, agency_code=each.agency.code,
            after={"text": "\n".join(each.lines), "readers": each.readers},
        )  # fmt: skip
    return reminders


def _readers(agencies: Sequence[Agency]) -> dict[int, list[int]]:
    """Return the accounts of the heads and personnel bodies of agencies, by the agency's key."""
    held = Membership.objects.active().filter(role__in=WRITING_AGENCY_ROLES, agency__in=agencies)
    found: dict[int, set[int]] = {}
    for agency, account in held.filter(user__is_active=True).values_list("agency", "user"):
        if agency is not None:
            found.setdefault(agency, set()).add(account)
    return {agency: sorted(accounts) for agency, accounts in found.items()}


def _reminder(
    compose: Callable[..., Rendered], row: AgencyRow, period: str, words: str, readers: int
) -> AgencyReminder:
    values = {"period": period, "agency": row.agency.name, "steps": "\n".join(_lines_to(row)), "words": words}
    written = compose(link=_link(), **values)
    return AgencyReminder(row.agency, written.subject, written.text.split("\n"), readers, values)


def _link() -> str:
    return reverse("evaluations:period_list")


def _lines_to(row: AgencyRow) -> list[str]:
    lines = []
    if row.period is None:
        lines.append(_("The period has not been opened yet."))
    for column, cell in zip(COLUMNS, row.cells, strict=True):
        if cell.count and column != DECIDED:
            lines.append(_step_line(str(Step(column).label), cell))
    if row.period is not None and not row.waiting and not row.period.is_locked:
        lines.append(_("Everybody is decided; the period waits to be locked."))
    return lines


def _step_line(step: str, cell: StepCell) -> str:
    counted = ngettext("– %(step)s: %(count)d person", "– %(step)s: %(count)d people", cell.count)
    line = counted % {"step": step, "count": cell.count}
    if cell.clock.late:
        line += ngettext(", %(count)d late", ", %(count)d late", cell.clock.late) % {"count": cell.clock.late}
    due = cell.clock.due
    return f"{line} ({_('before %(day)s') % {'day': format_date_vi(due)}})" if due else line
