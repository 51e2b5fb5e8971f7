"""Registers the screens about periods and evaluations."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.evaluations import admin_urls
from cms.evaluations.permissions import can_see_periods
from cms.organisations.wagtail_hooks import PermittedItem


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def periods_item() -> MenuItem:
    """Lead to the evaluation periods of one's agencies."""
    url = reverse_lazy("evaluations:period_list")
    return PermittedItem(_("Evaluation"), url, name="periods", icon_name="date", order=151, opens_to=can_see_periods)
