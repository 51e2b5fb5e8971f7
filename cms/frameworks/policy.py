"""What Wagtail asks before it shows or moves a framework; the answers are those of ``permissions``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.permission_policies import BasePermissionPolicy

from cms.frameworks import permissions
from cms.frameworks.models import CriteriaFramework
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, Role

# Acts on one framework. Deleting and taking off the public site are nobody's: versions are for ever.
_ON_INSTANCE = {
    "view": permissions.can_read,
    "change": permissions.can_change,
    "lock": permissions.can_change,
    "unlock": permissions.can_change,
    "publish": permissions.can_publish,
}


class FrameworkPolicy(BasePermissionPolicy):
    """Row scope and acts by role; the groups' own Django permissions play no part."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether the person may do this with some framework."""
        if action == "add":
            return permissions.can_add(user)
        if action == "publish":
            return access_for(user).has(Role.APPROVER)
        if action in ("change", "lock", "unlock"):
            return access_for(user).has(Role.EDITOR, Role.AGENCY_HEAD)
        return action == "view" and permissions.can_enter(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: CriteriaFramework) -> bool:
        """Return whether the person may do this with this framework."""
        allowed = _ON_INSTANCE.get(action)
        return bool(allowed and allowed(user, instance))

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: CriteriaFramework
    ) -> bool:
        """Return whether the person may do any of these with this framework."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return the frameworks that the person works on."""
        if not self.user_has_any_permission(user, actions):
            return CriteriaFramework.objects.none()
        return CriteriaFramework.objects.worked_on_by(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return the accounts whose roles may do any of these."""
        groups = [role.group_name for role in (*APPRAISING_ROLES, Role.AGENCY_HEAD)]
        people = get_user_model()._default_manager.filter(is_active=True, groups__name__in=groups)
        return people.distinct() if set(actions) - {"delete"} else people.none()
