"""Registers the screens about work."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.assignments import admin_urls
from cms.assignments.actions.days import can_keep_days
from cms.assignments.permissions import can_see_systems, can_see_work
from cms.assignments.plan_permissions import can_see_plans
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


@hooks.register("register_admin_menu_item")
def plans_item() -> MenuItem:
    """Lead to the plan tasks of one's agencies."""
    url = reverse_lazy("assignments:plan_list")
    return PermittedItem(_("Plan tasks"), url, name="plans", icon_name="list-ul", order=151, opens_to=can_see_plans)


@hooks.register("register_admin_menu_item")
def days_off_item() -> MenuItem:
    """Lead to the province's days off."""
    url = reverse_lazy("assignments:day_off_list")
    return PermittedItem(_("Days off"), url, name="days-off", icon_name="date", order=437, opens_to=can_keep_days)


@hooks.register("register_admin_menu_item")
def systems_item() -> MenuItem:
    """Lead to the external systems that write work."""
    url = reverse_lazy("assignments:systems")
    return PermittedItem(
        _("External systems"), url, name="external-systems", icon_name="link", order=435, opens_to=can_see_systems
    )
