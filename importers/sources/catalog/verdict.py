"""What goes into a check and what comes out of it: plain values."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from importers.problems import Problem
from importers.sheets.contract import Limits
from importers.sources.catalog.layouts import LAYOUTS, Layout

Change = Literal["new", "changed", "same"]

# What an item is made of, in the order in which differences are shown.
ITEM_FIELDS = (
    "code", "field", "task", "name", "output", "unit", "unit_quantity", "group", "hours",
    "difficulty", "process", "coordination", "scope", "score", "coefficient", "legal", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BaseItem:
    """An item of the version that the file is compared with."""

    identity: Hashable
    code: str
    task: str
    name: str
    output: str
    group: int
    coefficient: Decimal
    field: str = ""
    unit: str = ""
    unit_quantity: int = 1
    hours: Decimal | None = None
    difficulty: Decimal | None = None
    process: Decimal | None = None
    coordination: Decimal | None = None
    scope: Decimal | None = None
    score: Decimal | None = None
    legal: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the check must know about the version that the file is for.

    ``prefix`` makes codes (``VP`` gives ``VP.001``) for layouts without a code column; ``used_codes`` are codes of
    earlier versions that must not be given again. ``standard_score`` is the divisor of scores.
    """

    standard_score: Decimal
    prefix: str = ""
    max_group: int = 5
    group_frames: dict[int, Decimal] = field(default_factory=dict)
    base_items: tuple[BaseItem, ...] | list[BaseItem] = ()
    used_codes: frozenset[str] = frozenset()
    layouts: tuple[Layout, ...] = LAYOUTS
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Note:
    """A change made while reading that deserves no warning: ``white_space`` or ``nfc``. Worded like a Problem."""

    code: str
    sheet: str
    row: int
    column: str
    value: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What the lines above the header say of the standard unit."""

    sheet: str
    row: int
    standard_unit: str
    standard_score: Decimal | None
    text: str


@dataclass(slots=True)
class CheckedRow:
    """One item of the file as it would be stored: values by ITEM_FIELDS; ``changes`` is {field: [old, new]}."""

    sheet: str
    row: int
    values: dict[str, Any]
    change: Change = "new"
    identity: Hashable = None
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Verdict:
    """The answer to a file. ``items`` holds the rows without an error; ``rows`` counts every data row."""

    sheets: list[str] = field(default_factory=list)
    layout: str = ""
    rows: int = 0
    items: list[CheckedRow] = field(default_factory=list)
    missing: list[BaseItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: TitleFacts | None = None

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
        """How many items are new, changed, same and missing."""
        counts = {"new": 0, "changed": 0, "same": 0, "missing": len(self.missing)}
        for item in self.items:
            counts[item.change] += 1
        return counts

    def to_json(self, *, sha256: str, committed: bool, sentence: Callable[[Problem], str]) -> dict[str, Any]:
        """The object that the command line prints (the import contract, "Command line")."""
        return {
            "verdict": self.verdict,
            "sha256": sha256,
            "sheets": self.sheets,
            "rows": self.rows,
            "changes": self.counts,
            "committed": committed,
            "errors": [_problem_json(problem, sentence) for problem in self.errors],
            "warnings": [_problem_json(problem, sentence) for problem in self.warnings],
        }


def _problem_json(problem: Problem, sentence: Callable[[Problem], str]) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "message": sentence(problem),
    }
