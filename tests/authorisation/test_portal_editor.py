"""The portal's editor is answered as somebody without a part, but for the lines of ``portal_editor.txt``.

The role has no column in ``routes/*.csv``: whatever a line answers to ``nobody``, who has no role, it answers to the
editor too, or refuses in one of the admin's ways; a new route is closed to the role until a line here opens it.
"""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.urls import reverse

from cms.users.enums import Role
from tests.authorisation.addresses import address
from tests.authorisation.asking import LEDGER, WRITING, ask
from tests.authorisation.bodies import body
from tests.authorisation.canaries import leaks
from tests.authorisation.table import all_cases
from tests.factories.people import make_member
from tests.integration.portal.test_portal_editor import signed_in

pytestmark = pytest.mark.one_database("the same gates are asked on both by the table")

OPEN = [
    line.split()
    for line in (Path(__file__).parent / "routes" / "portal_editor.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
REFUSALS = {"home", "404", "405", "no", "refused", "login", "bad"}


@pytest.fixture
def editor(world):
    """Return the browser of a portal's editor."""
    return signed_in(make_member(Role.PORTAL_EDITOR, world.province.root, "bien_tap"))


def opened(case):
    """Return what the editor is answered beside refusals, in words; nothing where no line opens the route."""
    fitting = (
        answers for method, pattern, *answers in OPEN if method == case.method and fnmatchcase(case.route.name, pattern)
    )
    return set(next(fitting, ()))


@pytest.mark.parametrize("beginning", sorted({case.route.name.partition(":")[0] for case in all_cases()}))
def test_the_portals_editor_is_answered_as_nobody_but_where_a_line_says_so(world, editor, beginning):
    wrong = []
    for case in all_cases():
        if case.route.name.partition(":")[0] != beginning:
            continue
        form = body(case.route.name, case.relation, world, case.method) if case.method in WRITING else None
        answer = ask(editor, case.method, address(case.route, case.relation, world), form)
        of_nobody = case.line.by_role["nobody"]
        allowed = opened(case) | (REFUSALS if of_nobody == "no" else {of_nobody})
        if answer.word not in allowed:
            wrong.append(f"{case.label}: {answer.word}, allowed {sorted(allowed)}")
        written = answer.writes if case.method == "GET" or answer.word != "done" else frozenset()
        if written - (LEDGER if case.method != "GET" else frozenset()):
            wrong.append(f"{case.label}: {answer.word}, and wrote to {sorted(written)}")
        if leaked := leaks(answer, "nobody"):
            wrong.append(f"{case.label}: shows {leaked}")
    assert not wrong, "\n".join(wrong)


REPORTS = ("aging_pages", "page_types_usage", "site_history", "workflow", "workflow_tasks")


@pytest.mark.parametrize("report", REPORTS)
def test_reports_speak_of_no_agencys_page(world, editor, report):
    for query in ({}, {"export": "csv"}):
        answer = ask(editor, "GET", reverse(f"wagtailadmin_reports:{report}"), query)
        assert answer.word == "ok"
        assert "Văn phòng UBND tỉnh".encode() not in answer.body


def test_the_tree_shows_no_agencys_page(world, editor):
    index = world.subjects["above"].page
    for query in ({}, {"fields": "*"}, {"for_explorer": 1, "child_of": index}, {"search": "Văn phòng"}):
        reported = ask(editor, "GET", reverse("wagtailadmin_api:pages:listing"), query).response.json()
        listed = reported["items"]
        assert world.subjects["other"].page not in {page["id"] for page in listed}
    explored = ask(editor, "GET", reverse("wagtailadmin_explore", args=[index])).body.decode()
    assert "Văn phòng UBND tỉnh" not in explored


def test_every_line_opens_a_route_that_is_there():
    for method, pattern, *answers in OPEN:
        assert answers
        assert any(case.method == method and fnmatchcase(case.route.name, pattern) for case in all_cases()), pattern
