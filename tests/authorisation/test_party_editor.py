"""Who appraises and decides over the Party block reaches nothing of the government's, by whatever door.

The agencies of the table's province are all of the government. Of whatever is an agency's, such a person is answered as
somebody without a role; of what is nobody's, as an uploader may be too, who enters the admin and writes nothing
there; but for the lines of ``party_editor.txt``. A new route is closed until a line there opens it.
"""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from cms.organisations.actions import grant_membership
from cms.organisations.enums import Block
from cms.users.enums import PARTIAL_ROLES
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
    for line in (Path(__file__).parent / "routes" / "party_editor.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
OF_NOBODYS = {"-", "thing", "missing"}
REFUSALS = {"home", "404", "405", "no", "refused", "login", "bad"}


@pytest.fixture
def editor(world):
    """Return the browser of somebody with every role that is held over a part of the province, over the Party block."""
    first, *others = sorted(PARTIAL_ROLES)
    person = make_member(first, world.province.root, "ban_to_chuc", scope_block=Block.PARTY)
    for role in others:
        grant_membership(by=None, user=person, role=role, agency=world.province.root, scope_block=Block.PARTY)
    return signed_in(person)


def opened(case):
    fitting = (
        answers for method, pattern, *answers in OPEN if method == case.method and fnmatchcase(case.route.name, pattern)
    )
    return set(next(fitting, ()))


@pytest.mark.parametrize("beginning", sorted({case.route.name.partition(":")[0] for case in all_cases()}))
def test_the_partys_editor_is_answered_as_nobody_of_what_is_the_governments(world, editor, beginning):
    wrong = []
    for case in all_cases():
        if case.route.name.partition(":")[0] != beginning:
            continue
        form = body(case.route.name, case.relation, world, case.method) if case.method in WRITING else None
        answer = ask(editor, case.method, address(case.route, case.relation, world), form)
        of_nobody = case.line.by_role["nobody"]
        allowed = opened(case) | (REFUSALS if of_nobody == "no" else {of_nobody})
        if case.relation in OF_NOBODYS:
            allowed |= {case.line.by_role["uploader"]}
        if answer.word not in allowed:
            wrong.append(f"{case.label}: {answer.word}, allowed {sorted(allowed)}")
        written = answer.writes if case.method == "GET" or answer.word != "done" else frozenset()
        if written - (LEDGER if case.method != "GET" else frozenset()):
            wrong.append(f"{case.label}: {answer.word}, and wrote to {sorted(written)}")
        if leaked := leaks(answer, "nobody"):
            wrong.append(f"{case.label}: shows {leaked}")
    assert not wrong, "\n".join(wrong)


def test_every_line_opens_a_route_that_is_there():
    for method, pattern, *answers in OPEN:
        assert answers
        assert any(case.method == method and fnmatchcase(case.route.name, pattern) for case in all_cases()), pattern
