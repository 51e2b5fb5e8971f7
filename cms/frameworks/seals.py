"""What the ledger holds of a published framework version, computed anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.audit.seals import Sealed, StoredRecord
from cms.frameworks.models import FrameworkVersion


def _stored_versions() -> Iterator[StoredRecord]:
    for version in FrameworkVersion.objects.order_by("pk").iterator(chunk_size=20):
        # The stored text is canonical: its bytes are what was hashed.
        digest = "sha256:" + hashlib.sha256(version.content.encode()).hexdigest()
        facts = {"version": version.number, "hash": digest, "effective_from": version.effective_from}
        yield StoredRecord(
            f"{version.framework_id}/{version.number}", str(version), facts, digest, version.content_hash
        )


PUBLISHED_VERSIONS = Sealed(
    _("framework version"),
    "framework.publish",
    lambda event: f"{event.subject_id}/{event.after.get('version')}",
    _stored_versions,
)
