"""Who publishes the portal's pages: whoever may, or, where the province asks for it, nobody their own words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PagePermissionTester, Revision, Task, TaskState

from cms.organisations.access import access_for
from cms.users.enums import Role

# Whose right to publish is their own, and not the portal's editing.
_APPROVING = (Role.APPROVER, Role.PROVINCIAL_APPROVER)


def is_asked() -> bool:
    """Return whether the province wants a second person to publish."""
    return bool(settings.THUOCDO_PORTAL_SECOND_PERSON)


def wrote_draft(user: Any, page: Page) -> bool:
    """Return whether any of what would be published now is this person's."""
    written = Revision.objects.for_instance(page).filter(user=user)
    if page.live_revision:
        written = written.filter(created_at__gt=page.live_revision.created_at)
    return written.exists()


class PortalRights(PagePermissionTester):
    """What a person may do with a page of the portal. Pages that the platform stands on are never taken away."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.publishes = super().can_publish()
        if is_asked() and not user.is_superuser and not access_for(user).has(*_APPROVING):
            self.permissions: set[str] = getattr(self, "permissions", set()) - {"publish"}

    @property
    def is_second_person(self) -> bool:
        """Return whether the person may decide on what others wrote."""
        return bool(self.publishes and not wrote_draft(self.user, self.page))

    def can_publish(self) -> bool:
        """Return whether the person may publish, alone or as the second one; screens offer the latter by the step."""
        return self.is_second_person if is_asked() else bool(super().can_publish())

    def can_publish_subpage(self) -> bool:
        """Return whether a page may be made and published in one go."""
        return not is_asked() and bool(super().can_publish_subpage())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Return whether the page may be deleted."""
        return not self._stands and bool(super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        """Return whether the page may be taken from the public."""
        return not self._stands and bool(super().can_unpublish())

    def can_set_view_restrictions(self) -> bool:
        """Return whether the page may be put behind a password."""
        return not self._stands and bool(super().can_publish())

    @property
    def _stands(self) -> bool:
        return bool(self.page.specific_class and self.page.specific_class.max_count == 1)


class SecondPersonTask(Task):
    """The step in which somebody else than the writers reads the draft, and publishes or returns it."""

    class Meta:
        verbose_name = gettext_lazy("publishing by a second person")
        verbose_name_plural = gettext_lazy("publishing by second persons")

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Let those who may publish open the page."""
        return bool(obj.permissions_for_user(user).publishes)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Keep the draft as it was submitted for everybody but who decides on it."""
        return not obj.permissions_for_user(user).is_second_person

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer what this person may do now."""
        if not obj.permissions_for_user(user).is_second_person:
            return []
        return [("reject", _("Return with a note"), True), ("approve", _("Publish as the second person"), False)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the drafts that wait for this person."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        theirs = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if state.workflow_state.content_object.permissions_for_user(user).is_second_person
        ]
        return waiting.filter(pk__in=theirs)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Decide; who changed the draft on the way has become one of its writers."""
        page = task_state.workflow_state.content_object
        if not page.permissions_for_user(user).is_second_person:
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        """Say what the step is, where workflows are kept."""
        return gettext_lazy("Somebody who may publish the page and wrote nothing of the draft publishes it.")


def refuse_direct_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Leave what was written as a draft, where a second person publishes it."""
    if not is_asked() or not isinstance(page.specific.permissions_for_user(request.user), PortalRights):
        return None
    messages.error(request, _("A second person publishes the pages of the portal. Submit the draft to them."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def hide_direct_publishing(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take the button away that would be refused."""
    page = context.get("page")
    if is_asked() and page and isinstance(page.permissions_for_user(request.user), PortalRights):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
