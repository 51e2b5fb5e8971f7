"""The one step of a framework's workflow: an approver of Sở Nội vụ who wrote none of it approves or sends it back."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from cms.organisations.access import access_for
from cms.users.enums import Role


class FrameworkApprovalTask(Task):
    """Approval; while it waits nobody writes the draft, so that what is approved is what was submitted."""

    class Meta:
        verbose_name = _("approval of a framework")
        verbose_name_plural = _("approvals of frameworks")

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Keep the draft as it is for everybody."""
        return True

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Let approvers open the draft."""
        return access_for(user).has(Role.APPROVER)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer what this person may do now; nobody approves what they wrote."""
        if not access_for(user).has(Role.APPROVER):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Return for changes"), True)]
        if user.pk not in obj.writers():
            actions.append(("approve", _("Approve and publish"), False))
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Return the passes that wait for this person."""
        if not access_for(user).has(Role.APPROVER):
            return TaskState.objects.none()
        return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)

    @classmethod
    def get_description(cls) -> Any:
        return _("An approver of the Department of Home Affairs who wrote none of it approves or returns it.")
