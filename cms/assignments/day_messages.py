"""Shows on screens what is to be said of last days, and what planned giving left out."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.assignments.actions import Outcome
from cms.assignments.working_days import warn_of_day_off

# So many sentences about what was left out stand on a page.
_MOST = 20


def warn(request: HttpRequest, *days: datetime.date) -> None:
    """Show a warning where one of these last days is a day off."""
    if sentence := warn_of_day_off(*days):
        messages.warning(request, sentence)


def show_outcome(request: HttpRequest, outcome: Outcome) -> None:
    """Show how much was given, and a sentence for each piece that was left out."""
    count = len(outcome.given)
    messages.success(request, ngettext(
        "%(count)d piece of work has been given.", "%(count)d pieces of work have been given.", count
    ) % {"count": count})  # fmt: skip
    for sentence in outcome.left_out[:_MOST]:
        messages.warning(request, sentence)
    if (more := len(outcome.left_out) - _MOST) > 0:
        messages.warning(request, _("And %(count)d more were left out.") % {"count": more})
