"""Screens of the ledger: a list, newest first, and each event with what was before and after. Nothing is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.audit.forms import AuditFilterForm
from cms.audit.models import AuditEvent, AuditEventQuerySet
from cms.audit.presenters import EventRow, present
from cms.audit.scope import current_scope, veiled
from cms.core.screens import Screen

PAGE_SIZE = 50
# Values that one event shows at a time.
MOST_CHANGES = 100


class LedgerScreen(Screen, TemplateView):
    """A screen over the events that the person may read."""

    page_title = _("Audit ledger")
    header_icon = "history"
    # Everybody reads of what they did; the scope says what else.
    opens_to = staticmethod(lambda user: True)

    def readable(self) -> AuditEventQuerySet:
        """Return the events that the person may read."""
        return current_scope().readable_by(self.request.user)


class AuditListScreen(LedgerScreen):
    """The events, newest first. Numbers only grow, so a page begins below a number: the thousandth is as cheap."""

    template_name = "audit/event_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = AuditFilterForm(self.request.GET or None)
        events = form.narrow(self.readable())
        below = _number(self.request, "below")
        if below:
            events = events.filter(sequence__lt=below)
        page = list(events.without_content().order_by("-sequence")[: PAGE_SIZE + 1])
        query = self.request.GET.copy()
        query.pop("below", None)
        return super().get_context_data(**kwargs) | {
            "filter_form": form,
            "rows": present(veiled(self.request.user, page[:PAGE_SIZE])),
            "query": query.urlencode(),
            "is_first": not below,
            "older": page[PAGE_SIZE - 1].sequence if len(page) > PAGE_SIZE else None,
        }


class AuditDetailScreen(LedgerScreen):
    """One event with everything that the ledger keeps of it."""

    template_name = "audit/event.html"
    page_title = _("Event")
    above = ("audit:event_list", LedgerScreen.page_title)

    def get_page_subtitle(self) -> str:
        return f"№ {self.kwargs['sequence']}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the event; one of another agency answers as one that does not exist."""
        event = get_object_or_404(self.readable(), sequence=self.kwargs["sequence"])
        previous = AuditEvent.objects.filter(sequence=event.sequence - 1).values_list("hash", flat=True).first()
        is_sealed = event.compute_hash() == event.hash and (previous is None or previous == event.previous_hash)
        row = present(veiled(self.request.user, [event]))[0]
        return super().get_context_data(**kwargs) | {"row": row, "is_sealed": is_sealed, **self._changes(row)}

    def _changes(self, row: EventRow) -> dict[str, Any]:
        """Return so many of the values before and after as a page shows, from the one that the address names."""
        names = row.names()
        asked = _number(self.request, "after")
        start = asked if asked < len(names) else 0
        shown = names[start : start + MOST_CHANGES]
        end = start + len(shown)
        return {
            "differences": row.differences(shown),
            "count": len(names),
            "first": start + 1,
            "last": end,
            "is_whole": len(shown) == len(names),
            "next": end if end < len(names) else None,
            "previous": max(0, start - MOST_CHANGES) if start else None,
        }


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
