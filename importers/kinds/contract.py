"""What a kind of upload brings along. Everything else (reading, storing, correcting, undoing, screens) is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from django.db.models import Q

from cms.catalogs.wording import FieldChange
from cms.organisations.models import Agency
from cms.users.models import User
from importers.checking.columns import Layout
from importers.checking.reporting import Report
from importers.checking.verdict import Verdict
from importers.enums import MissingItems
from importers.models import ImportBatch
from importers.problems import Problem
from importers.reading import Limits, Workbook


@dataclass(frozen=True)
class Base:
    """What a file is compared with, and how often it had been written to when it was looked at.

    A kind whose rows belong to no record that has a ``number`` leaves it empty and counts in ``edition`` alone; that of
    a kind whose files are of a period is the ``CalendarPeriod``.
    """

    record: Any = None
    edition: int = 0

    @property
    def number(self) -> int:
        """Return the number of the record, 0 where there is none."""
        return number_of(self.record)


@dataclass(frozen=True)
class Target:
    """The records that an upload was compared with and written into, where its kind has such."""

    base: Any = None
    written: Any = None


def number_of(record: Any) -> int:
    """Return the number of a record, 0 where there is none."""
    return record.number if record else 0


@dataclass(frozen=True)
class Link:
    """Where to go on from an upload."""

    label: str
    url: str


@dataclass(frozen=True)
class LeftRow:
    """A row that an undo leaves as it is, and why."""

    code: str
    name: str
    why: str


@dataclass(frozen=True)
class UndoPlan:
    """What an undo would do. ``refusal`` says why it cannot be; ``work`` is the kind's own.

    ``discards`` is the number of the draft that the upload began and that goes with it, 0 where none does.
    """

    refusal: str = ""
    edition: int = 0
    removed: int = 0
    restored: int = 0
    returned: int = 0
    discards: int = 0
    left: Sequence[LeftRow] = ()
    work: Any = field(default=None, repr=False)


@dataclass(frozen=True)
class Offer:
    """A template that an agency may take: its code in addresses, what it is called, when to take it.

    The code is that of the layout that it is in. ``file_part`` is what tells its file from that of the usual one.
    """

    code: str
    name: Any
    advice: Any
    file_part: str = ""


@dataclass(frozen=True)
class Heading:
    """A column of the preview's table."""

    label: Any
    is_number: bool = False


@dataclass(frozen=True)
class Words:
    """What the screens of an upload say differently from kind to kind; all to be translated when shown."""

    name: Any
    in_ledger: Any
    # The screen by which a file is sent: its title, its heading with a place for %(agency)s, what is in the template,
    # and what else is accepted.
    upload: Any
    upload_for: Any
    template: Any
    accepted: Sequence[Any]
    # The verdict in words, and what to do next.
    same: Any
    changed_nothing: Any
    written: Any
    after_writing: Any
    # What has been written to since the preview.
    preview_stale: Any
    moved: Any
    # With %(count)s places: what is on record and not in the file, and what may become of it.
    missing: Any
    leaves_out_much: Any
    sure: Any
    remove: Any
    keep: Any
    were_left: Any


