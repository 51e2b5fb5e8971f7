"""Registers the screens of API clients and of webhooks."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.organisations.permissions import can_administer
from cms.organisations.wagtail_hooks import PermittedItem


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("api-clients/", include("api.clients.urls")), path("webhooks/", include("api.webhooks.urls"))]


@hooks.register("register_admin_menu_item")
def clients_item() -> MenuItem:
    """Lead to the API clients."""
    url = reverse_lazy("api_clients:list")
    return PermittedItem(
        _("API clients"), url, name="api-clients", icon_name="code", order=430, opens_to=can_administer
    )
