"""What a kind of upload brings along. Everything else (reading, storing, correcting, undoing, screens) is shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from cms.catalogs.models import CatalogVersion
from cms.catalogs.wording import FieldChange
from cms.organisations.models import Agency
from cms.users.models import User
from importers.enums import MissingItems
from importers.models import ImportBatch
from importers.sheets import Limits
from importers.sources.columns import Layout


@dataclass(frozen=True)
class Base:
    """What a file is compared with, and how often it had been written to when it was looked at.

    A kind whose rows belong to no catalog leaves ``version`` empty and counts in ``edition`` alone.
    """

    version: CatalogVersion | None = None
    edition: int = 0

    def is_that_of(self, batch: ImportBatch) -> bool:
        """Return whether the batch was previewed against just this."""
        return (self.version and self.version.pk, self.edition) == (batch.base_id, batch.base_edition)


@dataclass(frozen=True)
class Kept:
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
    kept: Sequence[Kept] = ()
    work: Any = field(default=None, repr=False)


@dataclass(frozen=True)
class Offer:
    """A template that an agency may take: its name in addresses and files, what it is called, when to take it."""

    code: str
    name: Any
    advice: Any


@dataclass(frozen=True)
class Heading:
    """A column of the preview's table."""

    label: Any
    is_number: bool = False


@dataclass(frozen=True)
class Words:
    """What the screens of an upload say differently from kind to kind; all to be translated when shown."""

    name: Any
    # The verdict in words, and what to do next.
    says_the_same: Any
    changed_nothing: Any
    written: Any
    after_writing: Any
    # What has been written to since the preview.
    preview_stale: Any
    moved: Any
    # What the file was compared with where that is no version.
    compared_with: Any
    # With %(count)s places: what is on record and not in the file, and what may become of it.
    missing: Any
    leaves_out_much: Any
    sure: Any
    remove: Any
    keep: Any
    were_kept: Any


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


class Kind(Protocol):
    """One kind of upload: catalogs, and officers with their postings; work results bring a module of their own."""

    code: str
    words: Words
    # The route of the form by which a file of this kind is sent; it takes the key of an agency.
    upload_route: str
    # The route of its templates; it takes the key of an agency, and the code of an offer as ``layout``.
    template_route: str
    # What its templates are called as files, before the code of the agency.
    template_name: str
    # Sheets of a template that an upload passes over, besides the guide and the lists.
    template_sheets: frozenset[str]

    def base_of(self, agency: Agency) -> Base:
        """Return what a file for this agency is compared with now."""

    def layouts(self) -> tuple[Layout, ...]:
        """Return the layouts that a file may come in, as they are for every agency."""

    def context(self, agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...]) -> Any:
        """Return what the check of this kind (``importers.judging.judge.CHECKS``) must know beside the file."""

    def offers(self) -> Sequence[Offer]:
        """Return the templates that there are, the usual one first."""

    def write_template(self, agency: Agency, offer: Offer) -> IO[bytes]:
        """Return the template made for the agency, ready to be read (``importers.workbooks``)."""

    def hindrance(self, base: Base) -> str:
        """Return why nothing can be written to the base now, or nothing."""

    def write(self, *, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> CatalogVersion | None:
        """Write the stored rows inside the caller's transaction, and keep what an undo will need."""

    def plan_undo(self, batch: ImportBatch) -> UndoPlan:
        """Return what taking the batch back would do now."""

    def undo(self, *, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
        """Do what was planned, inside the caller's transaction."""

    def showing(self, reader: Any, agency: Agency) -> Showing:
        """Return how the rows of an upload for this agency look to a person."""
