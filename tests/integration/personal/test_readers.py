"""Who reads an officer's data is noted once a day, and the officer sees it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cms.audit.models import AuditEvent
from cms.organisations import actions
from cms.organisations.enums import OfficerData
from cms.organisations.models import OfficerRead
from cms.organisations.personal.readers import SIZE
from tests.factories.officers import make_officer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
READERS = "/cua-toi/ai-da-xem/"


@pytest.fixture
def officer(province):
    """Return an officer of the division with an account and no role."""
    officer = make_officer(province.division, code="CC-100", name="Công chức 0100")
    return actions.edit_officer(by=None, officer=officer, account=make_user("cc-100"))


def open_as(client, account, name, pk):
    client.force_login(account)
    return client.get(reverse(f"organisations:{name}", args=[pk]))


def test_every_screen_about_one_officer_counts_one_row_a_day(client, people, officer):
    before = AuditEvent.objects.count()
    posting = officer.postings.get()
    for name, pk in (
        ("officer_edit", officer.pk),
        ("officer_post", officer.pk),
        ("posting_edit", posting.pk),
        ("posting_transfer", posting.pk),
        ("posting_end", posting.pk),
    ):
        assert open_as(client, people["uploader"], name, pk).status_code == 200

    read = OfficerRead.objects.get()
    assert (read.reader, read.officer, read.times) == (people["uploader"], officer, 5)
    assert AuditEvent.objects.count() == before


def test_whoever_is_refused_has_read_nothing(client, people, officer):
    for role in ("other_uploader", "technical_admin", "nobody"):
        assert open_as(client, people[role], "officer_edit", officer.pk).status_code != 200

    assert not OfficerRead.objects.exists()


def test_reading_ones_own_is_not_noted(client, people, province):
    own = actions.edit_officer(by=None, officer=make_officer(province.statistics), account=people["uploader"])

    assert open_as(client, people["uploader"], "officer_edit", own.pk).status_code == 200

    assert not OfficerRead.objects.exists()


def test_the_officer_sees_who_as_what_and_how_often(client, people, province, officer):
    stranger = make_officer(province.division)
    for _time in range(2):
        open_as(client, people["editor"], "officer_edit", officer.pk)
    open_as(client, people["agency_head"], "officer_edit", stranger.pk)

    client.force_login(officer.account)
    page = client.get(READERS).content.decode()

    assert people["editor"].full_name in page
    assert f"{translation.gettext('Appraising editor')} – Sở Nội vụ" in page
    assert "Hồ sơ và bố trí công tác" in page
    assert people["agency_head"].full_name not in page
    assert "1 người trong 30 ngày qua" in client.get("/cua-toi/").content.decode()


def test_an_ended_role_still_says_what_the_reader_was(client, people, officer):
    open_as(client, people["editor"], "officer_edit", officer.pk)
    membership = people["editor"].memberships.get()
    actions.revoke_membership(by=None, membership=membership, reason="Chuyển công tác")

    assert OfficerRead.objects.get().roles == [membership]


def test_the_list_is_paged_and_costs_the_same(client, officer):
    client.force_login(officer.account)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            client.get(READERS)
        return len(caught)

    for number in range(SIZE + 5):
        actions.note_read(by=make_user(f"doc-{number}"), officer=officer, what=OfficerData.STAFF_RECORD)
        if number == 0:
            client.get(READERS)
            few = queries()

    assert queries() == few
    assert client.get(READERS).content.decode().count("<tr>") == SIZE + 1
    assert client.get(READERS, {"trang": 2}).content.decode().count("<tr>") == 5 + 1
