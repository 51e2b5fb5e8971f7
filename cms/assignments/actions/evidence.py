"""Writes about what shows that work was done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.writing import locked, record_work
from cms.assignments.enums import SETTLED_STATES, EvidenceKind
from cms.assignments.errors import InvalidEvidence, OwnEvidenceVerified
from cms.assignments.models import Evidence, WorkAssignment
from cms.assignments.models.evidence import MOST_PIECES
from cms.assignments.permissions import can_add_evidence, can_verify_evidence, is_own
from cms.core.checked_files import check_file, stored_with_row
from cms.core.errors import DomainError, NotAllowed, WrongState, require_words
from cms.core.stored_files import LONGEST, stored_name
from cms.organisations.permissions import require
from cms.users.models import User


@dataclass(frozen=True, kw_only=True)
class EvidenceValues:
    """One thing: a file, a link, or the number of a document (with its date); ``name`` says what a link is about."""

    file: File[bytes] | None = None
    url: str = ""
    document_number: str = ""
    document_date: datetime.date | None = None
    name: str = ""


def add_evidence(*, by: User, work: WorkAssignment, values: EvidenceValues) -> Evidence:
    """Put one piece of evidence beside work that is not settled yet, as the officer or a program of the work's system.

    Raises ``NotAllowed`` for anybody else, ``WrongState`` for settled work, ``InvalidEvidence`` for more than one
    thing at once, too many, or a file that cannot be evidence. The file is kept with the record, or neither is.
    """
    evidence = _described(values)
    evidence.added_by = by
    file = values.file
    if file is not None:
        check_file(evidence, file, InvalidEvidence)
    with stored_with_row(evidence):
        _write(by, work, evidence, file)
    return evidence


@transaction.atomic
def withdraw_evidence(*, by: User, evidence: Evidence, reason: str) -> Evidence:
    """Take a piece back, with a reason, as the officer or who brought it, until the work is settled.

    It stays to be read.
    """
    work = _open_work(by, evidence.work)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    require(is_own(by, work.officer) or evidence.added_by_id == by.pk)
    if evidence.withdrawn_at:
        raise WrongState(_("This evidence is withdrawn already."))
    reason = require_words(reason, DomainError(_("Give a reason.")))
    evidence.withdrawn_by, evidence.withdrawn_at, evidence.reason = by, timezone.now(), reason
    evidence.save(update_fields=["withdrawn_by", "withdrawn_at", "reason"])
    record_work(by, "work.withdraw_evidence", work, before=recorded(evidence), reason=evidence.reason)
    return evidence


@transaction.atomic
def verify_evidence(*, by: User, evidence: Evidence) -> Evidence:
    """Note that a second person looked at a piece and found it to show what it should."""
    work = locked(evidence.work)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if is_own(by, work.officer) or evidence.added_by_id == by.pk:
        raise OwnEvidenceVerified(_("A second person verifies evidence: not the officer, nor who brought it."))
    if not can_verify_evidence(by, work):
        raise NotAllowed(_("Evidence is verified by the direct manager or who heads the agency."))
    if evidence.withdrawn_at or evidence.verified_at:
        raise WrongState(_("This evidence is verified or withdrawn already."))
    evidence.verified_by, evidence.verified_at = by, timezone.now()
    evidence.save(update_fields=["verified_by", "verified_at"])
    record_work(by, "work.verify_evidence", work, after=recorded(evidence))
    return evidence


def _described(values: EvidenceValues) -> Evidence:
    url, number = values.url.strip(), values.document_number.strip()
    if [values.file is not None, bool(url), bool(number)].count(True) != 1:
        raise InvalidEvidence(_("Bring one thing at a time: a file, a link, or the number of a document."))
    kind = EvidenceKind.FILE if values.file else EvidenceKind.LINK if url else EvidenceKind.DOCUMENT
    name = stored_name(values.file.name or "") if values.file else (values.name.strip() or url or number)[:LONGEST]
    return Evidence(
        kind=kind, name=name or _("File"), url=url, document_number=number,
        document_date=values.document_date if number else None,
    )  # fmt: skip


def _write(by: User, work: WorkAssignment, evidence: Evidence, file: File[bytes] | None) -> None:
    work = _open_work(by, work)
    evidence.work = work
    beside = work.evidence.standing()
    if beside.count() >= MOST_PIECES:
        raise InvalidEvidence(_("At most %(count)d pieces of evidence stand beside one work.") % {"count": MOST_PIECES})
    if evidence.sha256 and beside.filter(sha256=evidence.sha256).exists():
        raise InvalidEvidence(_("This very file stands there already."))
    try:
        evidence.full_clean(exclude=["file", "work", "added_by"])
    except ValidationError as error:
        raise InvalidEvidence(" ".join(error.messages)) from error
    if file is not None:
        # The name in the storage is ours: nothing of what the person typed reaches the file system.
        evidence.file.save(evidence.identity.hex, file, save=False)
    evidence.save(force_insert=True)
    record_work(by, "work.add_evidence", work, after=recorded(evidence))


def _open_work(by: User, work: WorkAssignment) -> WorkAssignment:
    work = locked(work)
    if not can_add_evidence(by, work):
        raise NotAllowed(_("Only the officer who does the work brings or withdraws its evidence."))
    if work.state in SETTLED_STATES:
        raise WrongState(_("The work is settled; its evidence stays as it is."))
    return work


def recorded(evidence: Evidence) -> dict[str, Any]:
    """Return what the ledger keeps: the kind and the hash, and no name that a person gave."""
    return {"evidence": str(evidence.identity), "evidence_kind": evidence.kind, "sha256": evidence.sha256}
