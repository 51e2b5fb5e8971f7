"""The first screen after signing in: what waits for this person, and what is late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from catalog_pages.admin import board_rows, progress
from catalog_pages.admin.burn_up import HEIGHT, WIDTH
from catalog_pages.admin.column_proposals import WaitingColumnsPanel
from catalog_pages.admin.screens import address
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import Catalog
from cms.catalogs.permissions import can_submit, can_write, may_confirm_columns
from cms.catalogs.progress import NOT_STARTED, lateness_of
from cms.catalogs.rounds import current_rounds
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, PARTIAL_ROLES, WRITING_AGENCY_ROLES, Role

SHOWN = 10


class OwnCatalogsPanel(Component):
    """For an agency's people: their catalogs, the deadline, and the next thing to do."""

    name = "own_catalogs"
    template_name = "catalog_pages/admin/home_own.html"
    order = 100

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return one card for each of the person's agencies, the first ten."""
        user = parent_context["request"].user
        rounds = current_rounds()
        agencies = progress.agencies_for(user, rounds).filter(pk__in=access_for(user).own_agencies()).order_by("path")
        lines = progress.standings(list(agencies[: SHOWN + 1]), rounds)
        return {
            "request": parent_context["request"], "csrf_token": parent_context["csrf_token"],
            "cards": [_card(user, line) for line in lines[:SHOWN]], "more": len(lines) > SHOWN,
        }  # fmt: skip


class WaitingPanel(Component):
    """For those who appraise or decide: the versions that wait for them, the longest waiting first."""

    name = "waiting_versions"
    template_name = "catalog_pages/admin/home_waiting.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the first ten, how many there are, how many agencies are behind a deadline, and the burn-up."""
        user = parent_context["request"].user
        rounds = current_rounds()
        waiting = progress.waiting_for(user)
        agencies = progress.agencies_for(user, rounds)
        late = agencies.filter(is_late=True).order_by("path")[:SHOWN]
        counts, late_count = progress.counts_by_state(agencies)
        board = board_rows.board_agencies(user, rounds)
        return {
            "chart": board_rows.board_chart(board, board_rows.deadlines(board, rounds)),
            "width": WIDTH, "height": HEIGHT,
            "csrf_token": parent_context["csrf_token"], "appraises": access_for(user).holds(*APPRAISING_ROLES),
            "request": parent_context["request"], "rounds": progress.rounds_of(agencies, rounds),
            "waiting_count": waiting.count(),
            "waiting": [{"version": one, "late": lateness_of(one)} for one in waiting[:SHOWN]],
            "late": progress.standings(list(late), rounds), "late_count": late_count, "counts": counts,
            "decides": access_for(user).holds(Role.PROVINCIAL_APPROVER),
        }  # fmt: skip


def _card(user: Any, line: progress.Standing) -> dict[str, Any]:
    may_write = can_write(user, Catalog(agency=line.agency))
    return {
        "line": line, "version": line.newest, "round": line.round, "days_left": _days_left(line),
        "may_open": may_write and line.newest is None,
        "may_submit": line.newest is not None and can_submit(user, line.newest),
        "upload_url": address("importers:upload", line.agency.pk) if may_write else "",
        "template_url": address("importers:template", line.agency.pk) if may_write else "",
    }  # fmt: skip


def _days_left(line: progress.Standing) -> int | None:
    if line.round is None or line.state not in (NOT_STARTED, *AGENCY_EDITABLE):
        return None
    return (line.round.submit_by - timezone.localdate()).days


def put_home_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Replace Wagtail's panels, whose buttons know nothing of versions, by ours for those who work on catalogs."""
    panels.clear()
    access = access_for(request.user)
    if access.has(*WRITING_AGENCY_ROLES):
        panels.append(OwnCatalogsPanel())
    if access.holds(*PARTIAL_ROLES):
        panels.append(WaitingPanel())
    if may_confirm_columns(request.user):
        panels.append(WaitingColumnsPanel())
