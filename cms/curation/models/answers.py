"""What agencies answered when their work was found to be like another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import Catalog


class AgencyAnswer(models.Model):
    """An agency says that two texts, by their fingerprints in order, are two works: it is not asked again.

    It judges nothing for others; editors judge.
    """

    catalog = models.ForeignKey(Catalog, models.CASCADE, related_name="+")
    one = models.CharField(max_length=64, editable=False)
    other = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer of an agency")
        verbose_name_plural = _("answers of agencies")
        constraints = [models.UniqueConstraint(fields=["catalog", "one", "other"], name="agency_answer_once")]

    def __str__(self) -> str:
        return str(self.catalog)
