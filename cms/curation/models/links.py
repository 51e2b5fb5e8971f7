"""Which items of agencies are which item of the province's common list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import Catalog
from cms.curation.models.judgements import Judgement


class CommonLinkQuerySet(models.QuerySet["CommonLink"]):
    """Reads over links."""

    def standing(self) -> CommonLinkQuerySet:
        """Return links whose judgement nobody has undone."""
        return self.filter(ended_at=None)


class CommonLink(models.Model):
    """An agency's item, in whatever version, is the same work as an item of the province's catalog.

    Both are named by identities, which stay from version to version.
    """

    catalog = models.ForeignKey(Catalog, models.PROTECT, related_name="common_links")
    identity = models.UUIDField()
    common = models.UUIDField(db_index=True)
    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="links")
    ended_at = models.DateTimeField(null=True)

    objects = CommonLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to the common list")
        verbose_name_plural = _("links to the common list")
        constraints = [
            models.UniqueConstraint(
                fields=["catalog", "identity"], condition=Q(ended_at=None), name="common_link_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.catalog}: {self.identity}"
