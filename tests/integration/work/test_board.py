"""The manager's board: states and quantities of each person, of the month and of what is open, in few queries."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments.board import Load, loads_of
from cms.assignments.models import WorkAssignment
from tests.factories.officers import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(desk):
    """Write a piece of work with any days and state."""

    def write(state, due, posting=None, **more):
        posting = posting or desk.posting
        settled = {"confirmed_by": desk.people["agency_head"], "confirmed_at": timezone.now()}
        return WorkAssignment.objects.create(
            officer=posting.officer, posting=posting, agency=posting.agency, item=desk.item,
            item_identity=desk.item.identity, code=desk.item.code, name=desk.item.name, coefficient=Decimal("1.5"),
            assigned=4, completed=2, given_on=min(due, timezone.localdate()) - datetime.timedelta(days=40), due_on=due,
            state=state, done_on=due if state in ("done", "confirmed") else None,
            **(settled if state == "confirmed" else {}), **more,
        )  # fmt: skip

    return write


def test_each_state_is_counted_once_and_quantities_are_those_of_the_month(desk, add, time_machine):
    time_machine.move_to(datetime.datetime(2027, 11, 20, 3, tzinfo=datetime.UTC), tick=False)
    november = datetime.date(2027, 11, 1)
    add("given", datetime.date(2027, 11, 19))
    add("in_progress", datetime.date(2027, 11, 20))
    add("returned", datetime.date(2027, 11, 23))
    add("given", datetime.date(2027, 11, 24))
    add("given", datetime.date(2027, 10, 30))
    add("given", datetime.date(2027, 12, 1))
    add("done", datetime.date(2027, 10, 5))
    add("done", datetime.date(2027, 11, 5))
    add("confirmed", datetime.date(2027, 10, 6))
    add("confirmed", datetime.date(2027, 11, 6))
    add("withdrawn", datetime.date(2027, 11, 19))

    load = loads_of([desk.officer.pk], november, seen_by=desk.people["agency_head"])[desk.officer.pk]

    assert load == Load(open=6, late=2, soon=2, waiting=2, confirmed=1, assigned=Decimal(36), completed=Decimal(18))
    assert load.per_day(22) == Decimal("1.6")


def test_who_has_no_days_has_no_load():
    assert Load(assigned=Decimal(5)).per_day(0) == 0
    assert Load(hours=Decimal(5)).share(0) is None
    assert Load(hours=Decimal(84)).share(21) == 50


def test_another_agencys_work_of_the_same_officer_does_not_count(desk, add, province, people):
    elsewhere = make_posting(province.office)
    add("given", timezone.localdate(), posting=elsewhere)
    loads = loads_of([elsewhere.officer_id], timezone.localdate(), seen_by=people["agency_head"])
    assert loads == {elsewhere.officer_id: Load()}


def test_the_board_costs_the_same_for_one_person_and_for_fifty(client, desk, add, people, province):
    client.force_login(people["agency_head"])
    url = reverse("assignments:board")
    add("given", timezone.localdate())
    with CaptureQueriesContext(connection) as one:
        assert desk.officer.name in client.get(url).content.decode()
    for _number in range(49):
        posting = make_posting(province.statistics)
        add("done", timezone.localdate(), posting=posting)
        add("given", timezone.localdate(), posting=posting)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url).content.decode()
    assert page.count("how=all") == 50
    assert len(many) <= len(one) < 30
