"""Registers the screens about agencies, memberships, accounts and officers."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from cms.organisations import admin_urls, home, search_kinds
from cms.organisations.permissions import (
    can_administer,
    can_see_agencies,
    can_see_memberships,
    can_see_officers,
    is_officer,
)

hooks.register("construct_homepage_panels", home.put_panel, order=10)
hooks.register("register_waiting", home.roles_to_confirm)
for _kind in (search_kinds.officers, search_kinds.agencies, search_kinds.accounts):
    hooks.register("register_search_kind", _kind)


@hooks.register("register_admin_search_area")
def finder_area() -> SearchArea:
    """Stand first, where the sidebar's search leads to."""
    return SearchArea(_("Everything"), reverse("organisations:finder"), name="finder", icon_name="search", order=1)


class PermittedItem(MenuItem):
    """A menu item for the people that ``opens_to`` lets in."""

    def __init__(self, *args: Any, opens_to: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opens_to = opens_to

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may open the screen behind it."""
        return bool(self.opens_to(request.user))


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def agencies_item() -> MenuItem:
    """Lead to the tree of agencies."""
    url = reverse_lazy("organisations:agency_list")
    return PermittedItem(_("Agencies"), url, name="agencies", icon_name="group", order=400, opens_to=can_see_agencies)


@hooks.register("register_admin_menu_item")
def memberships_item() -> MenuItem:
    url = reverse_lazy("organisations:membership_list")
    return PermittedItem(_("Roles"), url, name="memberships", icon_name="key", order=410, opens_to=can_see_memberships)


@hooks.register("register_admin_menu_item")
def accounts_item() -> MenuItem:
    url = reverse_lazy("organisations:account_list")
    return PermittedItem(_("Accounts"), url, name="accounts", icon_name="user", order=420, opens_to=can_administer)


@hooks.register("register_admin_menu_item")
def officers_item() -> MenuItem:
    url = reverse_lazy("organisations:officer_list")
    return PermittedItem(_("Staff"), url, name="officers", icon_name="user", order=220, opens_to=can_see_officers)


@hooks.register("register_admin_menu_item")
def personal_item() -> MenuItem:
    """Lead an officer from the desk to what is their own."""
    url = reverse_lazy("personal:home")
    return PermittedItem(_("My own pages"), url, name="personal", icon_name="home", order=10, opens_to=is_officer)
