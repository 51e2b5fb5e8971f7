"""Reads of frameworks and their versions. Every screen and every API route starts from one of these."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Coalesce
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
        """Add what a list shows in one query: ``latest_version`` (a number or None) and ``state`` (a DraftState).

        Of agencies' own also whether a version ``is_behind`` a later one of its base, and whether one ``is_suspended``.
        """
        versions: FrameworkVersionQuerySet = apps.get_model("frameworks", "FrameworkVersion").objects.all()
        latest = versions.filter(framework=models.OuterRef("pk")).order_by("-number").values("number")[:1]
        own = versions.filter(framework=models.OuterRef("pk"))
        state = models.Case(
            models.When(self._in_workflow(WorkflowState.STATUS_IN_PROGRESS), then=models.Value(DraftState.WAITING)),
            models.When(self._in_workflow(WorkflowState.STATUS_NEEDS_CHANGES), then=models.Value(DraftState.RETURNED)),
            models.When(latest_version__isnull=True, then=models.Value(DraftState.DRAFT)),
            models.When(has_unpublished_changes=True, then=models.Value(DraftState.CHANGED)),
            default=models.Value(DraftState.PUBLISHED),
            output_field=models.CharField(),
        )
        return (
            self.select_related("agency")
            .annotate(latest_version=models.Subquery(latest), is_suspended=models.Exists(own.suspended_on()))
            .annotate(is_behind=models.Exists(own.behind_base()), state=state)
        )

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
        what it superseded does not come back. An agency's version whose base has moved is suspended after the day by
        which it had to be confirmed, until it is. With a moment, only what was published or confirmed before it counts,
        as if nothing had come since.
        """
        day = day or timezone.localdate()
        unmet = self._unmet_bases(day, published_before)
        return self._latest_on(day, published_before).filter(~models.Exists(unmet))

    def suspended_on(self, day: datetime.date | None = None) -> FrameworkVersionQuerySet:
        """Return agencies' versions that would hold on the day, had they followed their base or been confirmed."""
        day = day or timezone.localdate()
        return self._latest_on(day).filter(models.Exists(self._unmet_bases(day)))

    def still_to_hold(self, day: datetime.date) -> FrameworkVersionQuerySet:
        """Return versions with days from this one on that no other version takes, suspended or not."""
        begun = Q(effective_from__lte=day) | Q(effective_from__lte=models.OuterRef("effective_from"))
        later = self.model.objects.filter(
            begun, framework=models.OuterRef("framework"), number__gt=models.OuterRef("number")
        )
        return self.filter(_not_over(day)).filter(~models.Exists(later))

    def with_end(self) -> FrameworkVersionQuerySet:
        """Add ``taken_over_on``: the first day on which a later version of the framework takes its place, or None."""
        later = self.model.objects.filter(framework=models.OuterRef("framework"), number__gt=models.OuterRef("number"))
        first = later.order_by("effective_from").values("effective_from")[:1]
        return self.annotate(taken_over_on=models.Subquery(first))

    def behind_base(self) -> FrameworkVersionQuerySet:
        """Return agencies' versions that still hold, or will, beside a later version of their base; not confirmed."""
        ends = Coalesce(models.OuterRef("effective_to"), models.Value(datetime.date.max))
        taken_over = Coalesce(models.OuterRef("taken_over_on"), models.Value(datetime.date.max))
        later = self._later_bases().filter(effective_from__lte=ends, effective_from__lt=taken_over)
        begins = [timezone.localdate(), models.OuterRef("effective_from"), models.OuterRef("confirm_by")]
        in_time = Q(*(Q(base_version__effective_from__lte=each) for each in begins), _connector=Q.OR)
        met = self._confirmations(models.OuterRef(models.OuterRef("pk"))).filter(in_time)
        due = later.filter(~models.Exists(met))
        return self.still_to_hold(timezone.localdate()).with_end().filter(models.Exists(due))

    def with_base(self) -> FrameworkVersionQuerySet:
        """Add what ``bases.due`` asks of each version, in a few queries for all."""
        bases = self.model.objects.order_by("number")
        related = self.with_end().select_related("framework__agency", "framework__base", "base_version")
        drafts = (f"{place}__{name}" for place in ("framework", "framework__base") for name in _WRITTEN)
        return related.defer(*drafts, "base_version__content").prefetch_related(
            "base_confirmations__base_version", models.Prefetch("framework__base__versions", queryset=bases)
        )

    def not_met_on(self, version: FrameworkVersion, day: datetime.date) -> FrameworkVersionQuerySet:
        """Return the versions of its base because of which an agency's version is suspended on the day."""
        return self._later_than(version)._not_met(version.pk, day).order_by("number")

    def _later_than(self, version: FrameworkVersion) -> FrameworkVersionQuerySet:
        against = version.base_version
        return self.filter(framework=against.framework_id, number__gt=against.number) if against else self.none()

    def _latest_on(
        self, day: datetime.date, published_before: datetime.datetime | None = None
    ) -> FrameworkVersionQuerySet:
        """Return the latest begun version of each framework, unless it is over."""
        begun = Q(effective_from__lte=day)
        if published_before is not None:
            begun &= Q(published_at__lt=published_before)
        later = self.model.objects.filter(
            begun, framework=models.OuterRef("framework"), number__gt=models.OuterRef("number")
        )
        return self.filter(begun & _not_over(day)).filter(~models.Exists(later))

    def _unmet_bases(
        self, day: datetime.date, published_before: datetime.datetime | None = None
    ) -> FrameworkVersionQuerySet:
        """Return, of an outer version, the versions of its base because of which it is suspended on the day."""
        outer = models.OuterRef(models.OuterRef("pk"))
        return self._later_bases()._not_met(outer, day, published_before)

    def _not_met(
        self, version: Any, day: datetime.date, published_before: datetime.datetime | None = None
    ) -> FrameworkVersionQuerySet:
        """Keep, of later versions of a base, those begun by whose day the version was to be confirmed, and is not.

        A confirmation beside a base still later counts for all before it, from the day on which that base begins.
        """
        confirmed = self._confirmations(version).filter(base_version__effective_from__lte=day, confirmed_on__lte=day)
        moved = self.filter(effective_from__lte=day, confirm_by__lt=day)
        if published_before is not None:
            confirmed = confirmed.filter(confirmed_at__lt=published_before)
            moved = moved.filter(published_at__lt=published_before)
        return moved.filter(~models.Exists(confirmed))

    def _later_bases(self) -> FrameworkVersionQuerySet:
        found: FrameworkVersionQuerySet = self.model.objects.filter(
            framework=models.OuterRef("base_version__framework"), number__gt=models.OuterRef("base_version__number")
        )
        return found

    def _confirmations(self, version: Any) -> models.QuerySet[Any]:
        """Return confirmations of a version beside an outer version of its base, or one after that."""
        confirmations: models.QuerySet[Any] = apps.get_model("frameworks", "BaseConfirmation").objects.filter(
            version=version, base_version__number__gte=models.OuterRef("number")
        )
        return confirmations


# What editors write of a framework, large and of no use to who asks about its versions.
_WRITTEN = ("basis", "sections", "rules", "classification")


def _not_over(day: datetime.date) -> Q:
    return Q(effective_to__isnull=True) | Q(effective_to__gte=day)


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
