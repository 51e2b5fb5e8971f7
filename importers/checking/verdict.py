"""What comes out of a check, whatever kind of rows was checked: plain values."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from importers.problems import Problem

Change = Literal["new", "changed", "same"]


class BaseRow(Protocol):
    """A row of what the file is compared with."""

    @property
    def identity(self) -> Hashable:
        """Return what tells it from every other."""

    def values(self) -> dict[str, Any]:
        """Return its content by field."""


@dataclass(frozen=True, slots=True)
class Note:
    """What deserves no warning: a text tidied while it was read, a column passed by. Worded like a Problem."""

    code: str
    sheet: str
    row: int
    column: str
    value: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table of a sheet is: the (last) row of its header, and the columns read: number from 1 to heading."""

    header_row: int
    headings: dict[int, str]


@dataclass(slots=True)
class CheckedRow:
    """One row of the file as it would be stored: values by field; ``changes`` is {field: [old, new]}."""

    sheet: str
    row: int
    values: dict[str, Any]
    change: Change = "new"
    identity: Hashable = None
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Verdict:
    """The answer to a file. ``items`` holds the rows without an error; ``rows`` counts every data row.

    ``tables`` says of each sheet that was read where its table is; ``title`` holds what the lines above it say, as
    plain values.
    """

    sheets: list[str] = field(default_factory=list)
    layout: str = ""
    rows: int = 0
    items: list[CheckedRow] = field(default_factory=list)
    missing: list[BaseRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    # Headings that were known by the agency's own words, with the column that they were read as ("": not read).
    mapped: list[tuple[str, str]] = field(default_factory=list)
    # The stamp of the template that the file was, if it was one, and the sheet and row where it stands.
    template: str = ""
    template_place: tuple[str, int] = ("", 0)

    @property
    def errors(self) -> list[Problem]:
        """The problems for which the file is refused."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that a person should look at."""
        return [problem for problem in self.problems if problem.severity == "warning"]

    @property
    def verdict(self) -> str:
        """``accept``, ``accept_with_warning`` or ``reject``."""
        if self.errors:
            return "reject"
        return "accept_with_warning" if self.problems else "accept"

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, same and missing."""
        counts = {"new": 0, "changed": 0, "same": 0, "missing": len(self.missing)}
        for item in self.items:
            counts[item.change] += 1
        return counts
