"""What the way in adds to Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from importers.menu import UploadsMenuItem


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of uploads."""
    return [path("imports/", include("importers.urls"))]


@hooks.register("register_catalogs_menu_item")
def register_uploads_menu_item() -> MenuItem:
    """Add the list of uploads to the menu of those who see any."""
    return UploadsMenuItem()
