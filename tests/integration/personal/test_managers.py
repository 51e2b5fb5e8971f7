"""An officer sees who manages them and why; a manager sees whom they manage, and that is noted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.organisations import actions
from cms.organisations.models import Officer, OfficerRead
from cms.users.models import User
from tests.factories.delegations import make_delegation
from tests.factories.officers import make_officer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
MANAGER, REPORTS = "/cua-toi/nguoi-quan-ly/", "/cua-toi/toi-quan-ly/"


@pytest.fixture
def staff(province):
    officer = make_officer(province.division, code="CC-S", name="Công chức 0005")
    return actions.edit_officer(by=None, officer=officer, account=make_user("cc-s"))


@pytest.fixture
def head(province):
    officer = make_officer(province.division, role="head", code="CC-H", name="Công chức 0003")
    return actions.edit_officer(by=None, officer=officer, account=make_user("cc-h"))


@pytest.fixture
def table(province):
    table = actions.load_shipped_authority(by=None)
    day = timezone.localdate()
    return actions.issue_authority_table(by=None, table=table, effective_from=day, decision_number="15/QĐ")


def page(client, officer, url):
    client.force_login(User.objects.get(pk=officer.account_id))
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_an_officer_sees_manager_and_authority_with_their_reasons(client, province, head, staff, table):
    director = make_officer(province.statistics, role="head", name="Công chức 0002")
    deputy = make_officer(province.division, role="deputy", name="Công chức 0004")
    make_delegation("delegation", head, deputy)

    shown = page(client, staff, MANAGER)

    assert "Công chức 0004" in shown
    assert "Đứng đầu Phòng Tổng hợp, nơi công chức làm việc. Theo ủy quyền của Công chức 0003" in shown
    assert "(IV.1.2.b). Đứng đầu Chi cục Thống kê." in shown
    assert director.name in shown


def test_a_gap_is_said_and_not_filled(client, staff):
    shown = page(client, staff, MANAGER)

    assert "Phòng Tổng hợp không có người đứng đầu vào ngày này." in shown
    assert "Khối Chính quyền chưa có bảng thẩm quyền có hiệu lực vào ngày này." in shown


def test_a_manager_sees_their_officers_alone_and_the_officer_sees_that(client, province, head, staff):
    other = make_officer(province.office, name="Công chức 0009")

    listed = page(client, head, REPORTS)
    opened = page(client, head, reverse("personal:report", args=[staff.pk]))
    beside = [client.get(reverse("personal:report", args=[one.pk])).status_code for one in (other, head)]

    assert "Công chức 0005" in listed
    assert "Công chức 0009" not in listed
    assert "Chuyên viên" in opened
    assert beside == [404, 404]
    read = OfficerRead.objects.get()
    assert (read.reader_id, read.officer, read.times) == (head.account_id, staff, 1)
    assert "Bố trí công tác hiện tại, với tư cách người quản lý trực tiếp" in page(client, staff, "/cua-toi/ai-da-xem/")


def test_row_scope_follows_the_manager_of_the_day(province, head, staff):
    def seen():
        account = User.objects.get(pk=head.account_id)
        return set(Officer.objects.visible_to(account))

    assert seen() == {head, staff}
    actions.end_posting(
        by=None, posting=head.postings.get(), last_day=timezone.localdate() - timedelta(days=1)
    )  # fmt: skip
    assert seen() == {head}


def test_whoever_manages_nobody_finds_no_page_of_it_in_the_menu(client, head, staff):
    assert REPORTS not in page(client, staff, "/cua-toi/")
    assert REPORTS in page(client, head, "/cua-toi/")
    assert "Hôm nay bạn không trực tiếp quản lý ai." in page(client, staff, REPORTS)


def test_no_page_costs_more_for_more_officers(client, province, head, staff, table):
    def queries(officer, url):
        page(client, officer, url)
        with CaptureQueriesContext(connection) as caught:
            client.get(url)
        return len(caught)

    few = [queries(staff, MANAGER), queries(head, REPORTS)]
    for _number in range(20):
        make_officer(province.division)

    assert [queries(staff, MANAGER), queries(head, REPORTS)] == few
    assert max(few) <= 30
