"""A manager's board of 50 people costs the same among 1,500,000 pieces of work as among 15,000."""

import datetime
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments.models import Claim, Evidence, WorkAssignment
from cms.organisations.models import Officer, Posting
from tests.benchmarks.measure import Table, median_of
from tests.factories.agencies import make_agency
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_position

PEOPLE, FEW, MANY, AGENCIES = 50, 15_000, 1_500_000, 200
MOST = 1.5
_ROUNDS = 40


@pytest.mark.django_db
def test_a_board_does_not_grow_with_the_provinces_work(province, people):
    item = make_approved(people, province.statistics).items.in_order()[0]
    others = [make_agency(province.root, kind="commune") for _number in range(AGENCIES)]
    own = _post([province.statistics], PEOPLE, "A")
    elsewhere = _post(others, 12_000, "B")
    _give(own, item, FEW // 5)
    _give(elsewhere, item, FEW - FEW // 5)
    client = Client()
    client.force_login(people["agency_head"], backend="cms.organisations.backends.MembershipBackend")
    shown = _show_and_claim(own[0], people["approver"])
    names = {"board": [], "work_list": [], "work_detail": [shown], "claim_list": []}
    pages = [reverse(f"assignments:{name}", args=args) for name, args in names.items()]
    few = {page: _median(client, page) for page in pages}
    _give(elsewhere, item, MANY - FEW)
    many = {page: _median(client, page) for page in pages}

    table = Table(f"A head's screens of work, among {MANY:,} pieces beside {FEW:,}")
    for page in pages:
        table.compare(page, many[page], few[page], MOST)
    table.show()
    with CaptureQueriesContext(connection) as queries:
        client.get(pages[0])
    assert len(queries) < 30
    assert table.missed == []


def _post(agencies, count, letter):
    position = make_position()
    added = [Officer(code=f"{letter}-{number:06}", name=f"Công chức {number:06}") for number in range(count)]
    officers = Officer.objects.bulk_create(added, batch_size=5_000)
    return Posting.objects.bulk_create(
        [
            Posting(
                officer=officer, agency=agencies[number % len(agencies)], position=position,
                valid_from=datetime.date(2025, 1, 1),
            )
            for number, officer in enumerate(officers)
        ],
        batch_size=5_000,
    )  # fmt: skip


def _give(postings, item, count):
    """Spread work over the people and the last 24 months; a part of this month's is still open."""
    today = timezone.localdate()
    for first in range(0, count, 20_000):
        rows = []
        for number in range(first, min(count, first + 20_000)):
            posting, back = postings[number % len(postings)], (number // len(postings)) % 24
            due = today - datetime.timedelta(days=30 * back)
            is_done = back > 0 or number % 2
            state = "confirmed" if back else "done" if is_done else "returned"
            rows.append(WorkAssignment(
                officer_id=posting.officer_id, posting=posting, agency_id=posting.agency_id, item=item,
                item_identity=item.identity, code=item.code, name=item.name, coefficient=item.coefficient, assigned=2,
                completed=2 if is_done else 0, given_on=due, due_on=due, done_on=due if is_done else None,
                month=due.replace(day=1), state=state,
            ))  # fmt: skip
        WorkAssignment.objects.bulk_create(rows, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _show_and_claim(posting, by):
    """Put the same file beside two pieces of an officer's work, and a claim beside the first, whose key is returned."""
    first, second = WorkAssignment.objects.filter(posting=posting)[:2]
    for work in (first, second):
        Evidence.objects.create(work=work, kind="file", name="a.pdf", sha256="0" * 64, size=1, added_by=by)
    Claim.objects.create(
        work=first, about="late", cause="partner", statement="Chờ số liệu.", made_by=by, made_at=timezone.now(),
        competent_reason="", decide_by=timezone.localdate(),
    )  # fmt: skip
    return first.pk


def _median(client, page):
    """Return what a request took, in milliseconds, from first to last."""
    taken = []
    for _round in range(_ROUNDS):
        start = time.perf_counter()
        assert client.get(page).status_code == 200
        taken.append((time.perf_counter() - start) * 1000)
    return median_of(taken[5:])
