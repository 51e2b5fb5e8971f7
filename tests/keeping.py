"""States of the database that many tests begin with: made once, kept, and lent to each test as if they were new.

A state stands on the states that its maker asks for, as people stand in a province. It is made in a transaction of its
own, below that of the test, and taken back when a test comes that did not ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

import pytest
from django.db import connection, transaction

from tests.database import commits

State = Callable[..., Any]

_states: list[State] = []


@dataclass(frozen=True)
class _Layer:
    state: State
    # What this state and those below it were when it was made.
    values: dict[State, Any]
    transaction: ExitStack


class Ground:
    """What the database holds besides the rows of the migrations: states, each on the one before."""

    def __init__(self) -> None:
        self.lent: dict[State, Any] = {}
        self._layers: list[_Layer] = []
        self._is_taken = False
        self._is_empty = False

    def lend(self, line: tuple[State, ...]) -> None:
        """Have these states in the database and no others, and copies of what their makers returned in ``lent``."""
        if self._is_taken:
            line = ()
        self._take_back(line)
        self._refill()
        for state in line[len(self._layers) :]:
            self._make(state)
        self.lent = deepcopy(self._layers[-1].values) if self._layers else {}

    def leave_to_a_test_that_commits(self) -> None:
        """Have none of the states; when the test has ended, the database will have been emptied of everything."""
        self._take_back(())
        self.lent, self._is_empty = {}, True

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have none of the states, and undo in the end what is done meanwhile: a package's or a module's own world."""
        self.lend(())
        self._is_taken = True
        try:
            with _undone():
                yield
        finally:
            self._is_taken = False

    def _take_back(self, line: tuple[State, ...]) -> None:
        while [layer.state for layer in self._layers] != list(line[: len(self._layers)]):
            self._layers.pop().transaction.close()

    def _refill(self) -> None:
        """Bring back the rows of the migrations after tests that committed."""
        if self._is_empty:
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            self._is_empty = False

    def _make(self, state: State) -> None:
        below = deepcopy(self._layers[-1].values) if self._layers else {}
        by_name = {other.__name__: value for other, value in below.items()}
        with ExitStack() as stack:
            stack.enter_context(_undone())
            value = state.__wrapped__(**{name: by_name.get(name) for name in signature(state).parameters})
            self._layers.append(_Layer(state, below | {state: value}, stack.pop_all()))


ground = Ground()


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kept(make: State) -> Any:
    """Make a fixture of the maker of a state, which asks for ``db`` or other states and writes to the database alone.

    A test gets the state that is kept, or one of its own where that cannot be: a test that commits, or asks for two
    states that stand side by side.
    """

    @wraps(make)
    def state(**asked: Any) -> Any:
        return ground.lent[state] if state in ground.lent else make(**asked)

    _states.append(state)
    return pytest.fixture(state)


def line_of(item: pytest.Item) -> tuple[State, ...]:
    """Return the longest line of states, each standing on those before it, that a test asks for."""
    if commits(item):
        return ()
    behind = {name: found[-1].func for name, found in item._fixtureinfo.name2fixturedefs.items()}
    lines = [_line(behind.get(name), behind) for name in item.fixturenames]
    return max(lines, key=len, default=())


def rank(line: tuple[State, ...]) -> tuple[int, ...]:
    """Return what sorts lines so that those which begin alike stand together."""
    return tuple(_states.index(state) for state in line)


def _line(state: State | None, behind: dict[str, State]) -> tuple[State, ...]:
    """Return the line that ends with a state; nothing where the state, or one that it stands on, is not kept."""
    if state not in _states:
        return ()
    line: tuple[State, ...] = ()
    for name in signature(state).parameters:
        below = _line(behind.get(name), behind)
        if name != "db" and not below:
            return ()
        line += tuple(other for other in below if other not in line)
    return (*line, state)
