"""Bringing out what is due: versions by their days of effect, and with each the text that was decided on.

Wagtail's schedule has room for one text a page, and any text that is published empties it. So nothing is put there: the
decisions say which versions there are and when each begins, and the passes that ended in them which text came along.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from catalog_pages.task_states import CatalogTaskState
from catalog_pages.tasks import DecisionTask
from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogVersion


class _PublishText(PublishPageRevisionAction):
    """Wagtail ends a page's workflow whenever the page is published. Here that would be a later version's."""

    def _after_publish(self) -> None:
        # As a list of pages reads it beforehand: no workflow that could be cancelled.
        self.object._current_workflow_states = []
        super()._after_publish()


def publish_text(revision: Revision, *args: Any, skip_permission_checks: bool = False, **kwargs: Any) -> None:
    """Make the page show this text; takes what Wagtail's ``publish`` takes. The workflow goes on."""
    _PublishText(revision, *args, **kwargs).execute(skip_permission_checks=skip_permission_checks)


def is_waiting(revision: Revision) -> bool:
    """Return whether the text was decided on with a version whose day has not come."""
    return _decisions().filter(revision=revision, version__effective_from__gt=timezone.localdate()).exists()


@transaction.atomic
def publish_due(*, page: Page) -> list[CatalogVersion]:
    """Record the page's versions whose day has come, and show the text that was decided on with the last of them."""
    due = catalog_actions.publish_due(catalog=page.catalog)
    if not due:
        return due
    if text := _text_to_show(page, due[-1]):
        publish_text(text, log_action="wagtail.publish.scheduled")
    return due


def _text_to_show(page: Page, version: CatalogVersion) -> Revision | None:
    """Return the text that was decided on with a version, unless a newer one was published meanwhile and stays."""
    decision = _decisions().filter(version=version).select_related("revision").order_by("pk").last()
    live_revision = Page.objects.filter(pk=page.pk, live=True).values_list("live_revision", flat=True).first()
    if decision is None:
        # Old texts may have been cleared away, and the pass with them; a page that is not shown needs one all the same.
        return page.get_latest_revision() if live_revision is None else None
    return decision.revision if live_revision is None or live_revision < decision.revision_id else None


def _decisions() -> QuerySet[CatalogTaskState]:
    """Return the passes that ended in a decision, each with its version and its text."""
    decided = CatalogTaskState.objects.filter(status=CatalogTaskState.STATUS_APPROVED)
    return decided.filter(task__in=DecisionTask.objects.all())
