"""Writes and readings of personal identity numbers. The ledger says who did it and to whom, never the number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.text import clean_text, code_key
from cms.organisations.actions.reads import note_read
from cms.organisations.enums import OfficerData
from cms.organisations.errors import IdentityNumbersRefused, InvalidIdentityNumber
from cms.organisations.identity_cipher import fingerprints, seal, unseal
from cms.organisations.models import IdentityNumber, Officer
from cms.organisations.permissions import require
from cms.users.models import User

_DIGITS = re.compile(r"[0-9]{12}")
_AT_ONCE = 500


@dataclass(frozen=True)
class IdentityRow:
    """A row of a list of identity numbers: its number in the sheet, the officer's code, what stands beside it."""

    number: int
    code: str
    identity_number: str


@transaction.atomic
def enter_identity_number(*, by: User | None, officer: Officer, number: str) -> None:
    """Keep an officer's number in place of an earlier one.

    Raises ``InvalidIdentityNumber`` for what is no number or another officer's, ``NotAllowed``.
    """
    require(by is None or _may_write(by, [officer]) == {officer.pk})
    _keep(by, officer, number)


@transaction.atomic
def read_identity_number(*, by: User, officer: Officer, reason: str) -> str:
    """Return the whole number, having noted who read it and why. Raises ``InvalidIdentityNumber`` without either."""
    require(_may_write(by, [officer]) == {officer.pk})
    if not (why := clean_text(reason).text):
        raise InvalidIdentityNumber(_("Say why you need the number: it is noted."))
    number = masked_identity_number(officer, shown=12)
    if not number:
        raise InvalidIdentityNumber(_("No identity number is kept for this officer."))
    note_read(by=by, officer=officer, what=OfficerData.IDENTITY_NUMBER)
    record(by=by, action="identity_number.read", subject=officer, label=officer.code, reason=why)
    return number


@transaction.atomic
def remove_identity_number(*, by: User | None, officer: Officer) -> None:
    """Forget an officer's number; where there is none, nothing happens."""
    require(by is None or _may_write(by, [officer]) == {officer.pk})
    if IdentityNumber.objects.filter(officer=officer).delete()[0]:
        record(by=by, action="identity_number.remove", subject=officer, label=officer.code)


@transaction.atomic
def write_identity_numbers(*, by: User, rows: Sequence[IdentityRow]) -> int:
    """Keep the numbers of a whole list and return how many; or none, with everything that is wrong.

    Raises ``IdentityNumbersRefused`` with a sentence for each row that is wrong.
    """
    named = Officer.objects.filter(code__in={code_key(row.code) for row in rows})
    writable = _may_write(by, named)
    officers = {officer.code: officer for officer in named if officer.pk in writable}
    problems: list[tuple[int, str, str]] = []
    for row in rows:
        try:
            # Each officer once: what is kept for one is taken out, so that a second row finds nobody.
            _keep(by, _found(officers, row.code), row.identity_number)
            del officers[code_key(row.code)]
        except InvalidIdentityNumber as refusal:
            problems.append((row.number, row.code, str(refusal)))
    if problems:
        raise IdentityNumbersRefused(problems)
    return len(rows)


@transaction.atomic
def reseal_identity_numbers() -> int:
    """Seal every number with the first key, and return how many there were."""
    count = 0
    for each in IdentityNumber.objects.select_for_update().iterator(chunk_size=_AT_ONCE):
        number = unseal(each.officer_id, each.sealed)
        IdentityNumber.objects.filter(pk=each.pk).update(
            sealed=seal(each.officer_id, number), fingerprint=fingerprints(number)[0]
        )
        count += 1
    return count


def masked_identity_number(officer: Officer, shown: int = 3) -> str:
    """Return the officer's number with all but its last digits hidden; empty where none is kept."""
    found = IdentityNumber.objects.filter(officer=officer).first()
    if found is None:
        return ""
    number = unseal(found.officer_id, found.sealed)
    return number[-shown:].rjust(len(number), "•")


def _may_write(by: User, officers: Iterable[Officer]) -> set[int]:
    writable = Officer.objects.writable_by(by, timezone.localdate())
    return set(writable.filter(pk__in=[officer.pk for officer in officers]).values_list("pk", flat=True))


def _found(officers: Mapping[str, Officer], code: str) -> Officer:
    officer = officers.get(code_key(code))
    if officer is None:
        raise InvalidIdentityNumber(_("You keep no officer with this code, or the code stands in the list twice."))
    return officer


def _checked(number: str) -> str:
    digits = re.sub(r"\s", "", number)
    if not _DIGITS.fullmatch(digits):
        if digits.isdecimal() and 9 <= len(digits) < 12:
            raise InvalidIdentityNumber(
                _("An identity number has 12 digits. Excel takes leading zeros away: format the cell as text.")
            )
        raise InvalidIdentityNumber(_("An identity number has 12 digits."))
    return digits


def _keep(by: User | None, officer: Officer, number: str) -> None:
    number = _checked(number)
    marks = fingerprints(number)
    earlier = IdentityNumber.objects.select_for_update().filter(fingerprint__in=marks)
    if other := earlier.exclude(officer=officer).first():
        raise InvalidIdentityNumber(_another(by, other))
    if earlier.filter(fingerprint=marks[0]).exists():
        return
    IdentityNumber.objects.update_or_create(
        officer=officer, defaults={"sealed": seal(officer.pk, number), "fingerprint": marks[0], "entered_by": by}
    )
    record(by=by, action="identity_number.enter", subject=officer, label=officer.code)


def _another(by: User | None, other: IdentityNumber) -> str:
    """Say whose it is to those who may know; to others only that it is taken."""
    if by is None or Officer.objects.visible_to(by).filter(pk=other.officer_id).exists():
        return _("Officer %(code)s has this identity number.") % {"code": other.officer.code}
    return _("An officer of another agency has this identity number. Ask the Department of Home Affairs.")
