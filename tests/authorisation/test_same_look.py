""" "Not yours" and "does not exist" look the same: status, body, headers and number of queries."""

import re
from functools import cache, partial

import pytest

from tests.authorisation.addresses import address
from tests.authorisation.asking import Answer, ask
from tests.authorisation.bodies import body
from tests.authorisation.table import Case, all_cases
from tests.authorisation.walker import Route
from tests.authorisation.world import ROLES, World

pytestmark = pytest.mark.one_database("the table asks on both whether others' work is not there")

OURS = ("api_v1:", "audit:", "catalogs:", "frameworks:", "importers:", "page.")
OTHERS = ("other", "other_submitted", "other_appraised")


def _hidden() -> dict[str, list[tuple[Case, list[str]]]]:
    """Return the cases about others' work, with the roles to whom it is as if it were not there."""
    found: dict[str, list[tuple[Case, list[str]]]] = {}
    for case in all_cases():
        if case.relation in OTHERS and case.route.name.startswith(OURS):
            roles = [role for role in ROLES if case.by_role[role] == "404"]
            found.setdefault(case.route.name, []).append((case, roles))
    return found


@pytest.mark.parametrize("route_name", sorted(_hidden()))
def test_anothers_work_looks_like_nothing(world: World, route_name):
    different = []
    look = cache(partial(_look, world))
    for case, roles in _hidden()[route_name]:
        for role in roles:
            theirs, nothing = (look(case.method, case.route, relation, role) for relation in (case.relation, "missing"))
            if theirs != nothing:
                different.append(f"{case.label} as {role}: {theirs} is not {nothing}")

    assert not different, "\n".join(different)


def _look(world: World, method: str, route: Route, relation: str, role: str) -> tuple[object, ...]:
    where = address(route, relation, world)
    form = body(route.name, relation, world) if method == "POST" else None
    answer = ask(world.clients[role], method, where, form)
    # Wagtail finds public pages step by step down the tree, and a page's address is its agency's public name.
    queries = 0 if route.is_subroute else answer.queries
    return answer.word, len(_without(answer, where)), sorted(answer.response.headers), queries


def _without(answer: Answer, where: str) -> bytes:
    """Return the body without what names the address and the request itself."""
    tokens = rb"csrf[\w\s\"'=:-]*[\w-]{64}|nonce-[\w=+/-]+"
    return re.sub(tokens, b"", answer.body.replace(where.encode(), b"").replace(where[1:].encode(), b""))
