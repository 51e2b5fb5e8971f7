"""Registers the screens about alike works."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.core.waiting import WaitingKind
from cms.curation import admin_urls
from cms.curation.models import Cluster
from cms.curation.permissions import can_curate
from cms.organisations.wagtail_hooks import PermittedItem


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def queue_item() -> MenuItem:
    """Lead those who appraise to the works that are alike."""
    url = reverse_lazy("curation:queue")
    return PermittedItem(_("Alike works"), url, name="alike-works", icon_name="copy", order=145, opens_to=can_curate)


@hooks.register("register_waiting")
def alike_works_waiting() -> WaitingKind:
    return WaitingKind(
        _("groups of alike works to judge"), reverse_lazy("curation:queue"), can_curate,
        lambda user: Cluster.objects.waiting(user).free_for(user),
    )  # fmt: skip
