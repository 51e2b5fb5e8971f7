"""On the first screen: roles that wait for a second person, for those who may be it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.core.waiting import WaitingKind
from cms.organisations.permissions import can_see_memberships, waiting_for

MOST_LISTED = 10


class WaitingRolesPanel(Component):
    """Roles that the person may confirm or refuse, the longest waiting first; nothing where nothing waits."""

    name = "waiting_roles"
    template_name = "organisations/home_waiting.html"
    order = 115

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = waiting_for(parent_context["request"].user)
        listed = waiting.select_related("user", "agency", "scope_agency", "granted_by").order_by("granted_at", "pk")[
            :MOST_LISTED
        ]
        return {"waiting": list(listed), "waiting_count": waiting.count()}


def roles_to_confirm() -> WaitingKind:
    """Return the roles that the person may confirm or refuse."""
    return WaitingKind(
        _("roles to confirm"), reverse_lazy("organisations:membership_list"), can_see_memberships, waiting_for,
        has_own_panel=True,
    )  # fmt: skip


def put_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show those who may be the second person what waits for them."""
    if can_see_memberships(request.user):
        panels.append(WaitingRolesPanel())
