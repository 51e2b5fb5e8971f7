"""The lines of ``routes/*.csv``: which answer each role is meant to get."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from tests.authorisation.addresses import possible_relations
from tests.authorisation.walker import Route, all_routes
from tests.authorisation.world import ROLES

FOLDER = Path(__file__).parent / "routes"
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
        """Return the answer for each role."""
        return dict(zip(ROLES, self.answers, strict=True))


@dataclass(frozen=True)
class Case:
    """One method on one route in one relation, and the line that says what is answered."""

    method: str
    route: Route
    relation: str
    line: Line

    @property
    def label(self) -> str:
        """Name the case in test reports."""
        return f"{self.method} {self.route.name} {self.relation} {'/'.join(self.route.arguments)}"


@cache
def all_lines() -> tuple[Line, ...]:
    """Return every line of the table."""
    return tuple(line for path in sorted(FOLDER.glob("*.csv")) for line in _lines_of(path))


def _lines_of(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.reader(file), start=1):
            if number == 1:
                assert tuple(cells[3:]) == ROLES, f"{path.name}: the columns are {ROLES}"
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
