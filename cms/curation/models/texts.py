"""The texts of works, each once, and the items that say them now."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import FROZEN_STATES
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.core.text import nfc
from cms.curation.models.clusters import Cluster
from cms.curation.reach import rows_within


class Vocabulary(models.Model):
    """The one row that says which editions of the texts and of the abbreviations are known, and that writers lock."""

    # Counts up when abbreviations change: what is kept in memory is made anew.
    abbreviations = models.PositiveIntegerField(default=0)
    # Another one after every reading: what is kept in memory looks for texts that came since.
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("vocabulary")

    def __str__(self) -> str:
        return str(self.abbreviations)

    @classmethod
    def locked(cls) -> Vocabulary:
        """Return the row, made if there was none, locked until the transaction ends."""
        return cls.objects.select_for_update().get_or_create(pk=1)[0]

    @classmethod
    def current(cls) -> Vocabulary:
        """Return the row as it is now; before anything was read, one that is always the same."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, stamp=uuid.UUID(int=0))


class CatalogReading(models.Model):
    """A catalog whose works are to be read again, or were."""

    catalog = models.OneToOneField(Catalog, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reading of a catalog")
        verbose_name_plural = _("readings of catalogs")

    def __str__(self) -> str:
        return str(self.catalog)


class WorkText(models.Model):
    """What some items say of a work: its name, output, unit and group, letter by letter. Kept for ever.

    What was judged holds for texts, so that a judgement holds wherever the same is written, and ends where it changes.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.TextField(_("product or work"))
    output = models.TextField(_("output"), blank=True)
    unit = models.CharField(_("unit"), max_length=500, blank=True)
    group = models.CharField(_("complexity group"), max_length=20, blank=True)
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, related_name="members")

    class Meta:
        verbose_name = _("text of a work")
        verbose_name_plural = _("texts of works")

    def __str__(self) -> str:
        return self.name


def text_digest(name: str, output: str, unit: str, group: str) -> str:
    """Return the fingerprint of a text: of its letters, whatever the white space between words."""
    plain = (" ".join(nfc(each).split()) for each in (name, output, unit, group))
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()


class WorkUseQuerySet(models.QuerySet["WorkUse"]):
    """Reads over what items say now."""

    def within_reach(self, user: Any) -> WorkUseQuerySet:
        """Return uses by agencies whose catalogs the person appraises."""
        return self.filter(rows_within(user, "catalog__agency"))

    def decided(self) -> WorkUseQuerySet:
        """Return uses in versions that were decided."""
        return self.filter(version__state__in=FROZEN_STATES)

    def in_order(self) -> WorkUseQuerySet:
        """Return uses with what is shown of them, by agency; of one agency the decided first."""
        return self.select_related("catalog__agency", "version", "item").order_by(
            "catalog__agency__path", "version__number", "item__position", "pk"
        )


class WorkUse(models.Model):
    """An item of a current version that says a text: of the last decided one, or of one that is being appraised."""

    text = models.ForeignKey(WorkText, models.PROTECT, related_name="uses")
    # What the same item said before, by its identity; asked anew with what was judged of that.
    former = models.ForeignKey(WorkText, models.PROTECT, null=True, related_name="+")
    item = models.OneToOneField(CatalogItem, models.CASCADE, related_name="+")
    version = models.ForeignKey(CatalogVersion, models.CASCADE, related_name="+")
    catalog = models.ForeignKey(Catalog, models.CASCADE, related_name="+")
    identity = models.UUIDField()

    objects = WorkUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a text")
        verbose_name_plural = _("uses of texts")
        indexes = [models.Index(fields=["catalog", "identity"], name="use_identity")]

    def __str__(self) -> str:
        return str(self.item)
