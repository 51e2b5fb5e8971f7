"""Every screen of the table in Vietnamese: no English, no code. A route that is added is read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.utils import translation

from cms.users.models import User
from tests.authorisation.addresses import address
from tests.authorisation.asking import ask
from tests.authorisation.table import Case, all_cases
from tests.authorisation.world import ROLES, World
from tests.crawling import html_of
from tests.english import code_in, english_in

pytestmark = pytest.mark.one_database("the words of screens are the same on both")

# What programmers read: the guide to the API, the dictionary of what stands in files, and commands in the guides.
ABOUT_CODE = ("api_v1:guide", "open_data:", "help:")
# A chooser for making workflows, which no link of any role leads to.
LEFT_OUT = {"wagtailadmin_workflows:task_chooser"}
# The number of an event that was sent in trial, and how a token begins, by which people know it.
KNOWN_CODE = re.compile(r"test_1|thuocdo_[\w-]{4}…")
# What lists are searched for, so that they say what they found as well.
WORDS = {"q": "thong ke"}


@cache
def shown() -> dict[str, list[tuple[Case, str]]]:
    """Return what is shown to somebody, with each role that it is shown to, by the route's name."""
    routes: dict[str, list[tuple[Case, str]]] = {}
    for case in all_cases():
        if case.method == "GET" and case.route.name not in LEFT_OUT:
            seen_by = [role for role in ROLES if case.by_role[role] == "ok"]
            routes.setdefault(case.route.name, []).extend((case, role) for role in seen_by)
    return {name: cases for name, cases in routes.items() if cases}


@pytest.mark.parametrize("name", sorted(shown()))
def test_a_screen_speaks_vietnamese_alone(world: World, name):
    # Accounts of tests are called by their roles.
    accounts = re.compile(rf"\b({'|'.join(User.objects.values_list('username', flat=True))})\b")
    wrong = set()
    for case, role in shown()[name]:
        for html in screens(world, case, role):
            found = english_in(html) + ([] if name.startswith(ABOUT_CODE) else code_in(accounts.sub("", html)))
            wrong |= {(text, role, case.relation) for text in found if not KNOWN_CODE.fullmatch(text)}

    assert sorted(wrong) == []


def screens(world: World, case: Case, role: str) -> Iterator[str]:
    """Yield a screen as it opens and, where it is searched, as it answers."""
    where = address(case.route, case.relation, world)
    with translation.override("vi"):
        html = html_of(ask(world.clients[role], "GET", where).response)
        yield html
        if 'name="q"' in html:
            yield html_of(ask(world.clients[role], "GET", where, WORDS).response)
