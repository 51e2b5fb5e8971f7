"""Which items of agencies are which item of the province's common list."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import Catalog, CatalogVersion
from cms.curation.enums import LinkOrigin
from cms.curation.models.judgements import Judgement
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES


class CommonLinkQuerySet(models.QuerySet["CommonLink"]):
    """Reads over links."""

    def standing(self) -> CommonLinkQuerySet:
        """Return links that hold: their judgement stands, and nobody has ended them."""
        return self.filter(ended_at=None)

    def standing_at(self, moment: datetime.datetime) -> CommonLinkQuerySet:
        """Return links that held at a moment."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=moment), made_at__lte=moment)

    def within_reach(self, user: Any) -> CommonLinkQuerySet:
        """Return links of items of agencies whose catalogs the person appraises."""
        return self.filter(access_for(user).rows_over("catalog__agency", *APPRAISING_ROLES))

    def of_items(self, places: Collection[tuple[int, uuid.UUID]]) -> CommonLinkQuerySet:
        """Return links of items, each named by its catalog and its identity; at most a page of them."""
        return self.filter(
            catalog__in={catalog for catalog, _identity in places}, identity__in={identity for _c, identity in places}
        )


class CommonLink(models.Model):
    """An agency's item, in whatever version, is the same work as an item of the province's catalog.

    Both are named by identities, which stay from version to version. ``source`` is the version from which the one was
    made of the other: the agency's where the common item was made of its item, the province's where it was taken over.
    """

    catalog = models.ForeignKey(Catalog, models.PROTECT, related_name="common_links")
    identity = models.UUIDField()
    common = models.UUIDField(db_index=True)
    origin = models.CharField(_("origin"), max_length=10, choices=LinkOrigin.choices, default=LinkOrigin.JUDGED)
    # The judgement with which it stands and falls; None where it was made without one.
    judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, related_name="links")
    source = models.ForeignKey(CatalogVersion, models.PROTECT, null=True, related_name="+")
    # Of those that were judged, the judgement says who.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = CommonLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to the common list")
        verbose_name_plural = _("links to the common list")
        constraints = [
            models.UniqueConstraint(
                fields=["catalog", "identity"], condition=Q(ended_at=None), name="common_link_standing_once"
            ),
            models.CheckConstraint(
                condition=Q(origin=LinkOrigin.JUDGED, judgement__isnull=False)
                | (~Q(origin=LinkOrigin.JUDGED) & Q(source__isnull=False)),
                name="common_link_has_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.catalog}: {self.identity}"

    def stands_at(self, moment: datetime.datetime) -> bool:
        """Return whether it held at a moment, as ``standing_at`` asks the database."""
        return self.made_at <= moment and (self.ended_at is None or self.ended_at > moment)
