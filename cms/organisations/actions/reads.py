"""Who read whose data is counted here, apart from the ledger: a reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

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


def note_reads(*, by: User, officers: Iterable[Officer], what: OfficerData) -> None:
    """Note that a person or a program read something about several officers, in three queries; not of oneself."""
    read = {each.pk for each in officers if each.account_id != by.pk}
    if not read:
        return
    today = timezone.localdate()
    noted = OfficerRead.objects.filter(reader=by, officer__in=read, what=what, day=today)
    known = set(noted.values_list("officer", flat=True))
    noted.update(times=F("times") + 1)
    new = [OfficerRead(reader=by, officer_id=pk, what=what, day=today) for pk in sorted(read - known)]
    # Who reads twice at the same moment is counted once.
    OfficerRead.objects.bulk_create(new, ignore_conflicts=True)
