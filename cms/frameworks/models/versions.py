"""The versions that publishing freezes, and on which day each holds. Every screen and API route of them starts here."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.frameworks.models.frameworks import CriteriaFramework
from cms.scoring.definition import Definition, read_definition

# What editors write of a framework, large and of no use to who asks about its versions.
_WRITTEN = ("basis", "sections", "rules", "classification")


def _not_over(day: datetime.date) -> Q:
    return Q(effective_to__isnull=True) | Q(effective_to__gte=day)


def _issued(before: datetime.datetime | None = None) -> Q:
    """The province's holds once its decision is recorded; an agency's own once that of what it is made of is."""
    asked: tuple[str, Any] = ("recorded_at__lt", before) if before else ("isnull", False)
    own, of_base = (Q((f"{place}decision__{asked[0]}", asked[1])) for place in ("", "base_version__"))
    return own | Q(framework__agency__isnull=False) & (Q(base_version=None) | of_base)


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Published versions; they are public and never change."""

    def issued(self) -> FrameworkVersionQuerySet:
        """Return versions that hold from their day on: an agency's own needs no decision beside that of its base."""
        return self.filter(_issued())

    def effective_on(
        self, day: datetime.date | None = None, *, published_before: datetime.datetime | None = None
    ) -> FrameworkVersionQuerySet:
        """Return, for each framework, the version that holds on the day (today without one), or none.

        A version of the province holds once it is issued: until then the one before it goes on.

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
        later = self.model.objects.issued().filter(
            begun, framework=models.OuterRef("framework"), number__gt=models.OuterRef("number")
        )
        return self.filter(_not_over(day)).filter(~models.Exists(later))

    def waiting_for_decision(self) -> FrameworkVersionQuerySet:
        """Return versions of the province that no decision issues yet, unless a later one of theirs is issued."""
        later = self.model.objects.issued().filter(
            framework=models.OuterRef("framework"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later), framework__agency=None, decision=None)

    def not_begun(self, day: datetime.date) -> FrameworkVersionQuerySet:
        """Return versions that hold from a day after this one on, or that wait for their decision."""
        waiting = self.model.objects.waiting_for_decision()
        return self.filter(Q(effective_from__gt=day) | Q(pk__in=waiting.order_by().values("pk")))

    def with_end(self) -> FrameworkVersionQuerySet:
        """Add ``taken_over_on``: the first day on which a later version of the framework takes its place, or None."""
        later: FrameworkVersionQuerySet = self.model.objects.issued().filter(
            framework=models.OuterRef("framework"), number__gt=models.OuterRef("number")
        )
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
        bases = self.model.objects.select_related("decision").order_by("number")
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
        begun = Q(effective_from__lte=day) & _issued(published_before)
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
        # A base that is issued late suspends from then on: days that are over stay as they were.
        tomorrow = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))
        issued = _issued(min(published_before, tomorrow) if published_before else tomorrow)
        moved = self.filter(issued, effective_from__lte=day, confirm_by__lt=day)
        if published_before is not None:
            confirmed = confirmed.filter(confirmed_at__lt=published_before)
            moved = moved.filter(published_at__lt=published_before)
        return moved.filter(~models.Exists(confirmed))

    def _later_bases(self) -> FrameworkVersionQuerySet:
        found: FrameworkVersionQuerySet = self.model.objects.filter(
            framework=models.OuterRef("base_version__framework"), number__gt=models.OuterRef("base_version__number")
        )
        return found

    def _confirmations(self, version: Any) -> models.QuerySet[BaseConfirmation]:
        """Return confirmations of a version beside an outer version of its base, or one after that."""
        return BaseConfirmation.objects.filter(version=version, base_version__number__gte=models.OuterRef("number"))


class FrameworkVersion(models.Model):
    """A framework as it was published: the bytes that people are judged by. The database refuses any change to it."""

    framework = models.ForeignKey(
        CriteriaFramework, models.PROTECT, related_name="versions", verbose_name=_("criteria framework")
    )
    number = models.PositiveIntegerField(_("number"))
    # Canonical JSON as text: a database's own JSON type would reorder keys and change the hash.
    content = models.TextField(_("definition"))
    content_hash = models.CharField(_("hash"), max_length=71)
    name = models.CharField(_("name"), max_length=300)
    effective_from = models.DateField(_("effective from"))
    effective_to = models.DateField(_("effective to"), null=True, blank=True)
    backdating_reason = models.TextField(_("why it holds for days that were over"), blank=True, editable=False)
    # Within whose limits an agency's version was published.
    base_version = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    # Of a province's later version: the last day on which agencies' versions made of earlier ones hold unconfirmed.
    confirm_by = models.DateField(_("to be confirmed by"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("published by")
    )

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework version")
        verbose_name_plural = _("framework versions")
        ordering = ["framework", "-number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="framework_version_number_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def issued_by(self) -> Any:
        """Return the ``IssuingDecision``, or None: it waits for one, or is an agency's own."""
        return getattr(self, "decision", None)

    @property
    def waits_for_decision(self) -> bool:
        """Say whether it is a version of the province that does not hold before its decision is recorded."""
        return self.framework.agency_id is None and self.issued_by is None

    @property
    def data(self) -> dict[str, Any]:
        """Return the definition as JSON data."""
        data: dict[str, Any] = json.loads(self.content)
        return data

    @cached_property
    def definition(self) -> Definition:
        """Return the definition, ready to score with."""
        return _read(self.content)


@lru_cache(maxsize=64)
def _read(content: str) -> Definition:
    """Read a definition once in a process: it never changes, and what follows from it is worked out beside it."""
    definition, problems = read_definition(json.loads(content))
    if definition is None:
        raise ValueError(f"a framework version cannot be read: {problems[0]}")
    return definition


class BaseConfirmation(models.Model):
    """Somebody's word that an agency's version goes on beside a later version of its base; kept for ever."""

    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="base_confirmations")
    base_version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("confirmation beside a later base")
        verbose_name_plural = _("confirmations beside a later base")
        constraints = [
            models.UniqueConstraint(fields=["version", "base_version"], name="framework_version_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.base_version}"
