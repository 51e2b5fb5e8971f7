"""What the ledger holds of an approved version, computed anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.audit.seals import Sealed, StoredRecord
from cms.catalogs.actions import content_hash
from cms.catalogs.actions.review import terms_hash
from cms.catalogs.models import CatalogVersion


def _stored_versions() -> Iterator[StoredRecord]:
    versions = CatalogVersion.objects.frozen().select_related("catalog__agency").order_by("pk")
    for version in versions.iterator(chunk_size=100):
        digest = content_hash(version)
        facts = {
            "content_hash": digest,
            "items": version.items.count(),
            "terms_hash": terms_hash(version),
            "decision_number": version.decision_number,
            "decision_date": version.decision_date,
            "effective_from": version.effective_from,
        }
        yield StoredRecord(str(version.pk), str(version), facts, digest, version.content_hash)


APPROVED_VERSIONS = Sealed(
    _("catalog version"), "catalog_version.approve", lambda event: event.subject_id, _stored_versions
)
