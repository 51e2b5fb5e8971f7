"""Puts an officer's work among the pages that are their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments.models import Claim, WorkAssignment
from cms.assignments.personal.claims import ClaimEvidenceFile, ClaimScreen, ClaimsScreen, OwnClaimScreen
from cms.assignments.personal.evidence import OwnEvidenceAdd, OwnEvidenceFile, OwnEvidenceWithdraw
from cms.assignments.personal.reminders import RemindersScreen
from cms.assignments.personal.screens import OwnWorkDetailScreen, OwnWorkScreen
from cms.core.personal import PersonalPage, register
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
    decided = (
        path("<uuid:claim>/", ClaimScreen.as_view(), name="claim"),
        path("<uuid:claim>/minh-chung/<uuid:evidence>/", ClaimEvidenceFile.as_view(), name="claim_evidence"),
    )
    register(PersonalPage(
        "claims", "giai-trinh", gettext_lazy("Claims to decide"), 15, ClaimsScreen.as_view(), is_shown=_decides_any,
        card=_claim_lines, below=decided,
    ))  # fmt: skip


def _reminder_lines(officer: Officer) -> Iterable[str | Promise]:
    return [_("Of what you are reminded by e-mail.")]


def _decides_any(officer: Officer) -> bool:
    """Return whether any claim is the officer's to decide."""
    return Claim.objects.of_competent(officer).exists()


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
