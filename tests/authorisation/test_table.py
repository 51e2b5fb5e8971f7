"""The table and the resolver hold the same routes, and every route answers each person as the table says."""

from collections import Counter
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.db import connection

from tests.authorisation.addresses import address, needed_relations
from tests.authorisation.asking import LEDGER, WRITING, Answer, ask
from tests.authorisation.bodies import body
from tests.authorisation.canaries import LEDGER_READERS, leaks
from tests.authorisation.table import WORDS, Case, all_cases, all_lines, lines_of
from tests.authorisation.walker import Route, all_routes
from tests.authorisation.world import ROLES, ROLES_WITHOUT_COLUMN, World

# Wagtail's routes that write; those of ours are known by their views.
WAGTAILS_WRITES = (
    "columns:add", "columns:edit", "columns:delete", "rounds:add", "rounds:edit", "rounds:delete",
    "wagtail_bulk_action", "wagtailadmin_api:pages:action",
    "wagtailadmin_collections:*", "wagtailadmin_workflows:*", "wagtaildocs:*", "wagtaildocs_chooser:create",
    "wagtailimages:*", "wagtailimages_chooser:create", "wagtailredirects:*", "wagtailsettings:*", "wagtailsites:*",
    "wagtailusers_*", *(
        f"wagtailadmin_pages:{name}"
        for name in (
            "add", "choose_parent", "convert_alias", "copy", "delete", "edit", "lock", "move", "move_confirm",
            "preview_on_*", "revisions_revert", "revisions_unschedule", "set_*", "unlock", "unpublish",
            "workflow_action",
        )
    ),
)  # fmt: skip


def writes(route: Route, method: str) -> bool:
    is_wagtails = method == "POST" and any(fnmatchcase(route.name, pattern) for pattern in WAGTAILS_WRITES)
    return route.takes(method) or is_wagtails


def needed(route: Route) -> set[tuple[str, str]]:
    methods = ("GET", *(method for method in WRITING if writes(route, method)))
    return {(method, relation) for method in methods for relation in needed_relations(route)}


@pytest.mark.parametrize("route", all_routes(), ids=lambda route: f"{route.name}:{'/'.join(route.arguments)}")
def test_every_route_stands_in_the_table(route):
    said = {(case.method, case.relation) for case in all_cases() if case.route == route}

    assert needed(route) <= said, f"{route.name} ({route.pattern}) has no line for {sorted(needed(route) - said)}"


def test_no_route_stands_in_two_lines():
    said = Counter((case.method, case.route, case.relation) for case in all_cases())

    twice = {(method, route.name, relation) for (method, route, relation), times in said.items() if times > 1}
    assert not twice


@pytest.mark.parametrize("line", all_lines(), ids=lambda line: line.place)
def test_every_line_speaks_of_routes_that_are_there(line):
    cases = [case for case in all_cases() if case.line == line]

    idle = [name for name in line.patterns if not any(fnmatchcase(case.route.name, name) for case in cases)]
    assert not idle
    assert {case.relation for case in cases} == set(line.relations)
    assert set(line.answers) <= WORDS


@pytest.mark.parametrize("role", ROLES_WITHOUT_COLUMN)
def test_every_line_of_those_without_a_role_speaks_of_something_that_is_asked(role):
    idle = [line for line in lines_of(role) if not any(line.fits(case) for case in all_cases())]

    assert lines_of(role)
    assert not idle


def _by_route() -> dict[str, list[Case]]:
    routes: dict[str, list[Case]] = {}
    for case in all_cases():
        routes.setdefault(case.route.name, []).append(case)
    return routes


def _marked(name: str) -> Any:
    """Who may enter Wagtail's own screens is asked of the same tables on every database."""
    ours = any(case.route.is_ours for case in _by_route()[name])
    return pytest.param(name, marks=[] if ours else [pytest.mark.one_database("ask Wagtail's own screens")])


@pytest.mark.parametrize("route_name", [_marked(name) for name in sorted(_by_route())])
def test_a_route_answers_as_the_table_says(world: World, route_name):
    wrong = [answer for case in _by_route()[route_name] for answer in _wrong_answers(world, case)]

    assert not wrong, "\n" + "\n".join(wrong)


def _wrong_answers(world: World, case: Case) -> list[str]:
    wrong = []
    where = address(case.route, case.relation, world)
    for role, expected in _asked(case).items():
        form = body(case.route.name, case.relation, world, case.method) if case.method in WRITING else None
        answer = ask(world.clients[role], case.method, where, form)
        if answer.word != expected:
            wrong.append(f"{case.label} as {role}: expected {expected}, got {answer.word} ({case.line.place})")
        if written := _unasked_writes(answer, case.method):
            wrong.append(f"{case.label} as {role}: {answer.word}, and wrote to {sorted(written)}")
        reads_all = case.route.name.startswith("audit:") and role in LEDGER_READERS
        if not reads_all and (leaked := leaks(answer, role)):
            wrong.append(f"{case.label} as {role}: shows {leaked}")
    return wrong


def _asked(case: Case) -> dict[str, str]:
    """Return what each role is to be answered: on the second database, one role for each answer that there is.

    Who may is decided before anything is read or written; what a database can change is the answer itself.
    """
    by_role = {role: case.by_role[role] for role in ROLES}
    if connection.vendor == "sqlite":
        return by_role
    return {role: word for word, role in {word: role for role, word in by_role.items()}.items()}


def _unasked_writes(answer: Answer, method: str) -> frozenset[str]:
    """Return the tables that a GET, or a refused POST, wrote to; that somebody was refused may stand in the ledger."""
    if method == "GET":
        return answer.writes
    return frozenset() if answer.word == "done" else answer.writes - LEDGER
