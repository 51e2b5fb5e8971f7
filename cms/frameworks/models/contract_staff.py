"""Whether an agency's frameworks judge its contract staff too: the agency's own choice, from a day on."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from cms.organisations.models import Agency


class ContractStaffChoiceQuerySet(models.QuerySet["ContractStaffChoice"]):
    """Choices; the last one recorded of those begun holds, for the agency and for what is below it without its own."""

    def begun(self, day: datetime.date) -> ContractStaffChoiceQuerySet:
        """Return those begun by the day, the one that holds first: of the nearest agency, then the latest."""
        order = (Length("agency__path").desc(), "-valid_from", "-pk")
        return self.filter(valid_from__lte=day).order_by(*order)

    def nearest(self, day: datetime.date) -> models.Subquery:
        """Return, for an outer posting, whether contract staff are judged there on the day; None without a choice."""
        found = self.begun(day).annotate(
            posted_at=models.ExpressionWrapper(models.OuterRef("agency__path"), models.CharField())
        )
        return models.Subquery(found.filter(posted_at__startswith=models.F("agency__path")).values("covered")[:1])


class ContractStaffChoice(models.Model):
    """An agency's word on its contract staff, by its head; a later one takes its place and none is ever changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    covered = models.BooleanField(_("contract staff are judged by the framework"))
    valid_from = models.DateField(_("from"))
    document = models.CharField(_("document"), max_length=300, help_text=_("Number and date of the agency's decision."))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    objects = ContractStaffChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice on contract staff")
        verbose_name_plural = _("choices on contract staff")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.agency} {self.valid_from:%d/%m/%Y}"
