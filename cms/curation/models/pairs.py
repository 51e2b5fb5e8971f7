"""Pairs of texts that are alike, and why."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.curation.enums import Verdict
from cms.curation.models.judgements import Judgement
from cms.curation.models.texts import WorkText, WorkUse
from cms.curation.reach import reaches_province


class LikePairQuerySet(models.QuerySet["LikePair"]):
    """Pairs, as seen by a person."""

    def within_reach(self, user: Any) -> LikePairQuerySet:
        """Return pairs both of whose texts are said by agencies whose catalogs the person appraises."""
        if reaches_province(user):
            return self
        uses = WorkUse.objects.within_reach(user)
        return self.filter(Exists(uses.filter(text=OuterRef("one"))), Exists(uses.filter(text=OuterRef("other"))))

    def among(self, texts: Any) -> LikePairQuerySet:
        """Return pairs both of whose texts are among these (keys, or a query of them)."""
        return self.filter(one__in=texts, other__in=texts)

    def waiting(self) -> LikePairQuerySet:
        """Return pairs that nobody has judged, of texts that are said now: one text by two items at least."""
        return self.filter(judgement=None, is_current=True)

    def joining(self) -> LikePairQuerySet:
        """Return pairs that keep their texts together: all but those that were judged different."""
        return self.exclude(judgement__verdict=Verdict.DIFFERENT)


class LikePair(models.Model):
    """Two texts that are taken for the same work, the smaller key first; one text with itself where several say it.

    ``reasons`` are [code, words] as ``cms.dedupe.likeness.REASONS`` has them. ``judgement`` is the one that stands.
    """

    one = models.ForeignKey(WorkText, models.PROTECT, related_name="+")
    other = models.ForeignKey(WorkText, models.PROTECT, related_name="+")
    score = models.DecimalField(_("likeness"), max_digits=5, decimal_places=4)
    reasons = models.JSONField(default=list)
    judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, related_name="standing")
    # Whether both texts are said by current items now.
    is_current = models.BooleanField(default=True)

    objects = LikePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of alike works")
        verbose_name_plural = _("pairs of alike works")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="like_pair_once"),
            models.CheckConstraint(condition=Q(one__lte=F("other")), name="like_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"
