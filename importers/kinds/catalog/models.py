"""What an upload of a catalog has to do with versions."""

from __future__ import annotations

from django.db import models

from cms.catalogs.models import CatalogVersion
from importers.models import ImportBatch


class CatalogUpload(models.Model):
    """The versions of one upload: the one that its preview was compared with, and the one that it was written into."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, primary_key=True, related_name="catalog")
    # The open version, or the last decided one; none where the agency had no catalog yet.
    base = models.ForeignKey(CatalogVersion, models.PROTECT, null=True, related_name="+")
    committed_to = models.ForeignKey(CatalogVersion, models.PROTECT, null=True, related_name="uploads")

    def __str__(self) -> str:
        return str(self.batch_id)
