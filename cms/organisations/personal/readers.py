"""The page that tells an officer who has read what is kept about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core.personal import PersonalPage
from cms.organisations.models import Officer
from cms.organisations.personal.screens import PersonalScreen

SIZE = 30
_LATELY = datetime.timedelta(days=30)


class ReadersScreen(PersonalScreen):
    """Who read, as what, which data, on which day and how often; the latest first."""

    name = "readers"
    template_name = "personal/readers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(self.officer.reads.latest_first(), SIZE)
        return super().get_context_data(**kwargs) | {"listed": pages.get_page(self.request.GET.get("trang"))}


def readers_page() -> PersonalPage:
    return PersonalPage(
        "readers", "ai-da-xem", gettext_lazy("Who has read my data"), 700, ReadersScreen.as_view(), card=_lately
    )


def _lately(officer: Officer) -> Iterable[str | Promise]:
    since = timezone.localdate() - _LATELY
    count = officer.reads.since(since).values("reader").distinct().count()
    if not count:
        return [_("Nobody else in the last 30 days.")]
    return [
        ngettext("%(count)d person in the last 30 days.", "%(count)d people in the last 30 days.", count)
        % {"count": count}
    ]
