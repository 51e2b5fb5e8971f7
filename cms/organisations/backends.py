"""Signing in with a password, with groups that follow memberships."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from cms.organisations.actions import sync_groups
from cms.users.models import User


class MembershipBackend(ModelBackend):
    """Django's own backend; on the first request of a day it drops groups whose membership has run out."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active account, its groups brought in line with today's memberships."""
        user = super().get_user(user_id)
        if user is not None and user.groups_synced_on != timezone.localdate():
            sync_groups(user=user)
        return user
