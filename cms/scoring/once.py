"""What is prepared once for a definition and used for thousands of people."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from cms.scoring.definition import Definition

P = ParamSpec("P")
T = TypeVar("T")
_CACHED = 256


class _Same:
    """A definition as a key: the same object, since comparing whole definitions costs more than preparing them."""

    __slots__ = ("definition",)

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.definition is other.definition


def once_per_definition(
    prepare: Callable[Concatenate[Definition, P], T],
) -> Callable[Concatenate[Definition, P], T]:
    """Keep what a function prepares from a definition and hashable choices; the least used is forgotten first."""

    @lru_cache(maxsize=_CACHED)
    def cached(key: _Same, *choices: Any, **named: Any) -> T:
        return prepare(key.definition, *choices, **named)

    @wraps(prepare)
    def of(definition: Definition, *args: P.args, **kwargs: P.kwargs) -> T:
        return cached(_Same(definition), *args, **kwargs)  # type: ignore[arg-type]  # choices are words and tuples

    return of
