"""Asking everybody, and what came of it: how often each status, and every fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.authorisation.table import all_cases
from tests.authorisation.walker import view_class
from tests.fuzz.askers import TOKEN, Asker
from tests.fuzz.budget import IN_CI
from tests.fuzz.checks import faults
from tests.fuzz.document import Operation
from tests.fuzz.sending import Sendable

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

    def ask(self, asker: Asker, sendable: Sendable) -> None:
        """Send a case as somebody, and look at the answer."""
        so_far = self.answers.setdefault(asker.role, Counter())
        if IN_CI and _is_shut(so_far) and asker.role not in self.owners:
            return
        response = sendable.send(asker)
        so_far[response.status_code] += 1
        for fault in faults(self.operation, asker, sendable.case, response):
            self.faults[fault] += 1
            self.first.setdefault(
                fault, f"{asker.role}: {sendable} -> {response.status_code} {response.content[:300]!r}"
            )

    @property
    def told(self) -> str:
        """Return every fault, how often it was met, and how to meet it again."""
        return "\n".join(f"{count} x {fault}\n    {self.first[fault]}" for fault, count in self.faults.items())

    @property
    def never_let_in(self) -> list[str]:
        """Return the roles to whom the operation belongs, and whom no case got in: the cases do not reach it."""
        return [role for role in self.owners if not sum(self.answers[role][status] for status in _LET_IN)]

    def rows(self) -> dict[str, list[int]]:
        """Return calls and calls that were let in, by role."""
        return {
            role: [so_far.total(), sum(so_far[status] for status in _LET_IN)] for role, so_far in self.answers.items()
        }


def _is_shut(so_far: Counter[int]) -> bool:
    refused = so_far[401] + so_far[403]
    return refused > 0 and so_far.total() >= _ENOUGH_AT_A_SHUT_DOOR and not any(so_far[status] for status in _LET_IN)


def owns(operation: Operation, asker: Asker) -> bool:
    """Return whether the table of routes lets the role in somewhere; a token also has to be for it."""
    asked = operation.method, operation.route
    lines = [case.by_role for case in all_cases() if (case.method, case.route) == asked]
    return any(line[column] in ("ok", "done") for line in lines for column in _columns(operation, asker))


def _columns(operation: Operation, asker: Asker) -> tuple[str, ...]:
    """Return the columns that tell of the asker; a token also has to be for it."""
    if asker.role == "wrong token":
        return ()
    if not asker.role.startswith(TOKEN):
        return (asker.role,)
    view: Any = view_class(operation.route.view)
    scope = view.scope if operation.method == "GET" else getattr(view, "writing_scope", view.scope)
    return ("api_client",) if asker.role == f"{TOKEN}{scope}" else ()
