"""What Wagtail asks before it shows the screens over rounds; the answers are those of ``permissions``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from cms.catalogs import permissions
from cms.catalogs.models import CatalogRound
from cms.users.enums import Role


class RoundPolicy(BasePermissionPolicy):
    """Editors add and change the rounds of the province, or those of the blocks over which they hold the role."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether the person may do this with some round; nobody deletes one, since versions point to it."""
        return action in ("add", "change") and bool(permissions.blocks_with_rounds_kept_by(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: CatalogRound) -> bool:
        """Return whether the person may do this with this round."""
        return action in ("add", "change") and permissions.can_keep_round(user, instance.block)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the rounds that the person keeps."""
        if not self.user_has_any_permission(user, actions):
            return CatalogRound.objects.none()
        return CatalogRound.objects.filter(block__in=permissions.blocks_with_rounds_kept_by(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the accounts whose role may do any of these."""
        groups = [Role.EDITOR.group_name, Role.EDITOR.part_group_name]
        people = get_user_model()._default_manager.filter(is_active=True, groups__name__in=groups)
        return people.distinct() if set(actions) - {"delete"} else people.none()
