"""Registers the editor of frameworks and our own screens beside it."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.frameworks import home, permissions, search_kinds
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.policy import FrameworkPolicy
from cms.frameworks.position_groups import PositionGroupPolicy
from cms.frameworks.viewsets import FrameworkGroup
from cms.organisations.models import PositionGroup
from cms.organisations.wagtail_hooks import PermittedItem

# First of all: whatever asks for a policy before it is registered keeps the wrong one.
register_permission_policy(CriteriaFramework, FrameworkPolicy(CriteriaFramework))
register_permission_policy(PositionGroup, PositionGroupPolicy(PositionGroup))
register_snippet(FrameworkGroup)


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern | URLResolver]:
    """Put our screens below /admin/frameworks/, beside Wagtail's."""
    return [path("frameworks/", include("cms.frameworks.urls"))]


@hooks.register("register_admin_menu_item")
def officers_without_item() -> MenuItem:
    """Lead to who falls under no framework."""
    url = reverse_lazy("frameworks:officers_without")
    return PermittedItem(
        _("Without a framework"), url, name="without_framework", icon_name="warning", order=311,
        opens_to=permissions.can_enter,
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def issuing_item() -> MenuItem:
    """Lead to the decisions that issue frameworks."""
    url = reverse_lazy("frameworks:issuing")
    return PermittedItem(
        _("Issuing"), url, name="issuing", icon_name="doc-full", order=312,
        opens_to=permissions.can_see_issuing,
    )  # fmt: skip


hooks.register("register_search_kind", search_kinds.frameworks)
# After the room of pages, which replaces Wagtail's own panels.
hooks.register("construct_homepage_panels", home.put_panel, order=10)
for _waiting in (home.drafts_to_approve, home.versions_to_issue):
    hooks.register("register_waiting", _waiting)
hooks.register("construct_snippet_action_menu", home.order_menu)
