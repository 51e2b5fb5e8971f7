"""Asking everybody, and what came of it: how often each status, and every fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.authorisation.table import all_cases
from tests.authorisation.walker import Route, view_class
from tests.fuzz.askers import TOKEN, Asker
from tests.fuzz.budget import IN_CI
from tests.fuzz.checks import faults
from tests.fuzz.document import Operation
from tests.fuzz.sending import Sendable

# In CI everybody is sent one of so many cases; the others are sent by those to whom the operation belongs, in turn, and
# by each of them until one gets in.
_BY_EVERYBODY = 10
# After so many cases in CI, a role that was refused as such is not asked on, unless the operation belongs to it.
_ENOUGH_AT_A_SHUT_DOOR = 20
_LET_IN = (200, 201, 202, 204, 304)


@dataclass
class Tally:
    """The answers to one operation by role and status, and what was wrong, with the request that showed it first."""

    operation: Operation
    # The roles to whom the operation belongs (``owns``).
    owners: list[str]
    answers: dict[str, Counter[int]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def ask(self, asker: Asker, sendable: Sendable, number: int) -> None:
        """Send the case of this number as somebody, if it is their turn, and look at the answer."""
        so_far = self.answers.setdefault(asker.role, Counter())
        if IN_CI and not self._is_due(asker.role, so_far, number):
            return
        response = sendable.send(asker)
        so_far[response.status_code] += 1
        for fault in faults(self.operation, asker, sendable.case, response):
            self.faults[fault] += 1
            self.first.setdefault(
                fault, f"{asker.role}: {sendable} -> {response.status_code} {response.content[:300]!r}"
            )

    def _is_due(self, role: str, so_far: Counter[int], number: int) -> bool:
        if role in self.owners and not _let_in(so_far):
            return True
        turn, remainder = divmod(number, _BY_EVERYBODY)
        if remainder:
            turn = number - turn
            return bool(self.owners) and role == self.owners[turn % len(self.owners)]
        return role in self.owners or not _is_shut(so_far)

    @property
    def report(self) -> str:
        """Return every fault, how often it was met, and how to meet it again."""
        return "\n".join(f"{count} x {fault}\n    {self.first[fault]}" for fault, count in self.faults.items())

    @property
    def never_let_in(self) -> list[str]:
        """Return the roles to whom the operation belongs, and whom no case got in: the cases do not reach it."""
        return [role for role in self.owners if not _let_in(self.answers[role])]

    def rows(self) -> dict[str, list[int]]:
        """Return calls and calls that were let in, by role."""
        return {role: [so_far.total(), _let_in(so_far)] for role, so_far in self.answers.items()}


def _let_in(so_far: Counter[int]) -> int:
    return sum(so_far[status] for status in _LET_IN)


def _is_shut(so_far: Counter[int]) -> bool:
    refused = so_far[401] + so_far[403]
    return refused > 0 and so_far.total() >= _ENOUGH_AT_A_SHUT_DOOR and not _let_in(so_far)


def owns(operation: Operation, asker: Asker) -> bool:
    """Return whether the table of routes lets the role in somewhere; a token also has to be for it."""
    asked = operation.method, operation.route
    return any((*asked, column) in _opened() for column in _columns(operation, asker))


@cache
def _opened() -> frozenset[tuple[str, Route, str]]:
    """Return what the table of routes opens to somebody somewhere, by method, route and role."""
    return frozenset(
        (case.method, case.route, role)
        for case in all_cases()
        for role, word in case.by_role.items()
        if word in ("ok", "done")
    )


def _columns(operation: Operation, asker: Asker) -> tuple[str, ...]:
    """Return the columns that tell of the asker; a token also has to be for it."""
    if asker.role == "wrong token":
        return ()
    if not asker.role.startswith(TOKEN):
        return (asker.role,)
    view: Any = view_class(operation.route.view)
    scope = view.scope if operation.method == "GET" else getattr(view, "writing_scope", view.scope)
    return ("api_client",) if asker.role == f"{TOKEN}{scope}" else ()
