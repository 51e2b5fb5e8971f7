"""Puts an officer's work among the pages that are their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments.models import WorkAssignment
from cms.assignments.personal.screens import OwnWorkDetailScreen, OwnWorkScreen
from cms.core.personal import PersonalPage, register
from cms.organisations.models import Officer


def register_pages() -> None:
    """Put the page at its address, and each piece of work below it."""
    one = path("<uuid:identity>/", OwnWorkDetailScreen.as_view(), name="work_detail")
    page = OwnWorkScreen.as_view()
    register(PersonalPage("work", "cong-viec", gettext_lazy("My work"), 10, page, card=_open_lines, below=(one,)))


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
