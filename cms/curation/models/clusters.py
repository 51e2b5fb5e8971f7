"""Clusters: texts that are alike by pairs, looked at together by one editor at a time."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.curation.reach import reaches_province, reaches_some

# For so long a cluster stays with whoever took it.
TAKEN_FOR = datetime.timedelta(minutes=15)


class ClusterQuerySet(models.QuerySet["Cluster"]):
    """Clusters, as seen by a person."""

    def visible_to(self, user: Any) -> ClusterQuerySet:
        """Return clusters with a pair of works of agencies whose catalogs the person appraises."""
        if reaches_province(user):
            return self
        if not reaches_some(user):
            return self.none()
        return self.filter(Exists(self._pairs(user)))

    def waiting(self, user: Any) -> ClusterQuerySet:
        """Return visible clusters in which a pair waits for the person's judgement, those of most agencies first."""
        found = self.visible_to(user).filter(open_pairs__gt=0)
        if not reaches_province(user):
            found = found.filter(Exists(self._pairs(user).filter(judgement=None)))
        return found.order_by("-catalogs", "-score", "pk")

    def free_for(self, user: Any) -> ClusterQuerySet:
        """Return clusters that nobody else holds now."""
        return self.filter(
            Q(taken_by=None) | Q(taken_by=user.pk) | Q(taken_at__lt=timezone.now() - TAKEN_FOR)
        )  # fmt: skip

    @staticmethod
    def _pairs(user: Any) -> Any:
        pairs: Any = apps.get_model("curation", "LikePair").objects
        return pairs.within_reach(user).filter(one__cluster=OuterRef("pk"))


class Cluster(models.Model):
    """Texts that are joined by pairs of alike ones; counts are kept by ``actions.regrouping``.

    ``edition`` counts up with every judgement and every change of its members: a form made against an earlier count
    is stale.
    """

    texts = models.PositiveIntegerField(_("names"), default=0)
    catalogs = models.PositiveIntegerField(_("agencies"), default=0)
    pairs = models.PositiveIntegerField(_("pairs"), default=0)
    open_pairs = models.PositiveIntegerField(_("pairs to judge"), default=0)
    # The likeness of its most alike pair that waits.
    score = models.DecimalField(_("likeness"), max_digits=5, decimal_places=4, default=0)
    edition = models.PositiveIntegerField(default=0)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(null=True)
    # Whoever took it over from somebody else said why.
    taken_because = models.TextField(blank=True, default="")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster of alike works")
        verbose_name_plural = _("clusters of alike works")
        indexes = [
            models.Index(
                F("catalogs").desc(), F("score").desc(), "id", name="cluster_waiting", condition=Q(open_pairs__gt=0)
            ),
        ]

    def __str__(self) -> str:
        first = self.members.order_by("pk").first()
        return first.name if first else str(self.pk)

    def is_held_by_other(self, user: Any) -> bool:
        """Return whether somebody else holds it now."""
        return self.is_held and self.taken_by_id != user.pk

    @property
    def is_held(self) -> bool:
        """Return whether somebody holds it now: for ``TAKEN_FOR`` from when they took it."""
        return self.taken_at is not None and self.taken_at >= timezone.now() - TAKEN_FOR

    def is_held_by(self, user: Any) -> bool:
        """Return whether the person took it, be it long ago, and nobody has taken it since."""
        return self.taken_by_id == user.pk
