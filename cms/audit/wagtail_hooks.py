"""Registers the ledger's screens among the reports."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.audit import admin_urls


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("audit/", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def ledger_item() -> MenuItem:
    """Lead everybody to what they may read of the ledger."""
    return MenuItem(_("Audit ledger"), reverse_lazy("audit:event_list"), name="audit", icon_name="history", order=900)
