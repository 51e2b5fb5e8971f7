"""``/cua-toi/``: who comes in, what is found there, and at what cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from cms.core.personal import PersonalPage, all_pages, register
from cms.organisations import actions
from cms.organisations.models import Officer, Posting
from tests.factories.agencies import make_agency
from tests.factories.officers import make_officer, make_position, values
from tests.factories.people import PASSWORD, make_member, make_user

pytestmark = pytest.mark.django_db
HOME = "/cua-toi/"
LOGIN = "/accounts/login/"


@pytest.fixture
def officer(province):
    """Return an officer of the division with an account and no role."""
    officer = make_officer(province.division, code="CC-100", name="Công chức 0100")
    return actions.edit_officer(by=None, officer=officer, account=make_user("cc-100"))


@pytest.fixture
def own(client, officer):
    """Return the reader: own("postings") gives the officer's page as text."""
    client.force_login(officer.account)

    def get(name="home"):
        response = client.get(reverse(f"personal:{name}"))
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_a_stranger_signs_in_first_and_comes_back(client, officer):
    response = client.get("/cua-toi/cong-tac/")

    assert response.url == f"{LOGIN}?next=/cua-toi/cong-tac/"
    assert client.post(response.url, {"login": "cc-100", "password": PASSWORD}).url == "/cua-toi/cong-tac/"


def test_whoever_has_no_role_lands_on_their_own_pages(client, officer):
    assert client.post(LOGIN, {"login": "cc-100", "password": PASSWORD}).url == HOME
    assert client.get("/admin/").url == HOME
    assert HOME in client.get("/admin/agencies/").content.decode()


def test_an_account_that_is_no_officers_is_told_so_and_led_on(client, people):
    client.force_login(people["editor"])

    response = client.get(HOME)

    assert response.status_code == 403
    assert "Tài khoản này chưa gắn với công chức nào" in response.content.decode()
    assert reverse("wagtailadmin_home") in response.content.decode()


def test_a_closed_account_sees_nothing(client, officer):
    client.force_login(officer.account)
    actions.set_account_active(by=None, user=officer.account, active=False, reason="Nghỉ việc")

    assert client.get(HOME).url.startswith(LOGIN)


def test_postings_stand_with_their_days_and_their_place(own, province, officer):
    today = timezone.localdate()
    past = values(province.office, is_main=False, valid_from=date(2025, 1, 1), valid_to=date(2025, 3, 31))
    coming = values(province.commune, is_main=False, valid_from=today + timedelta(30))
    for posting in (past, coming):
        actions.start_posting(by=None, officer=officer, values=posting)

    page = own("postings")

    assert "Tỉnh Sông Lam › Chi cục Thống kê" in page
    order = ["Phòng Tổng hợp", "Sắp tới", "Xã Vĩnh Hòa", "Trước đây", "Văn phòng UBND tỉnh", "31/03/2025"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_what_the_position_is_today_stands_there_and_no_draft(own, province, officer):
    position, today = make_position(), timezone.localdate()
    about = {"by": None, "code": position.code, "name": position.name, "kind": position.kind, "group": position.group}
    for day, text in ((date(2025, 1, 1), "Việc cũ"), (today, "Việc hiện nay"), (today + timedelta(1), "Việc mai sau")):
        actions.save_position(position=position, description=text, competency=f"Bậc của {text}", **about)
        actions.approve_position(
            by=None, position=position, number=text, approved_on=min(day, today), effective_from=day
        )
    actions.save_position(position=position, description="Việc dự thảo", **about)
    other = make_position("viec-khac", "Việc khác")
    actions.save_position(position=other, **(about | {"code": "", "name": "Việc khác"}), description="Chưa duyệt")
    past = {"position": position, "valid_from": date(2024, 1, 1), "valid_to": date(2024, 3, 31)}
    actions.start_posting(by=None, officer=officer, values=values(province.office, is_main=False, **past))
    actions.start_posting(by=None, officer=officer, values=values(province.office, is_main=False, position=other))

    page = own("postings")

    assert (page.count("<dd>Việc hiện nay</dd>"), page.count("Bậc của Việc hiện nay")) == (1, 1)
    assert not any(words in page for words in ("Việc cũ", "Việc mai sau", "Việc dự thảo", "Chưa duyệt"))


def test_nobody_elses_name_stands_there(own, province):
    make_officer(province.division, name="Công chức khác")

    assert not any("Công chức khác" in own(page.name) for page in all_pages())


def test_nothing_is_kept_by_a_cache(client, officer):
    client.force_login(officer.account)

    for page in all_pages():
        kept = client.get(reverse(f"personal:{page.name}")).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(kept.split(", "))


def test_one_link_leads_from_the_desk_to_ones_own_and_back(client, province):
    member = make_member("uploader", province.statistics, "can-bo")
    client.force_login(member)
    assert HOME not in client.get("/admin/").content.decode()

    actions.edit_officer(by=None, officer=make_officer(province.statistics), account=member)

    assert HOME in client.get("/admin/").content.decode()
    assert 'href="/admin/"' in client.get(HOME).content.decode()
    assert 'href="/admin/"' not in client.get("/accounts/login/").content.decode()


def test_no_number_of_queries_grows(own, province, officer):
    def queries():
        for page in ("home", "postings"):
            with CaptureQueriesContext(connection) as caught:
                own(page)
            yield len(caught)

    own()
    few = list(queries())
    for number in range(5):
        agency = make_agency(province.division, name=f"Tổ {number}", kind="division")
        make_officer(agency)
        actions.start_posting(by=None, officer=officer, values=values(agency, is_main=False))

    assert list(queries()) == few
    assert max(few) <= 20


def test_row_scope_knows_oneself(province, officer, people):
    make_officer(province.division)
    account = officer.account

    assert list(Officer.objects.visible_to(account)) == [officer]
    assert list(Posting.objects.visible_to(account)) == list(officer.postings.all())
    assert not Officer.objects.visible_to(people["nobody"]).exists()
    assert not Posting.objects.writable_by(account).exists()
    account.is_active = False
    assert not Officer.objects.visible_to(type(account)(pk=account.pk, is_active=False)).exists()


def test_a_page_without_anything_stands_nowhere(own, monkeypatch):
    from cms.core import personal

    monkeypatch.setattr(personal, "_pages", dict(personal._pages))
    register(
        PersonalPage("empty", "trong", "Trang trống", 500, View.as_view(), rows=lambda officer: Officer.objects.none()),
        PersonalPage("help2", "tro-giup-2", "Trang thêm", 5, View.as_view(), card=lambda officer: ["Một dòng"]),
    )
    monkeypatch.setattr("cms.organisations.personal.screens.all_pages", personal.all_pages)

    page = own()

    assert "Trang trống" not in page
    assert "Một dòng" in page
    assert page.index("Trang thêm") < page.index("Tôi là ai ở đây")


@pytest.mark.parametrize(("name", "address"), [("postings", "khac"), ("khac", "cong-tac")])
def test_no_page_is_replaced_by_accident(name, address):
    with pytest.raises(RuntimeError):
        register(PersonalPage(name, address, "Trang", 1, View.as_view()))
