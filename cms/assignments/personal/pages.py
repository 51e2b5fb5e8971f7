"""Puts an officer's work among the pages that are their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments.models import Claim, ClaimQuerySet, Notice, WorkAssignment
from cms.assignments.personal.claims import ClaimEvidenceFile, ClaimScreen, ClaimsScreen, OwnClaimScreen
from cms.assignments.personal.evidence import OwnEvidenceAdd, OwnEvidenceFile, OwnEvidenceWithdraw
from cms.assignments.personal.proposals import NoticesScreen, ProposalsScreen
from cms.assignments.personal.reminders import RemindersScreen
from cms.assignments.personal.screens import OwnWorkDetailScreen, OwnWorkScreen
from cms.assignments.personal.team import TeamCalendarScreen, TeamPersonScreen, TeamScreen
from cms.assignments.planning_doors import team_routes
from cms.core.personal import PersonalPage, register
from cms.organisations.managers import leading
from cms.organisations.models import Officer


def register_pages() -> None:
    """Put the page at its address, and each piece of work below it."""
    below = (
        path("<uuid:identity>/", OwnWorkDetailScreen.as_view(), name="work_detail"),
        path("<uuid:identity>/minh-chung/", OwnEvidenceAdd.as_view(), name="work_evidence_add"),
        path("<uuid:identity>/minh-chung/<uuid:evidence>/", OwnEvidenceFile.as_view(), name="work_evidence"),
        path("<uuid:identity>/minh-chung/<uuid:evidence>/rut/", OwnEvidenceWithdraw.as_view(),
             name="work_evidence_withdraw"),
        path("<uuid:identity>/giai-trinh/", OwnClaimScreen.as_view(), name="work_claim"),
    )  # fmt: skip
    page = OwnWorkScreen.as_view()
    register(PersonalPage("work", "cong-viec", gettext_lazy("My work"), 10, page, card=_open_lines, below=below))
    register(PersonalPage(
        "reminders", "nhac-viec", gettext_lazy("Reminders"), 850, RemindersScreen.as_view(), card=_reminder_lines
    ))  # fmt: skip
    _register_planning_pages()
    decided = (
        path("<uuid:claim>/", ClaimScreen.as_view(), name="claim"),
        path("<uuid:claim>/minh-chung/<uuid:evidence>/", ClaimEvidenceFile.as_view(), name="claim_evidence"),
    )
    register(PersonalPage(
        "claims", "giai-trinh", gettext_lazy("Claims to decide"), 15, ClaimsScreen.as_view(), rows=_decided_by,
        card=_claim_lines, below=decided,
    ))  # fmt: skip


def _register_planning_pages() -> None:
    """Put the manager's board, proposals to the catalog and notices at their addresses."""
    below_team = (
        path("lich/", TeamCalendarScreen.as_view(), name="team_calendar"),
        path("<int:pk>/", TeamPersonScreen.as_view(), name="team_person"),
        *team_routes(),
    )
    register(
        PersonalPage(
            "team", "viec-nhom", gettext_lazy("Work of those whom I manage"), 12, TeamScreen.as_view(),
            rows=lambda officer: leading(officer, timezone.localdate()), card=_team_lines, below=below_team,
        ),
        PersonalPage(
            "proposals", "de-xuat-viec", gettext_lazy("Work beside the catalog"), 16, ProposalsScreen.as_view(),
            card=_proposal_lines,
        ),
        PersonalPage(
            "notices", "thong-bao", gettext_lazy("Notices"), 14, NoticesScreen.as_view(), card=_notice_lines
        ),
    )  # fmt: skip


def _team_lines(officer: Officer) -> Iterable[str | Promise]:
    return [_("Who has how much, is late, or waits for you.")]


def _proposal_lines(officer: Officer) -> Iterable[str | Promise]:
    return [_("Propose unplanned work that no catalog has.")]


def _notice_lines(officer: Officer) -> Iterable[str | Promise]:
    unread = Notice.objects.unread().filter(officer=officer).count()
    if not unread:
        return [_("Nothing new.")]
    return [ngettext("%(count)d notice is unread.", "%(count)d notices are unread.", unread) % {"count": unread}]


def _reminder_lines(officer: Officer) -> Iterable[str | Promise]:
    return [_("Of what you are reminded by e-mail.")]


def _decided_by(officer: Officer) -> ClaimQuerySet:
    """Return the claims that are the officer's to decide."""
    return Claim.objects.of_competent(officer)


def _claim_lines(officer: Officer) -> Iterable[str | Promise]:
    waiting = Claim.objects.of_competent(officer).waiting().count()
    if not waiting:
        return [_("No claim waits for you.")]
    return [ngettext("%(count)d claim waits for you.", "%(count)d claims wait for you.", waiting) % {"count": waiting}]


def _open_lines(officer: Officer) -> Iterable[str | Promise]:
    """Count what is open, and what of it is late or soon due."""
    own = WorkAssignment.objects.own(officer)
    count = own.open().count()
    if not count:
        return [_("Nothing is open.")]
    open_line = ngettext("%(count)d piece of work is open.", "%(count)d pieces of work are open.", count)
    lines = [open_line % {"count": count}]
    if late := own.open().late().count():
        lines.append(ngettext("%(count)d is late.", "%(count)d are late.", late) % {"count": late})
    if soon := own.soon_due().count():
        lines.append(
            ngettext("%(count)d is due within 3 days.", "%(count)d are due within 3 days.", soon) % {"count": soon}
        )
    return lines
