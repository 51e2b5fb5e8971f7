"""What goes into a check of officers, beside the file: plain values."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from importers.checking.columns import Layout
from importers.kinds.officers.check.layout import LAYOUTS
from importers.reading.contract import Limits

# What a row is made of, in the order in which differences are shown.
ROW_FIELDS = (
    "code", "name", "category", "agency", "position", "role", "is_main", "valid_from", "valid_to", "fields_in_charge",
)  # fmt: skip
# First and last day of a posting (None: no end).
Span = tuple[datetime.date, datetime.date | None]


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency that the file may name."""

    code: str
    name: str
    dissolved_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class KnownPosition:
    """A position that the file may name, with its group."""

    code: str
    name: str
    group_code: str
    group_name: str


@dataclass(frozen=True, slots=True)
class BasePosting:
    """A posting that is on record at the agency or below it; codes of agency and position, not keys."""

    identity: Hashable
    code: str
    name: str
    category: str
    agency: str
    position: str
    role: str
    is_main: bool
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    fields_in_charge: Sequence[str] = ()
    agency_name: str = ""
    position_name: str = ""

    @property
    def span(self) -> Span:
        """The first and the last day."""
        return self.valid_from, self.valid_to

    def values(self) -> dict[str, Any]:
        """The content by field, with the names of agency and position for people to read."""
        values = {name: getattr(self, name) for name in (*ROW_FIELDS, "agency_name", "position_name")}
        return values | {"fields_in_charge": list(self.fields_in_charge)}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An officer who works or worked at other agencies: their name and category, and their main postings there."""

    name: str
    category: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the check must know. ``agencies`` begins with the one that the file is for; ``today`` is the day of it."""

    agencies: Sequence[KnownAgency]
    positions: Sequence[KnownPosition]
    today: datetime.date
    base: Sequence[BasePosting] = ()
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = LAYOUTS
    limits: Limits = field(default_factory=Limits)
