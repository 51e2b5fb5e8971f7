"""Which pages somebody reaches in the admin: rights to the portal's pages do not reach down to agencies' pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from catalog_pages.agency_catalog_page import AgencyCatalogPage
from catalog_pages.page_rights import sees_catalogs


class PortalPagePolicy(PagePermissionPolicy):
    """Wagtail's own policy, without agencies' pages for those who have no part in catalogs."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """Return the pages on which the person may do one of these things; lists and reports are made of them."""
        return self._without_hidden(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: Any) -> Any:
        """Return the pages that the person finds in the tree."""
        return self._without_hidden(super().explorable_instances(user), user)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """Return whether the person may do one of these things with a page."""
        if instance.specific_class is AgencyCatalogPage and not sees_catalogs(user):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def _without_hidden(self, pages: Any, user: Any) -> Any:
        return pages if sees_catalogs(user) else pages.not_type(AgencyCatalogPage)


def register_policy() -> None:
    """Put the policy in the place of Wagtail's; called once, before anybody asks."""
    from wagtail.permissions import register_permission_policy

    register_permission_policy(Page, PortalPagePolicy())
