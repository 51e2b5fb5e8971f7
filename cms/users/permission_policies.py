"""Wagtail's own screens about accounts and groups are closed; ours (cms.organisations) leave an audit record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.users.models import User


class ClosedPolicy(ModelPermissionPolicy):
    """Nobody, superusers included, may do anything: no view, form, bulk action or menu item opens."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return User.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        nothing: QuerySet[Any] = self.model._default_manager.none()
        return nothing
