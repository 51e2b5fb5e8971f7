"""What the ledger holds of a published framework version, computed anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.audit.models import AuditEvent
from cms.audit.seals import Sealed, StoredRecord
from cms.frameworks.models import FrameworkVersion, IssuingDecision


def _stored_versions() -> Iterator[StoredRecord]:
    for version in FrameworkVersion.objects.order_by("pk").iterator(chunk_size=20):
        # The stored text is canonical: its bytes are what was hashed.
        digest = "sha256:" + hashlib.sha256(version.content.encode()).hexdigest()
        facts = {"version": version.number, "hash": digest, "effective_from": version.effective_from}
        yield StoredRecord(
            f"{version.framework_id}/{version.number}", str(version), facts, digest, version.content_hash
        )


def _stored_decisions() -> Iterator[StoredRecord]:
    # Those without number are of versions from before decisions were recorded: nobody did it.
    decided = IssuingDecision.objects.exclude(number="").select_related("version").defer("version__content")
    for each in decided.order_by("pk").iterator(chunk_size=100):
        version = each.version
        facts = {name: getattr(each, name) for name in ("number", "signed_on", "signer", "effective_from")}
        yield StoredRecord(
            f"{version.framework_id}/{version.number}", str(version), facts | {"version": version.number}, "", ""
        )


def _version_key(event: AuditEvent) -> str:
    return f"{event.subject_id}/{event.after.get('version')}"


PUBLISHED_VERSIONS = Sealed(
    _("framework version"),
    "framework.publish",
    _version_key,
    _stored_versions,
)
ISSUING_DECISIONS = Sealed(_("issuing decision"), "framework.issue", _version_key, _stored_decisions)
