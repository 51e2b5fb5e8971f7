"""Numbers of documents that show many pieces of work at once; what is told of them stands in the caller's event."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from cms.assignments.enums import EvidenceKind
from cms.assignments.models import Evidence
from cms.core.bulk import insert_rows, whole_rows
from cms.users.models import User


class DocumentNumber(NamedTuple):
    """The number of a document, and the key of the work that it shows."""

    work: int
    number: str


def bring_documents(*, by: User | None, documents: Sequence[DocumentNumber]) -> None:
    """Put numbers of documents beside work, as brought by a person; call it inside a transaction."""
    now = timezone.now()
    rows = (
        {
            "identity": uuid.uuid4(), "work": work, "kind": EvidenceKind.DOCUMENT.value, "name": number,
            "document_number": number, "added_by": by.pk if by else None, "added_at": now,
        }
        for work, number in documents
    )  # fmt: skip
    names, values = whole_rows(Evidence, rows)
    insert_rows(Evidence, names, values)


def take_documents_back(*, by: User | None, numbers: Mapping[int, Sequence[str]], reason: str) -> None:
    """Withdraw numbers of documents beside work, by its key; what a second person verified stays."""
    if not numbers:
        return
    standing = Evidence.objects.standing().filter(work__in=numbers, kind=EvidenceKind.DOCUMENT, verified_at=None)
    gone = [pk for pk, work, number in standing.values_list("pk", "work", "document_number") if number in numbers[work]]
    Evidence.objects.filter(pk__in=gone).update(withdrawn_by=by, withdrawn_at=timezone.now(), reason=reason)
