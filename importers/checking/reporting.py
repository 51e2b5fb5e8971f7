"""Telling how far a check has come, from inside rooms that know nothing of who listens. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")

# Looking at the clock costs more than reading a cell.
_EVERY = 200


class Report(Protocol):
    """Takes the name of a step ("rows", "comparing"), and how much of it is done of how much."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None: ...


def silent(step: str, done: int = 0, total: int = 0) -> None:
    """Tell nobody."""


def counted(rows: Iterable[T], report: Report, total: int) -> Iterator[T]:
    """Yield the rows, and tell now and then how many of them have gone by."""
    for done, row in enumerate(rows):
        if done % _EVERY == 0:
            report("rows", done, total)
        yield row
