"""Registers the screens about periods and evaluations."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.evaluations import admin_urls
from cms.evaluations.permissions import (
    can_see_board,
    can_see_organisation_periods,
    can_see_periods,
    can_see_procedures,
    is_of_any_body,
)
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


@hooks.register("register_admin_menu_item")
def body_item() -> MenuItem:
    """Lead to what waits for verification, a meeting or a notice."""
    url = reverse_lazy("evaluations:body_list")
    return PermittedItem(
        _("Waiting for verification or notice"), url, name="evaluation-bodies", icon_name="clipboard-list", order=154,
        opens_to=is_of_any_body,
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def organisations_item() -> MenuItem:
    """Lead to the periods in which organisations are evaluated."""
    url, opens_to = reverse_lazy("evaluations:organisation_periods"), can_see_organisation_periods
    label = _("Evaluation of organisations")
    return PermittedItem(label, url, name="organisation-periods", icon_name="group", order=153, opens_to=opens_to)


@hooks.register("register_admin_menu_item")
def board_item() -> MenuItem:
    """Lead those who appraise to how far agencies have come."""
    url, title = reverse_lazy("evaluations:board"), _("Evaluation progress")
    return PermittedItem(title, url, name="evaluation-board", icon_name="date", order=152, opens_to=can_see_board)


@hooks.register("register_admin_menu_item")
def procedures_item() -> MenuItem:
    """Lead to the steps of evaluations."""
    url, title = reverse_lazy("evaluations:procedures"), _("Evaluation procedures")
    return PermittedItem(title, url, name="procedures", icon_name="list-ol", order=155, opens_to=can_see_procedures)


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    """Lead to the calendar of the year."""
    url, opens_to = reverse_lazy("evaluations:calendar"), can_see_procedures
    label = _("Calendar of the year")
    return PermittedItem(label, url, name="evaluation-calendar", icon_name="calendar", order=156, opens_to=opens_to)
