"""Writes about the dossier of an evaluation."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.checked_files import check_file, stored_with_row
from cms.core.errors import NotAllowed, WrongState, require_words
from cms.core.stored_files import stored_name
from cms.evaluations.actions.steps import locked, record_evaluation
from cms.evaluations.enums import DossierKind
from cms.evaluations.errors import InvalidDossierFile
from cms.evaluations.models import DossierFile, Evaluation
from cms.evaluations.models.dossier import MOST_FILES
from cms.evaluations.permissions import can_add_to_dossier, is_own
from cms.users.models import User


def add_dossier_file(*, by: User, evaluation: Evaluation, kind: DossierKind, file: File[bytes]) -> DossierFile:
    """Put a file into the dossier until the period is locked, as the subject or who keeps, marks or decides.

    Raises ``NotAllowed`` for anybody else, ``WrongState`` after the lock, ``InvalidDossierFile`` for a file that cannot
    be taken, stands there already, or is one too many. The file is kept with the record, or neither is.
    """
    row = DossierFile(evaluation=evaluation, kind=kind, added_by=by, name=stored_name(file.name or "") or _("File"))
    check_file(row, file, InvalidDossierFile)
    with stored_with_row(row):
        _write(by, evaluation, row, file)
    return row


@transaction.atomic
def withdraw_dossier_file(*, by: User, file: DossierFile, reason: str) -> DossierFile:
    """Take a file back, with a reason, as who brought it, until the period is locked. It stays to be read."""
    evaluation = locked(file.evaluation)
    file = DossierFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.added_by_id != by.pk:
        raise NotAllowed(_("A file is withdrawn by who brought it."))
    if file.withdrawn_at:
        raise WrongState(_("This was withdrawn already."))
    reason = require_words(reason, InvalidDossierFile(_("Say why it is withdrawn.")))
    file.withdrawn_by, file.withdrawn_at, file.withdrawn_because = by, timezone.now(), reason
    file.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    record_evaluation(by, "evaluation.withdraw_file", evaluation, before=_recorded(file), reason=reason)
    return file


def _write(by: User, evaluation: Evaluation, row: DossierFile, file: File[bytes]) -> None:
    evaluation = locked(evaluation)
    if not can_add_to_dossier(by, evaluation):
        raise NotAllowed(_("Files are brought by who is evaluated, and by who keeps, marks or decides the evaluation."))
    beside = evaluation.dossier.standing()
    if beside.count() >= MOST_FILES:
        raise InvalidDossierFile(_("At most %(count)d files stand in one dossier.") % {"count": MOST_FILES})
    if beside.filter(sha256=row.sha256).exists():
        raise InvalidDossierFile(_("This very file stands there already."))
    row.is_of_subject = is_own(by, evaluation)
    # The name in the storage is ours: nothing of what the person typed reaches the file system.
    row.file.save(row.identity.hex, file, save=False)
    row.save(force_insert=True)
    record_evaluation(by, "evaluation.add_file", evaluation, after=_recorded(row))


def _recorded(row: DossierFile) -> dict[str, Any]:
    """Return what the ledger keeps: the kind and the hash, and no name that a person gave."""
    return {"dossier_file": str(row.identity), "dossier_kind": row.kind, "sha256": row.sha256}
