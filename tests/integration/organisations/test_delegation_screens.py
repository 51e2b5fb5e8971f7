"""The screens of delegations: what is written, what is refused in a sentence, and at what cost the list is read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.organisations.models import Delegation
from tests.factories.delegations import make_delegation
from tests.factories.officers import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("screens of actions that run on both")]
LIST, ADD = "organisations:delegation_list", "organisations:delegation_add"


@pytest.fixture
def head(province):
    return make_officer(province.division, role="head", code="CC-H", name="Công chức 0003")


@pytest.fixture
def staff(province):
    return make_officer(province.division, code="CC-S", name="Công chức 0005")


def typed(**fields):
    return {"valid_from": f"{timezone.localdate():%d/%m/%Y}", "reason": "Quyết định 12/QĐ"} | fields


def test_it_is_written_down_and_listed_with_its_reason(client, people, head, staff):
    client.force_login(people["uploader"])

    page = client.post(
        reverse(ADD), typed(kind="delegation", from_officer="cc-h", to_officer="CC-S"), follow=True
    ).content.decode()

    assert Delegation.objects.get().to_officer == staff
    for words in ("Đã ghi ủy quyền.", "Công chức 0003 (CC-H)", "Công chức 0005 (CC-S)", "Quyết định 12/QĐ", "Thu hồi"):
        assert words in page


def test_a_refusal_stands_above_the_form_and_what_was_typed_stays(client, people, head, staff):
    client.force_login(people["uploader"])

    circle = client.post(reverse(ADD), typed(kind="named", from_officer="CC-H", to_officer="CC-S")).content.decode()
    nobody = client.post(reverse(ADD), typed(kind="named", from_officer="CC-0", to_officer="CC-S")).content.decode()

    assert "Các cấp quản lý thành một vòng" in circle
    assert 'value="CC-H"' in circle
    assert "Không có công chức mã này" in nobody
    assert not Delegation.objects.exists()


def test_who_reads_and_does_not_write_sees_the_list_without_acts(client, people, head, staff):
    delegation = make_delegation("delegation", head, staff)
    client.force_login(people["approver"])

    page = client.get(reverse(LIST)).content.decode()

    assert "Công chức 0003 (CC-H)" in page
    assert reverse("organisations:delegation_revoke", args=[delegation.pk]) not in page


def test_others_see_none(client, people, head, staff):
    make_delegation("delegation", head, staff)
    client.force_login(people["other_uploader"])

    assert "CC-H" not in client.get(reverse(LIST)).content.decode()


def test_what_was_revoked_is_listed_when_asked_for(client, people, head, staff):
    delegation = make_delegation("delegation", head, staff)
    client.force_login(people["uploader"])

    client.post(reverse("organisations:delegation_revoke", args=[delegation.pk]), {"reason": "Đã về"})

    assert "CC-H" not in client.get(reverse(LIST)).content.decode()
    assert "Đã về" in client.get(reverse(LIST), {"past": "on"}).content.decode()


def test_the_list_costs_the_same_however_long(client, people, province):
    client.force_login(people["uploader"])

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(LIST)).status_code == 200
        return len(caught)

    def add():
        make_delegation("named", make_officer(province.division), make_officer(province.statistics))

    add()
    queries()
    few = queries()
    for _number in range(8):
        add()

    assert queries() == few


def test_an_officers_screen_says_who_manages_them_and_why(client, people, head, staff):
    client.force_login(people["uploader"])

    page = client.get(reverse("organisations:officer_edit", args=[staff.pk])).content.decode()

    assert "Công chức 0003<br><small>Đứng đầu Phòng Tổng hợp, nơi công chức làm việc.</small>" in page
