"""What programs hear of evaluations and work, by feed and webhook: their own agency's, and nothing of people."""

import json

import pytest

from api.clients.models import ApiClient, Scope
from cms.evaluations import actions
from cms.evaluations.models import Evaluation
from tests.factories.outside import make_system
from tests.integration.api.evaluations.conftest import program_of
from tests.integration.api.webhooks.conftest import deliver, make_endpoint, receiver

__all__ = ["deliver", "make_endpoint", "receiver"]

pytestmark = pytest.mark.django_db
MARK, CASE, GROUND = "chimcắt-nhận-xét", "71-KL/CHIMLỢN", "chimsao-khai-khống"
CANCELLED, CONFIRMED = "evaluation.cancelled", "work.confirmed"


@pytest.fixture
def cancelled(house, second_head) -> Evaluation:
    """Decide and lock a month in which words are hidden, and cancel one result in it."""
    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    period = house.open()
    house.mark("an", words=MARK)
    actions.find(by=house.clerk, evaluation=house.of("an"), code="disciplined", document=CASE)
    house.decide("an")
    for name in ("binh", "division", "chief"):
        house.mark(name)
        house.decide(name)
    house.lock(period)
    proposed = actions.propose_cancellation(
        by=house.clerk, evaluation=house.of("an"), ground="dishonesty", reason=GROUND, document="KL 9/KL-TTr"
    )
    return actions.approve_cancellation(by=second_head, cancellation=proposed)


def test_cancellations_and_work_reach_the_agencys_programs_by_feed_and_webhook_and_no_others(
    house, province, receiver, make_endpoint, deliver, request
):
    own, _secret = make_endpoint(receiver.url("/own"))
    make_endpoint(receiver.url("/narrow"), scopes=[Scope.CATALOGS_READ])
    make_endpoint(receiver.url("/other"), agency=province.office)
    make_system(house.agency, clients=[own.client])
    feed = program_of(house.agency)
    make_system(house.agency, code="don-vi", clients=[ApiClient.objects.latest("pk")])
    strangers = program_of(province.office)
    one = request.getfixturevalue("cancelled")
    deliver()

    heard = {path: [json.loads(body) for at, _headers, body in receiver.got if at == path] for path in (
        "/own", "/narrow", "/other",
    )}  # fmt: skip
    theirs = [each for each in heard["/own"] if each["type"] in (CANCELLED, CONFIRMED)]
    assert [each["type"] for each in theirs] == [CONFIRMED] * 4 + [CANCELLED]
    data = theirs[-1]["data"]
    assert (data["agency"], data["evaluation"], data["period"]) == (house.agency.code, str(one.identity), one.period_id)
    assert data["url"].endswith(f"/api/v1/evaluations/{one.identity}/")
    fed, others = (program.json("events/", page_size=100)["results"] for program in (feed, strangers))
    for path, events in (("/narrow", heard["/narrow"]), ("/other", heard["/other"]), ("feed", others)):
        types = {each["type"].split(".")[0] for each in events}
        assert not types & {"evaluation", "period", "work"}, path
    assert {CANCELLED, CONFIRMED} <= {each["type"] for each in fed}
    everything = json.dumps([heard, fed, others], ensure_ascii=False)
    people = [word for officer in house.people.values() for word in (officer.code, officer.name)]
    assert not [word for word in (MARK, CASE, GROUND, "KL 9", *people) if word in everything]
