"""The menu of those who work on catalogs, without what they cannot use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from catalog_pages.admin.screens import works_on_catalogs
from catalog_pages.transparency.actions import can_preview
from cms.catalogs.permissions import can_keep_steps
from cms.catalogs.viewsets import column_viewset, round_viewset
from cms.changesets.permissions import can_see_proposals, can_see_sets
from cms.fairness.permissions import can_compare
from cms.organisations.access import access_for
from cms.users.enums import PARTIAL_ROLES, Role

# Wagtail's own items that lead nowhere for those who only work on catalogs.
_USELESS = frozenset({"help", "reports", "images", "documents", "snippets"})


class GatedMenuItem(MenuItem):
    """An item shown to those of whom a condition holds."""

    def __init__(self, *args: Any, shown: Callable[[HttpRequest], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown

    def is_shown(self, request: HttpRequest) -> bool:
        return self.shown(request)


def catalogs_menu() -> SubmenuMenuItem:
    """Return the group "Danh mục"; rooms above add to it by the hook ``register_catalogs_menu_item``."""
    items: list[MenuItem] = [
        GatedMenuItem(
            _("Progress of catalogs"), reverse("catalogs:overview"), name="catalogs-overview", icon_name="table",
            order=100, shown=_follows_others,
        ),
        GatedMenuItem(
            _("Board of versions"), reverse("catalogs:board"), name="catalogs-board", icon_name="tasks",
            order=105, shown=_follows_others,
        ),
        GatedMenuItem(
            _("Decisions on many catalogs"), reverse("catalogs:decisions"), name="catalogs-decisions",
            icon_name="check", order=130, shown=_follows_others,
        ),
        GatedMenuItem(
            _("My agency's catalog"), reverse("catalogs:overview"), name="catalogs-own", icon_name="list-ul",
            order=110, shown=lambda request: not _follows_others(request) and works_on_catalogs(request.user),
        ),
        GatedMenuItem(
            _("Next waiting"), reverse("catalogs:next"), name="catalogs-next", icon_name="arrow-right-full",
            order=120, shown=_follows_others,
        ),
        GatedMenuItem(
            _("Public figures"), reverse("transparency:release"), name="transparency", icon_name="table",
            order=400, shown=lambda request: can_preview(request.user),
        ),
        GatedMenuItem(
            _("Fairness of coefficients"), reverse("fairness:findings"), name="fairness", icon_name="table",
            order=130, shown=lambda request: can_compare(request.user),
        ),
        GatedMenuItem(
            _("Change sets"), reverse("changesets:sets"), name="change-sets", icon_name="edit",
            order=134, shown=lambda request: can_see_sets(request.user),
        ),
        GatedMenuItem(
            _("Proposals about items"), reverse("changesets:proposals"), name="proposals", icon_name="edit",
            order=135, shown=lambda request: can_see_proposals(request.user),
        ),
    ]  # fmt: skip
    items.append(
        GatedMenuItem(
            _("Steps before the decision"), reverse("catalogs:steps"), name="catalog-steps", icon_name="list-ol",
            order=320, shown=lambda request: can_keep_steps(request.user),
        )
    )  # fmt: skip
    for order, viewset in ((300, round_viewset), (310, column_viewset)):
        item = viewset.get_menu_item()
        item.order = order
        items.append(item)
    return SubmenuMenuItem(
        _("Catalogs"), Menu("register_catalogs_menu_item", items=items), name="catalogs", icon_name="list-ul", order=50
    )


def _follows_others(request: HttpRequest) -> bool:
    return access_for(request.user).holds(*PARTIAL_ROLES)


def hide_useless_items(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take away what those who only work on catalogs cannot use."""
    access = access_for(request.user)
    if (
        works_on_catalogs(request.user)
        and not access.has(Role.TECHNICAL_ADMIN, Role.PORTAL_EDITOR)
        and not request.user.is_superuser
    ):
        items[:] = [item for item in items if item.name not in _USELESS]


def hide_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take away Wagtail's help, which leads to pages in English outside the network."""
    items.clear()
