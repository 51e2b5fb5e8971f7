"""The pages of ``/cua-toi/``, where an officer finds what is their own: each app registers its own in ``ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.utils.functional import Promise


def _no_lines(officer: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class PersonalPage:
    """One page, with its place in the navigation and its card on the first page.

    ``name`` names the route (``personal:<name>``), ``address`` is what follows ``/cua-toi/``, without slashes. ``view``
    is that of a ``cms.organisations.personal.screens.PersonalScreen``, which lets officers alone in. ``rows`` returns
    what the officer has there, as a queryset: where it is empty the page stands nowhere, but still answers; that of all
    pages is asked in one query. ``card`` returns the lines of the card below its title, by a number of queries that
    never grows. ``below`` are routes under the page's own address, of single things that stand on it.
    """

    name: str
    address: str
    title: str | Promise
    order: int
    view: Callable[..., HttpResponseBase]
    rows: Callable[[Any], QuerySet[Any]] | None = None
    card: Callable[[Any], Iterable[str | Promise]] = _no_lines
    below: tuple[URLPattern, ...] = ()


_pages: dict[str, PersonalPage] = {}


def register(*pages: PersonalPage) -> None:
    """Add pages. A name or an address that is taken raises RuntimeError: nothing is replaced by accident."""
    for page in pages:
        others = [other for other in _pages.values() if other != page]
        if any(page.name == other.name or page.address == other.address for other in others):
            raise RuntimeError(f"already registered as a personal page: {page.name}")
        _pages[page.name] = page


def all_pages() -> list[PersonalPage]:
    """Return every page, in order."""
    return sorted(_pages.values(), key=lambda page: (page.order, page.name))


def routes() -> list[URLPattern | URLResolver]:
    """Return the address of each page, and those below it."""
    pages = [path(f"{page.address}/", page.view, name=page.name) for page in all_pages()]
    return [*pages, *(path(f"{page.address}/", include(list(page.below))) for page in all_pages() if page.below)]
