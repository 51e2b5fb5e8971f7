"""What the way in adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from importers.permissions import may_see_uploads
from importers.screens import search_kinds
from importers.screens.home import OwnUploadsPanel
from importers.screens.menu import UploadsMenuItem

hooks.register("register_search_kind", search_kinds.uploads)


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of uploads."""
    return [path("imports/", include("importers.urls"))]


@hooks.register("register_catalogs_menu_item")
def register_uploads_menu_item() -> MenuItem:
    """Add the list of uploads to the menu of those who see any."""
    return UploadsMenuItem()


# After the workbench has put its own panels in the place of Wagtail's.
@hooks.register("construct_homepage_panels", order=1000)
def add_own_uploads(request: HttpRequest, panels: list[Any]) -> None:
    """Show a person's unfinished uploads first of all, wherever they were sent from."""
    if may_see_uploads(request.user):
        panels.append(OwnUploadsPanel())
