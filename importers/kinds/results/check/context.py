"""What goes into a check of results, beside the file: plain values."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from importers.checking.columns import Layout
from importers.kinds.results.check.layout import LAYOUTS
from importers.reading.contract import Limits

# What a row says of a piece of work, in the order in which differences are shown.
ROW_FIELDS = (
    "assigned", "completed", "given_on", "due_on", "done_on", "quality_failures", "late_occurrences", "is_planned",
    "is_key", "instruction", "result", "documents", "state",
)  # fmt: skip
_LAST_DAY = datetime.date.max
# The most of what stands beside one piece of work, and the longest number of a document.
MOST_DOCUMENTS, LONGEST_NUMBER = 20, 100


class KnownPosting(NamedTuple):
    """An officer works at an agency, at or below the one that the file is for, from a day to a day (None: no end)."""

    identity: str
    code: str
    agency: str
    agency_name: str
    path: str
    is_main: bool
    first: datetime.date
    last: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day <= (self.last or _LAST_DAY)


class KnownItem(NamedTuple):
    """An item of a version that holds from a day to a day, for the owner of its catalog and all below it."""

    pk: int
    code: str
    name: str
    unit: str
    path: str
    first: datetime.date
    last: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day <= (self.last or _LAST_DAY)


class BaseWork(NamedTuple):
    """A piece of work on record: of the period, at the agency or below it, and not withdrawn."""

    identity: uuid.UUID
    code: str
    name: str
    agency: str
    agency_name: str
    item: str
    item_name: str
    unit: str
    assigned: Decimal
    completed: Decimal
    given_on: datetime.date
    due_on: datetime.date
    done_on: datetime.date | None
    quality_failures: int
    late_occurrences: int
    is_planned: bool
    is_key: bool
    instruction: str
    result: str
    state: str
    reason: str
    documents: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """The content by field."""
        values = self._asdict()
        del values["identity"], values["reason"]
        return values | {"documents": list(self.documents)}


@dataclass(frozen=True, slots=True)
class Context:
    """What the check must know. ``locked`` holds (officer code, first day of a month) of what is final.

    ``first``, ``last`` and ``period`` (in words) are the period that the file is for; ``today`` is that of the check.
    ``days_off`` are the days of the period on which nobody works, with why.
    """

    agency: str
    first: datetime.date
    last: datetime.date
    period: str
    today: datetime.date
    names: Mapping[str, str] = field(default_factory=dict)
    postings: Sequence[KnownPosting] = ()
    items: Sequence[KnownItem] = ()
    base: Sequence[BaseWork] = ()
    days_off: Mapping[datetime.date, str] = field(default_factory=dict)
    locked: frozenset[tuple[str, datetime.date]] = frozenset()
    layouts: tuple[Layout, ...] = LAYOUTS
    limits: Limits = field(default_factory=Limits)
