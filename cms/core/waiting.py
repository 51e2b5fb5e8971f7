"""What waits for a person: each app registers what it counts by the hook ``register_waiting``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

MOST_COUNTED = 99


@dataclass(frozen=True)
class WaitingKind:
    """One kind of thing: what it is called, where it is done, for whom, and which rows wait for them.

    ``has_own_panel``: the first screen shows the rows themselves, so their number is not said there again.
    """

    label: Any
    url: Any
    opens_to: Callable[[Any], bool]
    rows: Callable[[Any], QuerySet[Any]]
    has_own_panel: bool = False

    def count(self, user: Any) -> int:
        """Return how many rows wait, at most one beyond MOST_COUNTED: first screens do not grow with the province."""
        return self.rows(user).order_by()[: MOST_COUNTED + 1].count() if self.opens_to(user) else 0


@dataclass(frozen=True)
class WaitingLine:
    """A kind of which something waits; ``number`` is what is written of it."""

    label: Any
    url: Any
    number: str


class AlsoWaitingPanel(Component):
    """What else waits, with its number and the way there."""

    name = "also_waiting"
    template_name = "screens/also_waiting.html"
    order = 105

    def __init__(self, lines: list[WaitingLine]) -> None:
        self.lines = lines

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": self.lines}


def lines_for(user: Any, *, is_whole: bool = False) -> list[WaitingLine]:
    """Return what waits for the person, in a query for each kind that they may open; ``is_whole``: also what the first
    screen shows in panels of its own.
    """
    kinds: list[WaitingKind] = [make() for make in hooks.get_hooks("register_waiting")]
    counted = [(kind, kind.count(user)) for kind in kinds if is_whole or not kind.has_own_panel]
    return [
        WaitingLine(kind.label, kind.url, f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count))
        for kind, count in counted
        if count
    ]


def put_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel on the first screen of those for whom something waits."""
    if lines := lines_for(request.user):
        panels.append(AlsoWaitingPanel(lines))
