"""A whole list of officers and postings is written at once: what an upload does, and what takes it back."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.bulk import chunks
from cms.organisations.actions.postings import note_change
from cms.organisations.errors import InvalidPosting
from cms.organisations.models import Agency, Officer, Position, Posting, PostingFact, StaffList
from cms.organisations.models.officers import field_keys, officer_search_text
from cms.organisations.permissions import can_staff_agency, require
from cms.users.models import User

_CHUNK = 500
_POSTING_FIELDS = (
    "agency", "position", "role", "is_main", "valid_from", "valid_to", "fields_in_charge", "field_keys",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One posting of one officer as it shall be; ``identity`` is the posting's, ``agency`` and ``position`` codes."""

    identity: uuid.UUID
    code: str
    name: str
    category: str
    agency: str
    position: str
    role: str
    is_main: bool
    valid_from: datetime.date
    valid_to: datetime.date | None
    fields_in_charge: Sequence[str] = ()


@dataclass(frozen=True)
class StaffWritten:
    """How many postings were added, changed and removed, and the codes of officers that are new."""

    added: int
    changed: int
    removed: int
    new_officers: list[str]


def staff_edition(agency: Agency) -> int:
    """Return how often the officers of an agency and of those below it have been written to."""
    below = StaffList.objects.filter(agency__path__startswith=agency.path)
    return below.aggregate(total=Sum("edition"))["total"] or 0


@transaction.atomic
def write_staff(
    *,
    by: User | None,
    agency: Agency,
    rows: Sequence[StaffRow],
    removed: Collection[uuid.UUID] = (),
    source: Mapping[str, Any],
) -> StaffWritten:
    """Bring officers and postings of an agency and what is below it in line with rows; what no row names stays.

    Postings in ``removed`` go as if they had never been, and with them officers who have no other. All or nothing:
    raises ``InvalidPosting`` when a row reaches out of the agency or two main postings would overlap, ``NotAllowed``.
    """
    require(by is None or can_staff_agency(by, agency))
    try:
        with transaction.atomic():
            written = _Writing(by, agency, rows, removed).write()
    except IntegrityError as clash:
        raise InvalidPosting(
            _("A posting in this list overlaps with one that was made elsewhere meanwhile. Check the list again.")
        ) from clash
    after = {"added": written.added, "changed": written.changed, "removed": written.removed} | dict(source)
    record(by=by, action="officer.upload", subject=agency, agency_code=agency.code, after=after)
    return written


class _Writing:
    """One list on its way into the tables."""

    def __init__(
        self, by: User | None, agency: Agency, rows: Sequence[StaffRow], removed: Collection[uuid.UUID]
    ) -> None:  # fmt: skip
        self._by = by
        self._agencies = {one.code: one for one in Agency.objects.filter(path__startswith=agency.path)}
        self._positions = {position.code: position for position in Position.objects.all()}
        self._rows, self._removed = rows, removed
        self._postings = Posting.objects.within(agency)
        self._touched: set[int] = set()

    def write(self) -> StaffWritten:
        officers, new_codes = self._write_officers()
        removed = self._remove()
        existing_postings = {one.identity: one for one in self._existing_postings([row.identity for row in self._rows])}
        # Put aside first, so that no posting of this list meets another on its way.
        for part in chunks([one.pk for one in existing_postings.values()]):
            Posting.objects.filter(pk__in=part).update(is_main=False)
        postings = [self._posting(row, existing_postings.get(row.identity), officers[row.code]) for row in self._rows]
        new = [posting for posting in postings if posting.pk is None]
        Posting.objects.bulk_update([one for one in postings if one.pk], _POSTING_FIELDS, batch_size=_CHUNK)
        Posting.objects.bulk_create(new, batch_size=_CHUNK)
        self._note_facts(postings)
        note_change(self._touched)
        return StaffWritten(len(new), len(existing_postings), removed, new_codes)

    def _write_officers(self) -> tuple[dict[str, Officer], list[str]]:
        rows_by_code = {row.code: row for row in self._rows}
        existing = {
            officer.code: officer
            for part in chunks(sorted(rows_by_code))
            for officer in Officer.objects.select_for_update(no_key=True, of=("self",)).filter(code__in=part)
        }
        added = {code: _officer(row, Officer(code=code)) for code, row in rows_by_code.items() if code not in existing}
        changed = [
            _officer(rows_by_code[code], officer)
            for code, officer in existing.items()
            if (officer.name, officer.category) != (rows_by_code[code].name, rows_by_code[code].category)
        ]
        Officer.objects.bulk_create(added.values(), batch_size=_CHUNK)
        Officer.objects.bulk_update(changed, ["name", "category", "search_text"], batch_size=_CHUNK)
        return existing | added, list(added)

    def _remove(self) -> int:
        removed = list(self._existing_postings(self._removed))
        self._touched.update(posting.agency_id for posting in removed)
        self._note_facts(removed, is_removed=True)
        for part in chunks(removed):
            Posting.objects.filter(pk__in=[posting.pk for posting in part]).delete()
            left = Officer.objects.filter(pk__in=[posting.officer_id for posting in part], account=None)
            left.filter(postings=None).exclude(code__in={row.code for row in self._rows}).delete()
        return len(removed)

    def _note_facts(self, postings: Sequence[Posting], *, is_removed: bool = False) -> None:
        facts = [PostingFact.of(posting, self._by, is_removed=is_removed) for posting in postings]
        PostingFact.objects.bulk_create(facts, batch_size=_CHUNK)

    def _existing_postings(self, identities: Collection[uuid.UUID]) -> Iterator[Posting]:
        for part in chunks(list(identities)):
            yield from self._postings.filter(identity__in=part)

    def _posting(self, row: StaffRow, posting: Posting | None, officer: Officer) -> Posting:
        if row.agency not in self._agencies or row.position not in self._positions:
            raise InvalidPosting(_("A row of this list names an agency or a position that is not there for it."))
        posting = posting or Posting(identity=row.identity)
        if posting.pk:
            self._touched.add(posting.agency_id)
        posting.officer, posting.agency = officer, self._agencies[row.agency]
        posting.position = self._positions[row.position]
        posting.role, posting.is_main = row.role, row.is_main
        posting.valid_from, posting.valid_to = row.valid_from, row.valid_to
        posting.fields_in_charge = list(row.fields_in_charge)
        posting.field_keys = field_keys(posting.fields_in_charge)
        self._touched.add(posting.agency_id)
        return posting


def _officer(row: StaffRow, officer: Officer) -> Officer:
    officer.name, officer.category = row.name, row.category
    officer.search_text = officer_search_text(row.code, row.name)
    return officer
