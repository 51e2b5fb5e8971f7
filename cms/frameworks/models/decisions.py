"""The People's Committee's decision by which a version of the province's framework is issued."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.frameworks.models.versions import FrameworkVersion


class IssuingDecision(models.Model):
    """The decision by which a version holds; the database refuses any change to it.

    One without number is of a version that was published before decisions were recorded: it holds, and no page says
    that anybody issued it.
    """

    version = models.OneToOneField(FrameworkVersion, models.PROTECT, related_name="decision")
    number = models.CharField(_("number"), max_length=100, blank=True)
    signed_on = models.DateField(_("date"), null=True)
    signer = models.CharField(_("signed by"), max_length=200, blank=True)
    effective_from = models.DateField(_("day of effect"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("issuing decision")
        verbose_name_plural = _("issuing decisions")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", signed_on__isnull=True, signer="")
                | (~Q(number="") & Q(signed_on__isnull=False) & ~Q(signer="")),
                name="issuing_decision_whole_or_none",
            )
        ]

    def __str__(self) -> str:
        return self.number or str(_("without a recorded decision"))
