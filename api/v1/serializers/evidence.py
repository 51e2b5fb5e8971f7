"""Evidence of work as JSON, and the file that is sent as such."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer, StrictSerializer
from api.v1.serializers.import_requests import SentFileField
from cms.assignments.enums import EvidenceKind
from cms.assignments.models import Evidence


class EvidenceFileSerializer(StrictSerializer):
    """What is sent: a multipart form with the file in it."""

    file = SentFileField(allow_empty_file=True)


class EvidenceSerializer(RowSerializer):
    """One piece of evidence: a file, a link, or the number of a document."""

    identity = serializers.UUIDField()
    kind = serializers.ChoiceField(EvidenceKind.choices)
    name = serializers.CharField(help_text="What the file was called, or what the link or the document is about.")
    file = serializers.URLField(allow_null=True, help_text="Where the file is to be had.")
    media_type = serializers.CharField(allow_blank=True, help_text="What the bytes of the file are.")
    size = serializers.IntegerField(help_text="In bytes; 0 for a link or a document.")
    sha256 = serializers.CharField(allow_blank=True)
    link = serializers.CharField(allow_blank=True)
    document_number = serializers.CharField(allow_blank=True)
    document_date = serializers.DateField(allow_null=True)
    added_at = serializers.DateTimeField()
    verified_at = serializers.DateTimeField(allow_null=True, help_text="When a second person found that it shows it.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    same_file = serializers.ListField(
        child=serializers.URLField(), help_text="Other work that you see with this very file."
    )

    def row(self, links: Links, row: Evidence) -> dict[str, Any]:
        """Return one piece."""
        return {
            "identity": row.identity, "kind": row.kind, "name": row.name,
            "file": links.evidence(row.work.identity, row.identity) if row.sha256 else None,
            "media_type": row.media_type, "size": row.size, "sha256": row.sha256, "link": row.url,
            "document_number": row.document_number, "document_date": row.document_date, "added_at": row.added_at,
            "verified_at": row.verified_at, "withdrawn_at": row.withdrawn_at,
            "same_file": [links.assignment(work.identity) for work in row.elsewhere],
        }  # fmt: skip
