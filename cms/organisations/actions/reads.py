"""Who read whose data is counted here, apart from the ledger: a reading changes nothing."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from cms.organisations.enums import OfficerData
from cms.organisations.models import Officer, OfficerRead
from cms.users.models import User


def note_read(*, by: User, officer: Officer, what: OfficerData) -> None:
    """Note that a person read something about an officer; what is one's own is read without a note."""
    if officer.account_id == by.pk:
        return
    read, is_new = OfficerRead.objects.get_or_create(reader=by, officer=officer, what=what, day=timezone.localdate())
    if not is_new:
        OfficerRead.objects.filter(pk=read.pk).update(times=F("times") + 1)
