"""The two steps of a catalog's workflow. Whatever screen or tool moves the workflow, the same actions run."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from catalog_pages import workflow
from catalog_pages.forms import DecisionForm
from catalog_pages.task_states import CatalogTaskState
from cms.catalogs import actions as catalog_actions
from cms.catalogs import permissions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.core.errors import WrongState
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, Role


class CatalogTask(Task):
    """What both steps share: they speak of the page's open version and lock the page for everybody else."""

    task_state_class = CatalogTaskState
    roles: frozenset[Role] = frozenset()
    # The state in which a version is in this step.
    version_state: VersionState

    class Meta:
        abstract = True

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin the step for the page's open version."""
        version = catalog_actions.working_version(workflow_state.content_object.specific.catalog)
        if version is None:
            raise WrongState(_("There is no version to submit. Upload the agency's list first."))
        version = self.enter(version, user)
        state = super().start(workflow_state, user=user)
        state.version = version
        state.save(update_fields=["version"])
        return state

    def enter(self, version: CatalogVersion, user: Any) -> CatalogVersion:
        """Bring the version to where this step can begin, or refuse."""
        raise AssertionError("every step says how it is entered")

    def may_act(self, version: CatalogVersion | None, user: Any) -> bool:
        """Return whether the person may move this version on."""
        raise AssertionError("every step says who may act")

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Keep the page as it is for everybody but those whose step it is."""
        return not self._is_step_of(obj, user)

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Let those whose step it is open the page."""
        return self._is_step_of(obj, user)

    def _is_step_of(self, page: Page, user: Any) -> bool:
        return access_for(user).over(page.specific.catalog.agency, *self.roles)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Return the passes that wait for this person."""
        access = access_for(user)
        if not access.holds(*self.roles):
            return TaskState.objects.none()
        theirs = CatalogTaskState.objects.filter(access.rows_over("version__catalog__agency", *self.roles))
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        return waiting if access.has(*self.roles) else waiting.filter(pk__in=theirs.values("pk"))

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Run the project's own action for what a person chose in Wagtail's screens."""
        page = task_state.workflow_state.content_object.specific
        if action_name == "reject":
            workflow.return_to_agency(by=user, page=page, reason=kwargs.get("comment", ""))
        elif action_name == "approve":
            self.approve(page, user, **kwargs)

    def approve(self, page: Page, user: Any, **kwargs: Any) -> None:
        """Move the page's version on."""
        raise AssertionError("every step says what approval is")


class AppraisalTask(CatalogTask):
    """Sở Nội vụ appraises: accepts, or returns with notes (plans of Đắk Lắk and Gia Lai, catalog)."""

    roles = APPRAISING_ROLES
    version_state = VersionState.SUBMITTED

    class Meta:
        verbose_name = _("appraisal of a catalog")
        verbose_name_plural = _("appraisals of catalogs")

    def enter(self, version: CatalogVersion, user: Any) -> CatalogVersion:
        """Submit the version, unless that has just been done."""
        if version.state == VersionState.SUBMITTED:
            return version
        return catalog_actions.submit(by=user, version=version)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer what this person may do now."""
        version = catalog_actions.working_version(obj.specific.catalog)
        if version is None or not permissions.can_appraise(user, version):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Return to the agency"), True)]
        if not permissions.is_own_work(user, version):
            actions.append(("approve", _("Accept"), False))
        return actions

    def approve(self, page: Page, user: Any, **kwargs: Any) -> None:
        workflow.accept(by=user, page=page)

    @classmethod
    def get_description(cls) -> Any:
        return _("Those who appraise for the block accept the list or return it with notes.")


class DecisionTask(CatalogTask):
    """The Chairman decides; number and date of the decision are required (Decree 335/2025, article 26)."""

    roles = frozenset({Role.PROVINCIAL_APPROVER})
    version_state = VersionState.APPRAISED

    class Meta:
        verbose_name = _("decision on a catalog")
        verbose_name_plural = _("decisions on catalogs")

    def enter(self, version: CatalogVersion, user: Any) -> CatalogVersion:
        """Refuse a version that was not appraised."""
        if version.state != VersionState.APPRAISED:
            raise WrongState(_("The version has to be appraised before it is decided."))
        return version

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer what this person may do now."""
        version = catalog_actions.working_version(obj.specific.catalog)
        if version is None or not permissions.can_decide(user, version):
            return []
        return [("reject", _("Return to the agency"), True), ("approve", _("Enter the decision"), True)]

    def get_form_for_action(self, action: str) -> Any:
        """Ask for the decision's number and dates before approving."""
        return DecisionForm if action == "approve" else super().get_form_for_action(action)

    def approve(self, page: Page, user: Any, **kwargs: Any) -> None:
        """Freeze the version by the decision."""
        workflow.decide(
            by=user, page=page, decision_number=kwargs["decision_number"],
            decision_date=kwargs["decision_date"], effective_from=kwargs["effective_from"],
        )  # fmt: skip

    @classmethod
    def get_description(cls) -> Any:
        return _("Who decides for the block enters the number and date of the decision.")
