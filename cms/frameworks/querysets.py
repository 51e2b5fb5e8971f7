"""Reads of frameworks and their versions. Every screen and every API route starts from one of these."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.core.text import fold
from cms.frameworks.enums import DraftState
from cms.organisations.access import access_for
from cms.users.enums import Role

if TYPE_CHECKING:
    # Named in the strings of the classes below.
    from cms.frameworks.models import CriteriaFramework, FrameworkVersion, InputSet, Trial  # noqa: F401


class FrameworkQuerySet(models.QuerySet["CriteriaFramework"]):
    """Frameworks, the province's and agencies' own."""

    def worked_on_by(self, user: Any) -> FrameworkQuerySet:
        """Return frameworks whose drafts the person may open: all for Sở Nội vụ, an agency's own for its head."""
        access = access_for(user)
        if access.reads_province:
            return self
        return self.filter(agency__in=access.own_agencies()) if access.has(Role.AGENCY_HEAD) else self.none()

    def published(self) -> FrameworkQuerySet:
        """Return frameworks that have a version: those are public."""
        return self.filter(pk__in=self.model.objects.filter(versions__isnull=False).values("pk"))

    def search(self, text: str) -> FrameworkQuerySet:
        """Return frameworks whose name or code holds every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def listed(self) -> FrameworkQuerySet:
        """Add what a list shows in one query: ``latest_version`` (a number or None) and ``state`` (a DraftState)."""
        versions: FrameworkVersionQuerySet = apps.get_model("frameworks", "FrameworkVersion").objects.all()
        latest = versions.filter(framework=models.OuterRef("pk")).order_by("-number").values("number")[:1]
        state = models.Case(
            models.When(self._in_workflow(WorkflowState.STATUS_IN_PROGRESS), then=models.Value(DraftState.WAITING)),
            models.When(self._in_workflow(WorkflowState.STATUS_NEEDS_CHANGES), then=models.Value(DraftState.RETURNED)),
            models.When(latest_version__isnull=True, then=models.Value(DraftState.DRAFT)),
            models.When(has_unpublished_changes=True, then=models.Value(DraftState.CHANGED)),
            default=models.Value(DraftState.PUBLISHED),
            output_field=models.CharField(),
        )
        return self.select_related("agency").annotate(latest_version=models.Subquery(latest)).annotate(state=state)

    def in_state(self, state: str) -> FrameworkQuerySet:
        """Return frameworks in a DraftState; the query must be ``listed``."""
        return self.filter(state=state)

    def waiting(self) -> FrameworkQuerySet:
        """Return drafts that wait for approval, the longest first, with ``submitted_at`` and ``submitted_by``."""
        passes = self._passes(WorkflowState.STATUS_IN_PROGRESS)
        waiting = self.select_related("agency").annotate(
            submitted_at=models.Subquery(passes.values("created_at")[:1]),
            submitted_by=models.Subquery(passes.values("requested_by__full_name")[:1]),
        )
        return waiting.filter(submitted_at__isnull=False).order_by("submitted_at", "pk")

    def _in_workflow(self, status: str) -> models.Exists:
        return models.Exists(self._passes(status))

    def _passes(self, status: str) -> models.QuerySet[WorkflowState]:
        about = Cast(models.OuterRef("pk"), models.CharField())
        kind = ContentType.objects.get_for_model(self.model)
        passes: models.QuerySet[WorkflowState] = WorkflowState.objects.filter(
            base_content_type=kind, object_id=about, status=status
        )
        return passes


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Published versions; they are public and never change."""

    def effective_on(
        self, day: datetime.date | None = None, *, published_before: datetime.datetime | None = None
    ) -> FrameworkVersionQuerySet:
        """Return, for each framework, the version that holds on the day (today without one), or none.

        The latest version that has begun takes the place of all before it, for good: when it ends nothing holds, and
        what it superseded does not come back. With a moment, only what was published before it counts, as if nothing
        had come since.
        """
        day = day or timezone.localdate()
        begun = Q(effective_from__lte=day)
        if published_before is not None:
            begun &= Q(published_at__lt=published_before)
        later = self.model.objects.filter(
            begun, framework=models.OuterRef("framework"), number__gt=models.OuterRef("number")
        )
        not_over = Q(effective_to__isnull=True) | Q(effective_to__gte=day)
        return self.filter(begun & not_over).filter(~models.Exists(later))


class InputSetQuerySet(models.QuerySet["InputSet"]):
    """Sets of inputs for trials."""

    def usable_by(self, user: Any) -> InputSetQuerySet:
        """Return the sets that the person may try a draft on: real people only for who reads the whole province."""
        return self if access_for(user).reads_province else self.filter(made_up=True)


class TrialQuerySet(models.QuerySet["Trial"]):
    """Trials of drafts."""

    def readable_by(self, user: Any) -> TrialQuerySet:
        """Return the trials of which the person may see the inputs and the draft beside, if there is one.

        Whose framework it is, is asked of the framework.
        """
        if access_for(user).reads_province:
            return self
        frameworks: FrameworkQuerySet = apps.get_model("frameworks", "CriteriaFramework").objects.all()
        seen = Q(beside_draft=None) | Q(beside_draft__in=frameworks.worked_on_by(user).values("pk"))
        return self.filter(seen, inputs__made_up=True)

    def listed(self) -> TrialQuerySet:
        """Return what a list or a page shows in one query, without the inputs and definitions, which are large."""
        related = self.select_related("inputs", "version", "beside", "beside_draft", "created_by")
        large = ("content", "beside_content", "inputs__content", "version__content", "beside__content")
        blocks = ("basis", "sections", "rules", "classification")
        return related.defer(*large, *(f"beside_draft__{name}" for name in blocks))
