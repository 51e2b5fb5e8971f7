"""Whatever stands in the query of an address, and whatever is left out: no screen answers that it broke."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.http import QueryDict
from django.urls import reverse

from tests.authorisation.addresses import address, possible_relations
from tests.authorisation.asking import ask
from tests.authorisation.walker import Route, all_routes, view_class
from tests.authorisation.world import World

pytestmark = pytest.mark.one_database("what a screen reads of its address is the same on both")
# Who of people sees most of what there is; the technical administrator sees the rest.
ROLES = ("approver", "technical_admin")
GARBAGE = ("9" * 30, "\x00'\"<&")


@contextmanager
def looked_up() -> Iterator[set[str]]:
    """Note which parameters of the query are looked for."""
    names: set[str] = set()

    def noting(act):
        def look(query, name, *args, **kwargs):
            names.add(name)
            return act(query, name, *args, **kwargs)

        return look

    acts = {name: noting(getattr(QueryDict, name)) for name in ("__getitem__", "get", "getlist", "__contains__")}
    with mock.patch.multiple(QueryDict, **acts):
        yield names


def screens() -> list[Route]:
    """Return the routes of the admin; tests/fuzz asks the API."""
    return [route for route in all_routes() if route.pattern.startswith("admin/")]


def relation_of(route: Route) -> str:
    """Return a relation in which there is something to see."""
    possible = possible_relations(route)
    return next(relation for relation in ("-", "thing", "own", "missing") if relation in possible)


def broken(world: World, route: Route, seen: set[tuple[Any, str]]) -> Iterator[str]:
    """Yield the addresses of a route that break: bare, and with garbage in each parameter that the screen looks for."""
    where = address(route, relation_of(route), world)
    for client in (world.clients[role] for role in ROLES):
        with looked_up() as names:
            bare = ask(client, "GET", where)
        if bare.word == "500":
            yield where
        if bare.word == "ok":
            break
    else:
        return
    # What many routes share is asked once for all of them.
    new = {name for name in names if (view_class(route.view), name) not in seen}
    seen |= {(view_class(route.view), name) for name in names}
    for name, value in itertools.product(sorted(new), GARBAGE):
        if ask(client, "GET", where, {name: value}).word == "500":
            yield f"{where}?{name}={value[:20]!a}"


def test_no_screen_breaks_at_what_its_query_says_or_lacks(world):
    seen: set[tuple[Any, str]] = set()

    assert "\n".join(where for route in screens() for where in broken(world, route, seen)) == ""


@pytest.mark.parametrize("kind", ["external", "email", "phone", "anchor"])
def test_no_chooser_of_links_breaks_at_what_its_form_lacks(world, kind):
    where = reverse(f"wagtailadmin_choose_page_{kind}_link")

    for form in ({}, {f"{kind}-link-chooser-url": "http://["}, {f"{kind}-link-chooser-url": "\x00"}):
        assert ask(world.clients["editor"], "POST", where, form).word in ("ok", "bad")
    for address_ in ("http://[", "//[", "\x00", "x" * 3_000):
        assert ask(world.clients["editor"], "GET", where, {"link_url": address_}).word in ("ok", "bad")


def test_a_broken_screen_of_our_own_is_still_told_as_broken(world, monkeypatch):
    from cms.organisations.views.accounts import AccountListScreen

    def fail(screen):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(AccountListScreen, "get_queryset", fail)

    answer = ask(world.clients["technical_admin"], "GET", reverse("organisations:account_list"), {"q": "x"})

    assert answer.word == "500"
