"""What the desk of those who appraise keeps: what each has seen, who reads which version, filters of boards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models.items import CatalogItem
from cms.catalogs.models.versions import CatalogVersion


class ItemSeenQuerySet(models.QuerySet["ItemSeen"]):
    """Reads over what was seen."""

    def of(self, user: Any, version: CatalogVersion) -> ItemSeenQuerySet:
        """Return what one person has seen of a version."""
        return self.filter(person=user, version=version)


class ItemSeen(models.Model):
    """One person has read an item of a version as it is; the row goes when the item is changed (ADR 86)."""

    version = models.ForeignKey(CatalogVersion, models.CASCADE, related_name="+")
    item = models.ForeignKey(CatalogItem, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ItemSeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("item that was seen")
        verbose_name_plural = _("items that were seen")
        constraints = [models.UniqueConstraint(fields=["person", "version", "item"], name="item_seen_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.item_id}"


class VersionAssignment(models.Model):
    """Who reads a version: shares the work out, and opens or closes nothing; whoever may appraise still may."""

    version = models.OneToOneField(CatalogVersion, models.CASCADE, related_name="assignment")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("appraising editor")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assignment of a version")
        verbose_name_plural = _("assignments of versions")

    def __str__(self) -> str:
        return f"{self.version}: {self.editor}"


class BoardFilter(models.Model):
    """A filter of the board of versions, kept by one person under a name."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    # What stands behind the question mark of the board's address.
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("filter of the board")
        verbose_name_plural = _("filters of the board")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="board_filter_name_once")]

    def __str__(self) -> str:
        return self.name
