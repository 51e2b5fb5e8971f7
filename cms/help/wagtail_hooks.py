"""Leads from every screen of the admin to the section that helps there: by the menu, and by F1."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from cms.help.first_steps import put_panel
from cms.help.places import help_address


class HelpItem(MenuItem):
    """A menu item whose address follows the screen that it is shown on."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the item with the address of what helps here, which opens beside the work."""
        address = help_address(request.user, request.path)
        attrs: dict[str, Any] = {"target": "_blank", "rel": "noopener", "aria-keyshortcuts": "F1", "data-help": "here"}
        return LinkMenuItem(self.name, self.label, address, icon_name=self.icon_name, attrs=attrs)


# After the workbench has put its own panels in the place of Wagtail's.
hooks.register("construct_homepage_panels", put_panel, order=10)


@hooks.register("register_admin_menu_item")
def help_item() -> MenuItem:
    return HelpItem(_("Help"), "", name="guides", icon_name="help", order=990)


@hooks.register("insert_global_admin_js")
def help_key() -> str:
    return format_html('<script src="{}" defer></script>', static("js/help-key.js"))
