"""Signing in with a password, with groups that follow memberships, for as long as somebody belongs to the province."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from cms.organisations.actions import sync_groups
from cms.organisations.permissions import has_left, is_officer
from cms.users.models import User


class MembershipBackend(ModelBackend):
    """Django's own backend, closed to officers who have left and hold no role.

    On the first request of a day it drops groups whose membership has run out.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether the account may sign in today."""
        may_enter: bool = super().user_can_authenticate(user)
        return may_enter and not User.objects.filter(has_left(timezone.localdate()), pk=user.pk).exists()

    def get_user(self, user_id: int) -> User | None:
        """Return the account while it may be used, with its officer and today's groups: one query, an officer's two."""
        today = timezone.localdate()
        user: User | None = User.objects.filter(is_active=True, pk=user_id).select_related("officer").first()
        if user is not None and is_officer(user) and User.objects.filter(has_left(today), pk=user.pk).exists():
            return None
        if user is not None and user.groups_synced_on != today:
            sync_groups(user=user)
        return user

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return none, without a query: what somebody may do follows from memberships, by way of groups alone."""
        return set()
