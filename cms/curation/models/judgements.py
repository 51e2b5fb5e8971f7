"""What editors judged of alike works; kept for ever, and undone at most."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.curation.enums import Verdict
from cms.curation.reach import reaches_province


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Reads over judgements."""

    def standing(self) -> JudgementQuerySet:
        """Return judgements that nobody has undone."""
        return self.filter(undone_at=None)

    def made_on(self, day: datetime.date | None = None) -> JudgementQuerySet:
        """Return judgements of one day, today when left out."""
        start = timezone.make_aware(datetime.datetime.combine(day or timezone.localdate(), datetime.time.min))
        return self.filter(at__gte=start, at__lt=start + datetime.timedelta(days=1))

    def visible_to(self, user: Any) -> JudgementQuerySet:
        """Return judgements of pairs within the person's reach."""
        if reaches_province(user):
            return self
        pairs: Any = apps.get_model("curation", "LikePair").objects
        judged = JudgedPair.objects.filter(judgement=models.OuterRef("pk"), pair__in=pairs.within_reach(user))
        return self.filter(models.Exists(judged))


class Judgement(models.Model):
    """One act of an editor over the pairs of one cluster, or over some of them."""

    verdict = models.CharField(_("judgement"), max_length=10, choices=Verdict.choices)
    reason = models.TextField(_("reason"), blank=True)
    # Of "the same as this common item": its identity in the province's catalog.
    common = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement of alike works")
        verbose_name_plural = _("judgements of alike works")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.COMMON, common__isnull=False) | ~Q(verdict=Verdict.COMMON),
                name="judgement_common_named",
            ),
        ]

    def __str__(self) -> str:
        return str(Verdict(self.verdict).label)


class JudgedPair(models.Model):
    """A pair that was judged by an act, whether or not that still stands."""

    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="judged")
    pair = models.ForeignKey("curation.LikePair", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("judged pair")
        verbose_name_plural = _("judged pairs")
        constraints = [models.UniqueConstraint(fields=["judgement", "pair"], name="judged_pair_once")]

    def __str__(self) -> str:
        return str(self.pair)
