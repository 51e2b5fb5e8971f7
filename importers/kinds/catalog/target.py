"""Which versions an upload of a catalog was compared with and written into."""

from __future__ import annotations

from django.db.models import Q

from cms.catalogs.models import CatalogVersion
from importers.kinds.catalog.models import CatalogUpload
from importers.kinds.contract import Base, Target
from importers.models import ImportBatch

# What comes with the query of an upload, so that its versions cost none.
RELATED = ("catalog__base", "catalog__committed_to__catalog__agency")


def target_of(batch: ImportBatch) -> Target:
    """Return the versions; none of an upload that was not checked yet."""
    upload = getattr(batch, "catalog", None)
    return Target(upload.base, upload.committed_to) if upload else Target()


def keep_base(batch: ImportBatch, base: Base) -> None:
    """Note the version that the preview was compared with."""
    CatalogUpload.objects.update_or_create(batch=batch, defaults={"base": base.record})


def same_target(batch: ImportBatch) -> Q:
    """Choose the uploads written into the same version."""
    return Q(catalog__committed_to=target_of(batch).written)


def forget_version(version: CatalogVersion) -> None:
    """Leave the uploads that had to do with a version without it, so that it can go."""
    CatalogUpload.objects.filter(base=version).update(base=None)
    CatalogUpload.objects.filter(committed_to=version).update(committed_to=None)
