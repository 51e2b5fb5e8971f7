"""Puts an officer's work among the pages that are their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.assignments.models import WorkAssignment
from cms.assignments.personal.screens import OwnWorkDetailScreen, OwnWorkScreen
from cms.core.personal import PersonalPage, register
from cms.organisations.models import Officer


def register_pages() -> None:
    """Put the pages at their addresses; one piece of work stands in no menu."""
    title = gettext_lazy("My work")
    register(
        PersonalPage("work", "cong-viec", title, 10, OwnWorkScreen.as_view(), card=_open_lines),
        PersonalPage(
            "work_detail", "cong-viec/<uuid:identity>", title, 10, OwnWorkDetailScreen.as_view(), is_shown=_never
        ),
    )


def _never(officer: Officer) -> bool:
    return False


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
