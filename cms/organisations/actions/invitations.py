"""Accounts for officers: an agency's own people have them made, many at once.

An account made here has no role; which existing account is an officer's stays for Sở Nội vụ to say (``edit_officer``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.bulk import chunks
from cms.core.text import code_key
from cms.organisations.actions.account_setup import deliver_invitations
from cms.organisations.errors import InvalidInvitations
from cms.organisations.models import Invitation, Officer, Posting
from cms.organisations.permissions import can_staff, require
from cms.users.models import User

_CHUNK = 500
_MOST_SENTENCES = 20


@dataclass(frozen=True)
class InvitationRow:
    """One officer to be given an account, by code, and the address to which the link goes."""

    code: str
    email: str


@transaction.atomic
def invite_officers(*, by: User, rows: Sequence[InvitationRow]) -> list[Invitation]:
    """Note that these officers are given accounts; a task makes them and sends the links.

    All or none: raises ``InvalidInvitations`` with a sentence for each row that cannot be.
    """
    require(can_staff(by))
    rows = list(dict.fromkeys(InvitationRow(code_key(row.code), row.email.strip()) for row in rows))
    officers = _own_officers(by, [row.code for row in rows])
    _refuse([*_officer_problems(rows, officers), *_email_problems(rows)])
    for part in chunks([officer.pk for officer in officers.values()]):
        _void(part)
    made = [Invitation(officer=officers[row.code], email=row.email, made_by=by) for row in rows]
    made = Invitation.objects.bulk_create(made, batch_size=_CHUNK)
    _deliver(made)
    return made


@transaction.atomic
def invite_again(*, by: User, invitation: Invitation, email: str) -> Invitation:
    """Send another link, which voids the earlier one; ``email`` may mend the address.

    Raises ``InvalidInvitations`` when the account has been set up already, or the address is another account's.
    """
    require(can_staff(by) and Invitation.objects.current().visible_to(by).filter(pk=invitation.pk).exists())
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("officer").get(pk=invitation.pk)
    if invitation.used_at:
        raise InvalidInvitations([_("The account has been set up already; its owner signs in with the password.")])
    email = email.strip()
    _refuse(_email_problems([InvitationRow(invitation.officer.code, email)], own=invitation))
    _void([invitation.officer_id])
    new = Invitation.objects.create(
        officer=invitation.officer, account=invitation.account, email=email, made_by=by
    )  # fmt: skip
    _deliver([new])
    return new


@transaction.atomic
def retry_invitations(*, by: User) -> int:
    """Try again to send the person's invitations that the mail server did not take; return how many."""
    require(can_staff(by))
    unsent = list(Invitation.objects.visible_to(by).unsent())
    for part in chunks([invitation.pk for invitation in unsent]):
        Invitation.objects.filter(pk__in=part).update(failure="", taken_up_at=None)
    _deliver(unsent)
    return len(unsent)


def _deliver(invitations: Iterable[Invitation]) -> None:
    keys = [invitation.pk for invitation in invitations]
    transaction.on_commit(lambda: deliver_invitations.enqueue(keys))


def _void(officers: Sequence[int]) -> None:
    Invitation.objects.current().filter(officer__in=officers).update(voided_at=timezone.now())


def _own_officers(by: User, codes: Sequence[str]) -> dict[str, Officer]:
    own = Officer.objects.writable_by(by, timezone.localdate())
    return {officer.code: officer for part in chunks(codes) for officer in own.filter(code__in=part)}


def _officer_problems(rows: Sequence[InvitationRow], officers: dict[str, Officer]) -> Iterator[str]:
    twice = {code for code, times in Counter(row.code for row in rows).items() if times > 1}
    keys = [officer.pk for officer in officers.values()]
    unended = Posting.objects.unended(timezone.localdate())
    posted = {
        officer
        for part in chunks(keys)
        for officer in unended.filter(officer__in=part).values_list("officer", flat=True)
    }
    for code in sorted(twice):
        yield _("%(code)s stands there with two different e-mail addresses.") % {"code": code}
    for row in rows:
        officer = officers.get(row.code)
        if officer is None:
            yield _("%(code)s: none of your officers has this code.") % {"code": row.code or "–"}
        elif officer.account_id:
            yield _("%(code)s has an account already; one officer has one account.") % {"code": row.code}
        elif officer.pk not in posted:
            yield _("%(code)s is posted at no agency any more, and gets no account.") % {"code": row.code}


def _email_problems(rows: Sequence[InvitationRow], own: Invitation | None = None) -> Iterator[str]:
    """Yield what is wrong with addresses; those of an invitation that is sent again are its own."""
    counts = Counter(row.email.lower() for row in rows)
    taken = _taken_addresses(list(counts), own)
    for row in rows:
        values = {"code": row.code, "email": row.email}
        if not _is_address(row.email):
            yield _("%(code)s: “%(email)s” is not an e-mail address.") % values
        elif row.email.lower() in taken:
            yield _("%(code)s: %(email)s is the address of another account or of another officer's link.") % values
        elif counts[row.email.lower()] > 1:
            yield _("%(code)s: %(email)s stands there for another officer too.") % values


def _taken_addresses(emails: Sequence[str], own: Invitation | None) -> set[str]:
    accounts = User.objects.exclude(pk=own.account_id) if own and own.account_id else User.objects.all()
    waiting = Invitation.objects.current().filter(used_at=None, account=None)
    waiting = waiting.exclude(officer=own.officer_id) if own else waiting
    return {
        address
        for part in chunks(emails)
        for rows in (accounts, waiting)
        for address in rows.annotate(address=Lower("email")).filter(address__in=part).values_list("address", flat=True)
    }


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _refuse(problems: Iterable[str]) -> None:
    """Raise the problems, if any: so many that they can be read, and how many more there are."""
    sentences = list(problems)
    if len(sentences) > _MOST_SENTENCES:
        more = _("And %(count)d more mistakes of this kind.") % {"count": len(sentences) - _MOST_SENTENCES}
        sentences = [*sentences[:_MOST_SENTENCES], more]
    if sentences:
        raise InvalidInvitations(sentences)
