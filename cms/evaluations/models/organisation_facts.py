"""Facts about organisations that their level hangs on: shortcomings and remedies, force majeure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.evaluations.enums import ShortcomingSource
from cms.evaluations.models.evaluations import Evaluation
from cms.organisations.models import Agency


class ShortcomingQuerySet(models.QuerySet["Shortcoming"]):
    """Reads over shortcomings."""

    def standing(self) -> ShortcomingQuerySet:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def unremedied(self, organisations: Iterable[int], day: datetime.date) -> set[int]:
        """Return the organisations (keys) with a shortcoming found by a day and not remedied by then."""
        found = self.standing().filter(organisation__in=organisations, found_on__lte=day)
        found = found.filter(Q(remedied_on=None) | Q(remedied_on__gt=day))
        return set(found.values_list("organisation", flat=True))


class Shortcoming(models.Model):
    """What an earlier evaluation or an inspection found at an organisation, by a document; and how it was remedied.

    It is withdrawn, never deleted.
    """

    organisation = models.ForeignKey(
        Agency, models.PROTECT, related_name="shortcomings", verbose_name=_("organisation")
    )
    source = models.CharField(_("found by"), max_length=12, choices=ShortcomingSource.choices)
    words = models.TextField(_("what was found"), max_length=2000)
    document = models.CharField(_("document"), max_length=300)
    found_on = models.DateField(_("found on"))
    due_on = models.DateField(_("to be remedied by"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    remedied_on = models.DateField(_("remedied on"), null=True, blank=True)
    remedy = models.TextField(_("how it was remedied"), blank=True, max_length=2000)
    remedy_document = models.CharField(_("document"), max_length=300, blank=True)
    remedy_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = ShortcomingQuerySet.as_manager()

    class Meta:
        verbose_name = _("shortcoming of an organisation")
        verbose_name_plural = _("shortcomings of organisations")
        ordering = ["-found_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "found_on"], name="shortcoming_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(remedied_on=None) | Q(remedied_on__gte=F("found_on")), name="shortcoming_remedied_after"
            ),
            models.CheckConstraint(condition=Q(source__in=ShortcomingSource.values), name="shortcoming_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.document}"


class ForceMajeureQuerySet(models.QuerySet["ForceMajeure"]):
    """Reads over accepted force majeure."""

    def standing(self) -> ForceMajeureQuerySet:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def accepted_of(self, evaluations: Iterable[int]) -> set[int]:
        """Return those of the evaluations (keys) for which force majeure stands."""
        return set(self.standing().filter(evaluation__in=evaluations).values_list("evaluation", flat=True))


class ForceMajeure(models.Model):
    """That tasks were not done for reasons nobody could help: weighed and decided by who recognises the result.

    What a framework says of it (``Disqualifier.unless``) leaves the level to the authority, who answers for it.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="force_majeure")
    reasoning = models.TextField(_("circumstances, consequences and reasoning"), max_length=4000)
    document = models.CharField(_("document"), max_length=300)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects: Any = ForceMajeureQuerySet.as_manager()

    class Meta:
        verbose_name = _("force majeure")
        verbose_name_plural = _("force majeure")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(withdrawn_at=None), name="force_majeure_stands_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.document}"
