"""Many pieces of work are written at once, each or none: what an upload of results does, and what takes it back."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.documents import DocumentNumber, bring_documents, take_documents_back
from cms.assignments.actions.writing import locked_rows
from cms.assignments.enums import SETTLED_STATES, WorkSource, WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.locks import require_all_unlocked
from cms.assignments.models import WorkAssignment
from cms.assignments.permissions import can_give
from cms.assignments.rules import check_days, check_faults, check_quantities
from cms.audit.actions import record
from cms.audit.models import AuditEvent
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import CatalogItem
from cms.core.bulk import chunks, insert_rows, update_rows, whole_rows
from cms.core.errors import WrongState
from cms.core.text import fold
from cms.organisations.models import Agency, Posting
from cms.organisations.permissions import require
from cms.users.models import User

_CHUNK = 500
# What a row may say of work; the rest is copied when it is given.
WRITTEN_FIELDS = (
    "assigned", "completed", "given_on", "due_on", "done_on", "quality_failures", "late_occurrences", "is_planned",
    "is_key", "instruction", "result", "state", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWork:
    """Work that is not there yet: the identity it gets, of the posting whose it is, the item's key, and its values.

    ``values`` holds WRITTEN_FIELDS, those left out being as usual; ``documents`` numbers of documents that show it.
    """

    identity: uuid.UUID
    posting: uuid.UUID
    item: int
    values: Mapping[str, Any]
    documents: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWork:
    """Work that is there: WRITTEN_FIELDS as they are thought to be, and as they shall be; documents that come or go."""

    identity: uuid.UUID
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    documents: Sequence[str] = ()
    documents_gone: Sequence[str] = ()


def work_edition(agency: Agency) -> int:
    """Return how often the work of an agency and of those below it has been written to."""
    codes = list(Agency.objects.filter(path__startswith=agency.path).values_list("code", flat=True))
    return AuditEvent.objects.filter(agency_code__in=codes, action__startswith="work.").count()


@transaction.atomic
def write_work(
    *,
    by: User | None,
    agency: Agency,
    new: Sequence[NewWork] = (),
    changed: Sequence[ChangedWork] = (),
    source: Mapping[str, Any],
) -> None:
    """Write work of an agency and those below it, as those who give work there; ``source`` says where it came from.

    Raises ``NotAllowed``; ``StaleEdition`` where work is no longer as a row thinks, or a posting or an item no longer
    holds; ``WrongState`` for what is confirmed or withdrawn, or of a locked month; ``InvalidWork`` for values that
    cannot be. One event for each agency and 500 pieces holds what each was and is.
    """
    require(by is None or can_give(by, agency))
    writing = _Writing(by, agency, source)
    writing.change(changed)
    writing.add(new)
    writing.record_events()


@dataclass
class _Written:
    """What the ledger is told of the work of one agency."""

    before: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    after: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


class _Writing:
    """One list on its way into the tables."""

    def __init__(self, by: User | None, agency: Agency, source: Mapping[str, Any]) -> None:
        self._by, self._agency, self._source = by, agency, source
        self._written: dict[int, _Written] = defaultdict(_Written)
        self._agencies: dict[int, Agency] = {}
        self._held: dict[tuple[int, int, datetime.date], bool] = {}
        self._today = timezone.localdate()

    def change(self, rows: Sequence[ChangedWork]) -> None:
        """Lock the work, hold it against what the rows think, and write it."""
        months, updates = set(), []
        documents: list[DocumentNumber] = []
        for some in chunks(rows):
            there = self._locked([row.identity for row in some])
            for row in some:
                work = there.get(row.identity)
                if work is None or any(getattr(work, name) != value for name, value in row.before.items()):
                    raise StaleEdition(_("Work in this list has been written to meanwhile. Check the list again."))
                if work.state in SETTLED_STATES:
                    raise WrongState(_("Work in this list is confirmed or withdrawn; it is not changed by a list."))
                months.add((work.officer_id, work.month))
                for name, value in row.after.items():
                    setattr(work, name, value)
                work.month = work.due_on.replace(day=1)
                months.add((work.officer_id, work.month))
                label = f"{work.officer.code} – {work.code}"
                _require_sound({name: getattr(work, name) for name in WRITTEN_FIELDS}, label, self._today)
                updates.append([*(getattr(work, name) for name in WRITTEN_FIELDS), work.month, work.pk])
                documents += [DocumentNumber(work.pk, number) for number in row.documents]
                after = dict(row.after) | _written_documents(row.documents)
                self._note(work.agency, f"{label} ({row.identity.hex[:8]})", dict(row.before), after)
            take_documents_back(
                by=self._by, numbers={there[row.identity].pk: row.documents_gone for row in some if row.documents_gone},
                reason=str(self._source.get("undone") or _("Taken out by a list")),
            )  # fmt: skip
        require_all_unlocked(months)
        update_rows(WorkAssignment, (*WRITTEN_FIELDS, "month"), updates)
        bring_documents(by=self._by, documents=documents)

    def add(self, rows: Sequence[NewWork]) -> None:
        """Give the work in its postings, as reported."""
        if not rows:
            return
        postings = self._postings({row.posting for row in rows})
        items = {key: _copied(item) for key, item in _items({row.item for row in rows}).items()}
        months = {(row.posting, row.values["due_on"].replace(day=1)) for row in rows}
        require_all_unlocked({(postings[key].officer_id, month) for key, month in months if key in postings})
        works = (self._made(row, postings.get(row.posting), items.get(row.item)) for row in rows)
        insert_rows(WorkAssignment, *whole_rows(WorkAssignment, works))
        self._bring([row for row in rows if row.documents])

    def _made(
        self, row: NewWork, posting: Posting | None, copied: tuple[CatalogItem, dict[str, Any]] | None
    ) -> dict[str, Any]:  # fmt: skip
        """The columns of new work; no instance is made of it, which would take longer than writing it."""
        values = row.values
        if posting is None or copied is None or not self._holds(copied[0], posting, values["given_on"]):
            raise StaleEdition(_("A posting or an item of this list no longer holds. Check the list again."))
        item, columns = copied
        if values["state"] in SETTLED_STATES:
            raise WrongState(_("A list confirms and withdraws nothing."))
        label = f"{posting.officer.code} – {item.code}"
        _require_sound(values, label, self._today)
        after = {**values, "documents": "; ".join(row.documents)} if row.documents else values
        self._note(posting.agency, f"{label} ({row.identity.hex[:8]})", {}, after)
        return {
            **columns, **values, "identity": row.identity, "officer": posting.officer_id, "posting": posting.pk,
            "agency": posting.agency_id, "month": values["due_on"].replace(day=1), "source": WorkSource.EXCEL.value,
            "given_by": self._by.pk if self._by else None,
        }  # fmt: skip

    def _holds(self, item: CatalogItem, posting: Posting, day: datetime.date) -> bool:
        """Whether the posting holds on a day, and the item for its agency; most rows ask the same."""
        key = (item.pk, posting.pk, day)
        if key not in self._held:
            self._held[key] = posting.is_on(day) and _holds(item, posting.agency, day)
        return self._held[key]

    def _bring(self, rows: Sequence[NewWork]) -> None:
        keys: dict[uuid.UUID, int] = {}
        for some in chunks([row.identity for row in rows]):
            found = WorkAssignment.objects.filter(identity__in=some).order_by()
            keys.update(found.values_list("identity", "pk"))
        numbers = [DocumentNumber(keys[row.identity], number) for row in rows for number in row.documents]
        bring_documents(by=self._by, documents=numbers)

    def _locked(self, identities: Collection[uuid.UUID]) -> dict[uuid.UUID, WorkAssignment]:
        rows = WorkAssignment.objects.select_related("officer", "agency").order_by("pk")
        within = rows.filter(identity__in=identities, agency__path__startswith=self._agency.path)
        return {work.identity: work for work in locked_rows(within)}

    def _postings(self, identities: Collection[uuid.UUID]) -> dict[uuid.UUID, Posting]:
        found = Posting.objects.within(self._agency).select_related("officer", "agency")
        return {one.identity: one for some in chunks(identities) for one in found.filter(identity__in=some)}

    def _note(self, agency: Agency, label: str, before: dict[str, Any], after: Mapping[str, Any]) -> None:
        self._agencies[agency.pk] = agency
        written = self._written[agency.pk]
        written.before.append((label, before))
        written.after.append((label, after))

    def record_events(self) -> None:
        """Write to the ledger what each piece was and is."""
        for key, written in self._written.items():
            agency = self._agencies[key]
            for start in range(0, len(written.after), _CHUNK):
                part = slice(start, start + _CHUNK)
                before = {label: values for label, values in written.before[part] if values}
                record(
                    by=self._by, action="work.write_many", subject=agency, agency_code=agency.code, before=before,
                    after=dict(self._source) | dict(written.after[part]),
                )  # fmt: skip


def _written_documents(numbers: Sequence[str]) -> dict[str, Any]:
    return {"documents": "; ".join(numbers)} if numbers else {}


def _require_sound(values: Mapping[str, Any], label: str, today: datetime.date) -> None:
    done_on, completed = values["done_on"], values["completed"]
    wrong: list[Any] = [
        *check_days(values["given_on"], values["due_on"], done_on),
        *check_quantities(values["assigned"], completed),
        *check_faults(values["quality_failures"], values["late_occurrences"]),
    ]
    if values["state"] == WorkState.DONE:
        if done_on is None or completed <= 0:
            wrong.append(_("Nothing is completed yet. Say how much is."))
        elif done_on > today:
            wrong.append(_("Work is reported as done on the day, not before."))
    if wrong:
        raise InvalidWork(f"{label}: {' '.join(map(str, wrong))}")


def _holds(item: CatalogItem, agency: Agency, day: datetime.date) -> bool:
    """Return whether an item is of a catalog that holds for the agency on the day: its own or one above."""
    return agency.path.startswith(item.version.catalog.agency.path) and item.version.holds_on(day)


def _items(keys: Collection[int]) -> dict[int, CatalogItem]:
    found = CatalogItem.objects.select_related("version__catalog__agency")
    return {item.pk: item for some in chunks(keys) for item in found.filter(pk__in=some)}


def _copied(item: CatalogItem) -> tuple[CatalogItem, dict[str, Any]]:
    """Return an item with the columns that work copies of it."""
    return item, {
        "item": item.pk, "item_identity": item.identity, "code": item.code, "name": item.name, "unit": item.unit,
        "coefficient": item.coefficient, "search_text": fold(f"{item.code} {item.name}"),
    }  # fmt: skip
