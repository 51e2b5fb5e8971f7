"""Writes about postings: who works where, as what, from when to when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.core.text import clean_text
from cms.organisations.enums import PostingRole
from cms.organisations.errors import InvalidPosting
from cms.organisations.models import Agency, Officer, Position, Posting, PostingFact, StaffList
from cms.organisations.permissions import can_staff_agency, require
from cms.users.models import User

# What edit_posting changes; another agency is a transfer.
EDITABLE_FIELDS = ("position", "role", "is_main", "valid_from", "valid_to", "fields_in_charge")


@dataclass(frozen=True, kw_only=True)
class PostingValues:
    """Where and as what, from when to when (the last day included; None: no end is set)."""

    agency: Agency
    position: Position
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    role: str = PostingRole.STAFF
    is_main: bool = True
    fields_in_charge: Iterable[str] = ()


@transaction.atomic
def start_posting(*, by: User | None, officer: Officer, values: PostingValues) -> Posting:
    """Post an officer. Raises ``InvalidPosting``, above all for a second main posting at one time."""
    _lock(officer)
    posting = _make(by, officer, values)
    record(
        by=by, action="posting.start", subject=posting, label=officer.code, agency_code=values.agency.code,
        after=described(posting),
    )  # fmt: skip
    return posting


@transaction.atomic
def edit_posting(*, by: User | None, posting: Posting, reason: str = "", **changes: Any) -> Posting:
    """Correct ``EDITABLE_FIELDS`` of a posting; unchanged values leave no trace. Raises ``InvalidPosting``.

    What was believed before stays as a fact of its own (``PostingFact``).
    """
    if unknown := set(changes) - set(EDITABLE_FIELDS):
        raise TypeError(f"not editable in a posting: {sorted(unknown)}")
    posting = _locked(posting)
    require(by is None or can_staff_agency(by, posting.agency))
    if "fields_in_charge" in changes:
        changes["fields_in_charge"] = tidy_fields(changes["fields_in_charge"])
    before = described(posting)
    for name, value in changes.items():
        setattr(posting, name, value)
    after = described(posting)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return posting
    _save(posting, by, reason)
    record(
        by=by, action="posting.edit", subject=posting, label=posting.officer.code, agency_code=posting.agency.code,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
        reason=reason,
    )  # fmt: skip
    return posting


@transaction.atomic
def end_posting(*, by: User | None, posting: Posting, last_day: datetime.date, reason: str = "") -> Posting:
    """Say on which day a posting ends (the last day on which it holds). Raises ``InvalidPosting``."""
    posting = _locked(posting)
    require(by is None or can_staff_agency(by, posting.agency))
    before = posting.valid_to
    if before == last_day:
        return posting
    posting.valid_to = last_day
    _save(posting, by, reason)
    record(
        by=by, action="posting.end", subject=posting, label=posting.officer.code, agency_code=posting.agency.code,
        before={"valid_to": before}, after={"valid_to": last_day}, reason=reason,
    )  # fmt: skip
    return posting


@transaction.atomic
def transfer_posting(*, by: User | None, posting: Posting, to: PostingValues, reason: str = "") -> Posting:
    """End a posting the day before another begins, and begin that one; the person must write for both agencies.

    Raises ``InvalidPosting`` when the new one does not begin after the old one did, or the old one ended before.
    """
    posting = _locked(posting)
    require(by is None or can_staff_agency(by, posting.agency))
    if to.valid_from <= posting.valid_from:
        day = format_date_vi(posting.valid_from)
        raise InvalidPosting(_("The posting began on %(day)s; the new one begins later.") % {"day": day})
    if posting.valid_to and posting.valid_to < to.valid_from:
        raise InvalidPosting(_("The posting has ended before that day. Start a new one."))
    before = described(posting)
    posting.valid_to = to.valid_from - datetime.timedelta(days=1)
    _save(posting, by, reason)
    new = _make(by, posting.officer, to, reason)
    record(
        by=by, action="posting.transfer", subject=new, label=posting.officer.code, agency_code=to.agency.code,
        before=before, after=described(new), reason=reason,
    )  # fmt: skip
    return new


def tidy_fields(fields: Iterable[str]) -> list[str]:
    """Return the fields in charge as they are kept: tidied, each once, none empty."""
    return list(dict.fromkeys(filter(None, (clean_text(field).text for field in fields))))


def described(posting: Posting) -> dict[str, Any]:
    """Return what a posting says, as the ledger keeps it."""
    return {
        "agency": posting.agency.code, "position": posting.position.code, "role": posting.role,
        "is_main": posting.is_main, "valid_from": posting.valid_from, "valid_to": posting.valid_to,
        "fields_in_charge": list(posting.fields_in_charge),
    }  # fmt: skip


def note_change(agencies: Iterable[int]) -> None:
    """Count one more write for the officers of these agencies, given by key."""
    for pk in sorted(set(agencies)):
        if not StaffList.objects.filter(agency=pk).update(edition=F("edition") + 1):
            StaffList.objects.create(agency_id=pk, edition=1)


def _make(by: User | None, officer: Officer, values: PostingValues, reason: str = "") -> Posting:
    require(by is None or can_staff_agency(by, values.agency))
    posting = Posting(
        officer=officer, agency=values.agency, position=values.position, role=values.role, is_main=values.is_main,
        valid_from=values.valid_from, valid_to=values.valid_to, fields_in_charge=tidy_fields(values.fields_in_charge),
    )  # fmt: skip
    _save(posting, by, reason)
    return posting


def _save(posting: Posting, by: User | None, reason: str) -> None:
    try:
        posting.full_clean()
    except ValidationError as error:
        raise InvalidPosting(" ".join(error.messages)) from error
    dissolved_on = posting.agency.dissolved_on
    if dissolved_on and posting.valid_from > dissolved_on:
        raise InvalidPosting(_("%(agency)s has been dissolved; nobody begins there.") % {"agency": posting.agency})
    _require_no_overlap(posting)
    posting.save()
    PostingFact.of(posting, by, reason).save()
    note_change([posting.agency_id])


def _require_no_overlap(posting: Posting) -> None:
    if not posting.is_main:
        return
    others = Posting.objects.filter(officer=posting.officer_id, is_main=True).exclude(pk=posting.pk)
    other = others.overlapping(posting.valid_from, posting.valid_to).order_by("valid_from").first()
    if other is not None:
        # Where the other one is may be none of this person's business.
        sentence = _(
            "The officer already has a main posting from %(first)s to %(last)s. End it, or make one secondary."
        )
        last = format_date_vi(other.valid_to) if other.valid_to else "…"
        raise InvalidPosting(sentence % {"first": format_date_vi(other.valid_from), "last": last})


def _lock(officer: Officer) -> None:
    """Let nobody else post the officer until the transaction ends."""
    Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)


def _locked(posting: Posting) -> Posting:
    Officer.objects.select_for_update(no_key=True).get(pk=posting.officer_id)
    return Posting.objects.select_related("officer", "agency", "position").get(pk=posting.pk)
