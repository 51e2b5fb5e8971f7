"""Calls from a lower module to one above it, which the lower one must not import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class ExtensionPoint(Generic[P, R]):
    """A function that a lower module calls and one above it provides, once, in ``ready()`` of its app.

    Calling it before that, or providing a second function, raises RuntimeError: nothing is replaced by accident.
    """

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose
        self._function: Callable[P, R] | None = None

    def provide(self, function: Callable[P, R]) -> None:
        """Give the function that every call goes to from now on."""
        if self._function not in (None, function):
            raise RuntimeError(f"already provided: {self._purpose}")
        self._function = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._function is None:
            raise RuntimeError(f"nothing provides yet: {self._purpose}")
        return self._function(*args, **kwargs)
