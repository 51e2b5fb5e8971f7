"""What anybody may do with the pages of agencies: write and publish their texts, as far as catalogs are theirs."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PagePermissionTester

from cms.organisations.access import Access, access_for
from cms.users.enums import APPRAISING_ROLES, CONTENT_ROLES, Role


def sees_catalogs(user: Any) -> bool:
    """Return whether agencies' pages are the person's to know of, as far as their rights to these reach."""
    return bool(user.is_superuser) or access_for(user).has(*CONTENT_ROLES)


def _rights_over(access: Access, page: Any) -> set[str]:
    """Return what a role over a part of the province lets its holder do with the page of an agency of this part."""
    agency = page.catalog.agency
    rights = {"change"} if access.over(agency, *APPRAISING_ROLES) else set()
    return rights | ({"publish"} if access.over(agency, Role.APPROVER, Role.PROVINCIAL_APPROVER) else set())


class CatalogPageRights(PagePermissionTester):
    """What a person may do with an agency's page: nothing without a part in catalogs, whatever lies above it.

    Its text may be written and published, and nothing else, by nobody: the rest is the catalog's own.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if not sees_catalogs(user):
            self.permissions: set[str] = set()
        access = access_for(user)
        if access.parts:
            self.permissions = self.permissions | _rights_over(access, page)

    def _never(self, *args: Any, **kwargs: Any) -> bool:
        return False

    can_copy = can_copy_to = can_move = can_move_to = can_delete = can_lock = can_set_view_restrictions = _never
    can_submit_for_moderation = can_unpublish = can_unschedule = can_publish_subpage = can_reorder_children = _never
