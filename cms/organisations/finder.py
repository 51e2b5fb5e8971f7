"""Looking for something by its words among everything that a person may see.

Each room registers what it has by the hook ``register_search_kind``: a function that returns a ``SearchKind``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from wagtail import hooks

from cms.core.text import fold
from cms.organisations.models import Agency

# No more rows than these are put in order; whoever finds more adds a word.
MOST = 2000


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, where its screen is, whose it is, and what else tells it from its like."""

    name: str
    url: str
    code: str = ""
    agency: str = ""
    about: str = ""


@dataclass(frozen=True)
class SearchKind:
    """One kind of thing that is looked for.

    ``find(user, text, agency)`` returns the rows that the person may see and that hold every word, in an order that an
    index gives, at or below the agency where one is given. ``name`` and ``code`` are the fields by which the best come
    first. ``show`` turns a few of these rows into hits.
    """

    key: str
    label: Any
    order: int
    opens_to: Callable[[Any], bool]
    find: Callable[[Any, str, Agency | None], QuerySet[Any]]
    show: Callable[[Any], Iterable[tuple[Any, Hit]]]
    name: str = "name"
    code: str = "code"


class KindResults:
    """What a person's words find of one kind. Costs one query, and one more for the hits that are shown."""

    def __init__(self, kind: SearchKind, rows: QuerySet[Any], text: str) -> None:
        self.kind = kind
        self._rows = rows
        self._text = fold(text)

    @cached_property
    def keys(self) -> list[Any]:
        """Return the keys of at most ``MOST`` rows: the name or code itself first, then names that begin with it."""
        candidates = self._rows.values_list("pk", self.kind.name, self.kind.code)[: MOST + 1]
        ranked = sorted((distance(self._text, name, code), at, pk) for at, (pk, name, code) in enumerate(candidates))
        return [pk for _far, _at, pk in ranked]

    @property
    def has_more(self) -> bool:
        """Return whether there are more than were put in order."""
        return len(self.keys) > MOST

    def count(self, cap: int) -> str:
        """Return how many there are, or that there are more than ``cap``."""
        return str(len(self.keys)) if len(self.keys) <= cap else f"{cap}+"

    def hits(self, first: int, size: int) -> list[Hit]:
        """Return a page of hits in order."""
        keys = self.keys[:MOST][first : first + size]
        hits_by_key = {
            row.pk: hit for row, hit in self.kind.show(self._rows.model._default_manager.filter(pk__in=keys))
        }
        return [hits_by_key[key] for key in keys if key in hits_by_key]


def distance(text: str, name: str, code: str) -> int:
    """Return how far a row is from the folded words that were typed; 0 is the thing itself."""
    folded = fold(name)
    if text in (folded, fold(code or "")):
        return 0
    if folded.startswith(text):
        return 1
    if f" {text}" in f" {folded}":
        return 2
    return 3 if all(f" {word}" in f" {folded}" for word in text.split()) else 4


def search_kinds(user: Any) -> list[SearchKind]:
    """Return what the person may look for, in order."""
    kinds = (register() for register in hooks.get_hooks("register_search_kind"))
    return sorted((kind for kind in kinds if kind.opens_to(user)), key=lambda kind: kind.order)


def search_all(user: Any, text: str, agency: Agency | None = None) -> list[KindResults]:
    """Return what the words find of every kind that the person may look for; nothing is looked for without words."""
    if not fold(text):
        return []
    return [KindResults(kind, kind.find(user, text, agency), text) for kind in search_kinds(user)]
