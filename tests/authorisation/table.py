"""The lines of ``routes/*.csv``: which answer each role is meant to get."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from tests.authorisation.addresses import possible_relations
from tests.authorisation.walker import Route, all_routes
from tests.authorisation.world import ROLES_WITH_COLUMN, ROLES_WITHOUT_COLUMN, SUPERIORS

FOLDER = Path(__file__).parent / "routes"
# Relations in which an officer's things are not their own.
ANYBODYS = frozenset({"-", "other", "missing", "thing"})
WORDS = frozenset(
    {"ok", "done", "login", "home", "no", "404", "401", "405", "409", "500", "bad", "redirect", "refused"}
)


@dataclass(frozen=True)
class Line:
    """Methods, routes (names, ``*`` stands for anything) and relations that share their answers, by role."""

    place: str
    methods: tuple[str, ...]
    patterns: tuple[str, ...]
    relations: tuple[str, ...]
    answers: tuple[str, ...]

    def fits(self, route: Route) -> bool:
        """Return whether the line speaks of the route."""
        return any(fnmatchcase(route.name, pattern) for pattern in self.patterns)

    @property
    def by_role(self) -> dict[str, str]:
        """Return the answer for each role that has a column."""
        return dict(zip(ROLES_WITH_COLUMN, self.answers, strict=True))


@dataclass(frozen=True)
class Case:
    """One method on one route in one relation, and the line that says what is answered."""

    method: str
    route: Route
    relation: str
    line: Line

    @property
    def by_role(self) -> dict[str, str]:
        """Return the answer for each role; to one without a column that of ``nobody``, unless its file has a line."""
        answers = self.line.by_role
        return answers | {role: self._without_column(role) for role in ROLES_WITHOUT_COLUMN}

    def _without_column(self, role: str) -> str:
        """Who manages, or has authority, is asked as an officer of others' things, but for what their file opens."""
        lines = lines_of(role)
        if role in SUPERIORS:
            lines = (*lines, *(line.of_others() for line in lines_of("officer") if line.relation in ANYBODYS))
        return next((line.answer for line in lines if line.fits(self)), self.line.by_role["nobody"])

    @property
    def label(self) -> str:
        """Name the case in test reports."""
        return f"{self.method} {self.route.name} {self.relation} {'/'.join(self.route.arguments)}"


@dataclass(frozen=True)
class OwnLine:
    """What somebody without a role is answered where that is not what somebody without anything is answered."""

    method: str
    pattern: str
    relation: str
    answer: str

    def fits(self, case: Case) -> bool:
        """Return whether the line speaks of the case; ``*`` of every relation."""
        is_asked = case.method == self.method and self.relation in (case.relation, "*")
        return is_asked and fnmatchcase(case.route.name, self.pattern)

    def of_others(self) -> OwnLine:
        """Return the line as it holds for another officer, of whom nothing that the table names is their own."""
        return replace(self, relation="*") if self.relation == "other" else self


@cache
def lines_of(role: str) -> tuple[OwnLine, ...]:
    """Return the lines of ``officer.txt``, or of the file of another role without a column."""
    return tuple(OwnLine(*line.split()) for line in _written(role) if line and not line.startswith("#"))


def _written(role: str) -> list[str]:
    return (FOLDER / f"{role}.txt").read_text("utf-8").splitlines()


@cache
def all_lines() -> tuple[Line, ...]:
    """Return every line of the table."""
    return tuple(line for path in sorted(FOLDER.glob("*.csv")) for line in _lines_of(path))


def _lines_of(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.reader(file), start=1):
            if number == 1:
                assert tuple(cells[3:]) == ROLES_WITH_COLUMN, f"{path.name}: the columns are {ROLES_WITH_COLUMN}"
            elif cells and not cells[0].startswith("#"):
                methods, patterns, relations = (tuple(cell.split()) for cell in cells[:3])
                yield Line(f"{path.name}:{number}", methods, patterns, relations, tuple(cells[3:]))


@cache
def all_cases() -> tuple[Case, ...]:
    """Return what the table asks: each line's methods on each route that it fits, in each of its relations."""
    return tuple(
        Case(method, route, relation, line)
        for line in all_lines()
        for route in all_routes()
        if line.fits(route)
        for method in line.methods
        for relation in line.relations
        if relation in possible_relations(route)
    )
