"""Moving a catalog through its workflow: the version's own action and Wagtail's step, in one transaction.

A ``page`` is an AgencyCatalogPage, which stands above: its workflow's tasks call these.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, Workflow, WorkflowState

from catalog_pages.task_states import CatalogTaskState
from cms.catalogs import actions as catalog_actions
from cms.catalogs.enums import UNDER_REVIEW
from cms.catalogs.models import CatalogVersion
from cms.core.errors import WrongState
from cms.users.models import User


@transaction.atomic
def submit(*, by: User, page: Page) -> CatalogVersion:
    """Submit the page's open version: the workflow starts from its first step, whatever came before."""
    version = _open_version(page)
    submitted = catalog_actions.submit(by=by, version=version)
    _start(page, by)
    return submitted


@transaction.atomic
def submit_changes(*, by: User, page: Page, authors: Iterable[User], reason: str) -> CatalogVersion:
    """Submit the page's draft that a decided change set made, in the name of whoever closed the set."""
    version = _open_version(page)
    submitted = catalog_actions.submit_changes(by=by, version=version, authors=authors, reason=reason)
    _start(page, by)
    return submitted


def _start(page: Page, by: User) -> None:
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=by)
    page = page.get_latest_revision_as_object()
    page.save_revision(user=by)
    _workflow(page).start(page, by)


@transaction.atomic
def return_to_agency(*, by: User, page: Page, reason: str) -> CatalogVersion:
    """Send the page's submitted or appraised version back to its agency."""
    version = _open_version(page)
    state = _current_state(page, version)
    version = catalog_actions.return_to_agency(by=by, version=version, reason=reason)
    state.reject(user=by, comment=reason)
    return version


@transaction.atomic
def accept(*, by: User, page: Page) -> CatalogVersion:
    """Accept the page's submitted version; it goes on to the Chairman's decision."""
    version = _open_version(page)
    state = _current_state(page, version)
    version = catalog_actions.accept(by=by, version=version)
    _carry_on_with(page.get_latest_revision(), state)
    state.approve(user=by)
    return version


@transaction.atomic
def decide(
    *,
    by: User,
    page: Page,
    decision_number: str,
    decision_date: datetime.date,
    effective_from: datetime.date,
) -> CatalogVersion:
    """Enter the Chairman's decision; the version is public at once, or from its day of effect if that is later."""
    version = _open_version(page)
    state = _current_state(page, version)
    version = catalog_actions.decide(
        by=by, version=version,
        decision_number=decision_number, decision_date=decision_date, effective_from=effective_from,
    )  # fmt: skip
    _fix_text(page, state)
    state.approve(user=by, comment=decision_number)
    version.refresh_from_db()
    return version


@transaction.atomic
def withdraw(*, by: User, page: Page) -> CatalogVersion:
    """Take the submitted version back."""
    version = catalog_actions.withdraw(by=by, version=_open_version(page))
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=by)
    return version


def _fix_text(page: Page, state: CatalogTaskState) -> None:
    """Keep the page's text with the decision; whatever was typed into the page's own schedule counts for nothing."""
    newest = page.get_latest_revision_as_object()
    newest.go_live_at = newest.expire_at = None
    _carry_on_with(newest.save_revision(user=state.workflow_state.requested_by), state)


def _carry_on_with(text: Revision, state: CatalogTaskState) -> None:
    """Have the workflow go on with this text: to Wagtail, what was passed with another has not been passed."""
    CatalogTaskState.objects.filter(workflow_state=state.workflow_state).update(revision=text)
    state.revision = text


def _open_version(page: Page) -> CatalogVersion:
    """Return the version that the act is about; the page's text becomes that of now, however long it was in hand."""
    page.refresh_from_db(fields=["latest_revision"])
    version = catalog_actions.working_version(page.catalog)
    if version is None:
        raise WrongState(_("There is no version to submit. Upload the agency's list first."))
    return version


def _current_state(page: Page, version: CatalogVersion) -> CatalogTaskState:
    """Return the version's pass through the step in which it is; begun anew where Wagtail has ended the workflow."""
    state = page.current_workflow_task_state
    if _concerns(state, version):
        return state
    if version.state not in UNDER_REVIEW:
        raise WrongState(_("The version is not in the workflow at this moment."))
    return _resume_workflow(page, version)


def _concerns(state: Any, version: CatalogVersion) -> bool:
    is_of_version = isinstance(state, CatalogTaskState) and state.version_id == version.pk
    return is_of_version and state.task.specific.version_state == version.state


def _resume_workflow(page: Page, version: CatalogVersion) -> CatalogTaskState:
    """Start the workflow at the step in which the version is: the state of the version is what counts."""
    if page.current_workflow_state:
        page.current_workflow_state.cancel()
    resumed = WorkflowState(
        content_type=page.get_content_type(), base_content_type=page.get_base_content_type(), object_id=str(page.pk),
        workflow=_workflow(page), requested_by=version.submitted_by,
    )  # fmt: skip
    resumed.save()
    for task in resumed.workflow.tasks.specific():
        if task.version_state == version.state:
            break
        CatalogTaskState.objects.create(
            workflow_state=resumed, task=task, version=version, revision=page.get_latest_revision(),
            status=CatalogTaskState.STATUS_SKIPPED, finished_at=timezone.now(),
        )  # fmt: skip
    resumed.update(user=version.submitted_by)
    # Read anew: what the workflow has in hand is the page as it was.
    state: CatalogTaskState = page.current_workflow_task_state
    return state


def _workflow(page: Page) -> Workflow:
    workflow = page.get_workflow()
    if workflow is None:
        raise WrongState(_("No workflow is set on the catalog index page."))
    return workflow
