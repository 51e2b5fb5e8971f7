"""What the ledger holds of a release of figures, computed anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from catalog_pages.transparency.models import TransparencyRelease, hash_of
from cms.audit.seals import Sealed, StoredRecord


def _stored_releases() -> Iterator[StoredRecord]:
    for release in TransparencyRelease.objects.order_by("pk").iterator(chunk_size=20):
        digest = hash_of(release.content)
        facts = {"number": release.number, "sha256": digest, "note": release.note}
        yield StoredRecord(str(release.pk), str(release.number), facts, digest, release.content_hash)


RELEASES = Sealed(_("release of figures"), "transparency.publish", lambda event: event.subject_id, _stored_releases)
