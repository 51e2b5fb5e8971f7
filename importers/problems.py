"""What a reader or a checker has to say about one place in a file. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]

_PLACES = ("sheet", "row", "column", "column_number")
# A value is quoted back to the person who typed it; longer ones are cut.
MAX_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One error or warning, named the way an Excel user finds it.

    ``row`` counts from 1 as Excel does, 0 for the whole sheet or file; ``column`` is the header text as the file writes
    it (or the column letter where there is no header), ``column_number`` the same column counted from 1, 0 where no
    cell is meant. ``code`` is stable and machine readable; the sentence is made from ``code`` and ``params`` by
    ``importers.messages``. Source: the import contract, promise 2.
    """

    severity: Severity
    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    column_number: int = 0


def error(code: str, **where: Any) -> Problem:
    """Build an error at a place in the file."""
    return _problem("error", code, where)


def warning(code: str, **where: Any) -> Problem:
    """Build a warning at a place in the file."""
    return _problem("warning", code, where)


def _problem(severity: Severity, code: str, where: dict[str, Any]) -> Problem:
    known = {key: where.pop(key) for key in _PLACES if key in where}
    value = where.pop("value", None)
    quoted = "" if value is None else str(value)[:MAX_QUOTED]
    return Problem(severity, code, value=quoted, params=where, **known)


class FileRefused(Exception):
    """The file as a whole cannot be read; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = list(problems)