class Showing(Protocol):
    """How stored rows look to one reader; what they do not see of an agency's rows is neither named nor shown."""

    @property
    def headings(self) -> Sequence[Heading]:
        """Return the columns of the preview's table."""

    def cells(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return a stored row under the headings of the preview's table, as people write it."""

    def changes(self, changes: Mapping[str, Any]) -> Sequence[FieldChange]:
        """Return {field: (before, after)} as people write it."""

    def seen(self, by_field: Mapping[str, Any]) -> dict[str, Any]:
        """Return of a stored row's values or changes those that the reader sees, as they are."""


class Store(Protocol):
    """Writes an upload; returns the number of the record that it was written into, if there is one."""

    def __call__(self, *, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> int | None: ...


class Undo(Protocol):
    """Takes an upload back as planned."""

    def __call__(self, *, by: User, batch: ImportBatch, plan: UndoPlan) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of upload; each part is a function, or plain values, of the module of that name in the kind's folder."""

    code: str
    words: Words
    # Checks the rows of a workbook; pure, as it runs in a process without Django. ``codes`` has the sentence of each
    # problem that it may find and that the checks of other kinds do not share (``importers.checking.codes``).
    check: Callable[[Workbook, Any, Report], Verdict]
    codes: Mapping[str, str]
    # What a file for an agency is compared with now (``base``); of a period, where ``has_period``.
    base_of: Callable[..., Base]
    has_period: bool = False
    # The layouts that a file may come in, as they are for every agency.
    layouts: Callable[[], tuple[Layout, ...]]
    # What the check must know beside the file; and of the sender (``by``), where ``knows_sender``.
    context: Callable[..., Any]
    knows_sender: bool = False
    # The templates that there are, the usual one first; what they are called as files, before the code of the agency;
    # their sheets that an upload passes over, besides the guide and the lists; and the one of an offer, to be read.
    offers: Sequence[Offer]
    template_name: str
    template_sheets: frozenset[str] = frozenset()
    write_template: Callable[..., IO[bytes]]
    # Which records an upload was compared with and written into; what comes with its query, so that this costs none;
    # notes the first of them when a preview is stored; and chooses the uploads that were written into the same one.
    target_of: Callable[[ImportBatch], Target] = lambda batch: Target()
    related: tuple[str, ...] = ()
    keep_base: Callable[[ImportBatch, Base], None] = lambda batch, base: None
    same_target: Callable[[ImportBatch], Q] = lambda batch: Q()
    # What there is to say of a template made on a day from the record with an earlier number.
    outdated: Callable[[str, int, Base], Problem | None] = lambda day, number, base: None
    # Writes the stored rows inside the caller's transaction, and keeps what an undo will need.
    store: Store
    # What taking the upload back would do now; and doing so, inside the caller's transaction.
    plan_undo: Callable[[ImportBatch], UndoPlan]
    undo: Undo
    # How the rows of an upload for an agency look to a person.
    show: Callable[[Any, Agency], Showing]
    # What rows of the preview (their stored values) are like that is known already, one answer a row: a question to the
    # clerk that blocks nothing. By a number of queries that does not grow with the rows.
    questions: Callable[[Agency, Sequence[Mapping[str, Any]]], Sequence[Any]] = lambda agency, rows: ()
    # What the file was compared with, in words; and where to go on from the upload.
    compared_with: Callable[[ImportBatch], str]
    links: Callable[[ImportBatch], Sequence[Link]] = lambda batch: ()
    # Why nothing can be written to the base now, or nothing.
    blocking_reason: Callable[[Base], str] = lambda base: ""
    # Whether the rows tell of people; programs neither send nor read these.
    is_personal: bool = False
    # Whether those alone who write for the agency send and see its files, and nobody on its behalf.
    is_own: bool = False
    # Whether a file says all that there is, so that what is not in it may be taken out.
    is_whole: bool = True
    # Whether ``store`` itself holds each row against what it was compared with, and raises StaleEdition. Others may
    # then write to the same list between preview and commit.
    compares_rows: bool = False

    def base(self, agency: Agency, period: str = "") -> Base:
        """Return what a file for an agency, and a period where the kind has such, is compared with now."""
        return self.base_of(agency, period) if self.has_period else self.base_of(agency)

    def context_for(
        self, agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...], *, by: User
    ) -> Any:  # fmt: skip
        """Return what the check of a file that a person sends for an agency must know beside the file."""
        sender = {"by": by} if self.knows_sender else {}
        return self.context(agency, base, limits, layouts, **sender)

    def template(self, agency: Agency, offer: Offer, period: str = "") -> IO[bytes]:
        """Return the workbook of an offer, at its beginning."""
        return self.write_template(agency, offer, period) if self.has_period else self.write_template(agency, offer)

    def compares_with(self, batch: ImportBatch, base: Base) -> bool:
        """Return whether the preview of an upload was compared with just this."""
        same = self.target_of(batch).base == base.record
        return same and (self.compares_rows or batch.base_edition == base.edition)
