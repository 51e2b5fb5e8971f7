"""What goes into the judging process and what comes out: plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from importers.checking.mending import Place
from importers.checking.reporting import Report
from importers.checking.verdict import Verdict
from importers.reading import Workbook


@dataclass(frozen=True)
class Order:
    """What a check needs beside the file. ``check`` is that of the kind, ``context`` is the check's own.

    A template of another agency than ``agency`` (a code) or for another kind is not checked; one for a kind that is
    none of ``known_kinds`` is a file like any other. Of templates ``own_sheets`` are passed over.
    """

    kind: str
    agency: str
    check: Callable[[Workbook, Any, Report], Verdict]
    context: Any
    corrections: Mapping[Place, str]
    own_sheets: frozenset[str] = frozenset()
    known_kinds: frozenset[str] = frozenset()


class Chunk(NamedTuple):
    """Rows of one class in the order of the file, packed: {row fields} each. ``first`` and ``last`` are positions."""

    change: str
    first: int
    last: int
    packed: bytes


class StoredProblem(NamedTuple):
    """A problem or a note as it is stored; ``severity`` is error, warning or note."""

    severity: str
    code: str
    sheet: str
    row: int
    column: str
    value: str
    column_number: int
    params: dict[str, Any]


@dataclass
class Findings:
    """What a check came to, ready to be stored; ``problems`` are in the order in which they are shown, ``matched_by``
    says who matched the headings of ``mapped``.

    ``cells`` are those that may be mended, ``headings`` the first rows where columns may be matched (nothing: there is
    no need to); both packed. ``template`` is the stamp of a template that the file was once, at ``template_place``
    (sheet and row).
    """

    verdict: str
    sheets: list[str] = field(default_factory=list)
    layout: str = ""
    mapped: list[tuple[str, str]] = field(default_factory=list)
    rows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    title: dict[str, Any] = field(default_factory=dict)
    problems: list[StoredProblem] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    cells: bytes = b""
    headings: bytes = b""
    template: str = ""
    template_place: tuple[str, int] = ("", 0)
    # Keys of accounts; the child process knows of none.
    matched_by: set[int] = field(default_factory=set)

    def flat(self) -> tuple[Any, ...]:
        """Return everything that the child process says as builtins, in the order of the fields."""
        return (
            self.verdict, self.sheets, self.layout, self.mapped, self.rows, self.counts, self.title,
            [tuple(each) for each in self.problems], [tuple(each) for each in self.chunks], self.cells,
            self.headings, self.template, self.template_place,
        )  # fmt: skip

    @classmethod
    def from_flat(cls, flat: tuple[Any, ...]) -> Findings:
        """Return what ``flat`` was made of."""
        findings = cls(*flat)
        findings.problems = [StoredProblem(*each) for each in findings.problems]
        findings.chunks = [Chunk(*each) for each in findings.chunks]
        return findings

    def count(self, severity: str) -> int:
        """Return how many errors, warnings or notes there are."""
        return sum(each.severity == severity for each in self.problems)
