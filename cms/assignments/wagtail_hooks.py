"""Registers the screens about work."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.assignments import admin_urls
from cms.assignments.permissions import can_see_work
from cms.organisations.wagtail_hooks import PermittedItem


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def work_item() -> MenuItem:
    """Lead to the work of one's agencies."""
    url = reverse_lazy("assignments:work_list")
    return PermittedItem(_("Work"), url, name="work", icon_name="tasks", order=150, opens_to=can_see_work)
