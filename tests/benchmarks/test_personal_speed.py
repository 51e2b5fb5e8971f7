"""An officer's own pages cost the same in a province of 100,000 officers as in one of 1,000."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from cms.organisations import actions
from cms.organisations.models import Officer, Posting
from tests.benchmarks.measure import Table, median_of
from tests.factories.agencies import make_agency
from tests.factories.officers import make_officer, make_position
from tests.factories.people import make_user

FEW, MANY, AGENCIES = 1_000, 100_000, 200
PAGES = ("/cua-toi/", "/cua-toi/cong-tac/", "/cua-toi/ai-da-xem/")
MOST = 1.2
_ROUNDS = 60


@pytest.mark.django_db
def test_own_pages_do_not_grow_with_the_province(province):
    officer = actions.edit_officer(by=None, officer=make_officer(province.division), account=make_user("cc-0000"))
    agencies = [make_agency(province.root, kind="commune") for _number in range(AGENCIES)]
    client = Client()
    client.force_login(officer.account, backend="cms.organisations.backends.MembershipBackend")

    _add_officers(agencies, 0, FEW)
    few = {page: _median(client, page) for page in PAGES}
    _add_officers(agencies, FEW, MANY)
    many = {page: _median(client, page) for page in PAGES}

    table = Table(f"One's own pages, with {MANY:,} officers beside {FEW:,}")
    for page in PAGES:
        table.compare(page, many[page], few[page], MOST)
    table.show()
    assert table.missed == []


def _add_officers(agencies, first, last):
    position = make_position()
    added = [Officer(code=f"X-{number:06}", name=f"Công chức {number:06}") for number in range(first, last)]
    officers = Officer.objects.bulk_create(added, batch_size=5_000)
    postings = [
        Posting(officer=officer, agency=agencies[number % AGENCIES], position=position, valid_from=date(2025, 1, 1))
        for number, officer in enumerate(officers)
    ]
    Posting.objects.bulk_create(postings, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _median(client, page):
    """Return what it took of a core, in milliseconds, so that other work on the machine does not count."""
    taken = []
    for _round in range(_ROUNDS):
        start = time.process_time()
        assert client.get(page).status_code == 200
        taken.append((time.process_time() - start) * 1000)
    return median_of(taken[10:])
