import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def axes(settings):
    """Count attempts, which the suite's settings leave off."""
    settings.AXES_ENABLED = True


def sign_in(client, username, password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": username, "password": password}, **headers)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_leads_to_the_admin(client, people):
    response = sign_in(client, "editor")

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_an_unknown_name_and_a_wrong_password_look_the_same(client, people):
    known = sign_in(client, "editor", "sai")
    unknown = sign_in(client, "khong-co", "sai")

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_the_sign_in_page_is_vietnamese_and_runs_nothing_inline(client, db):
    response = client.get(LOGIN)

    page = response.content.decode()
    assert 'lang="vi"' in page
    assert "<style" not in page
    assert "style=" not in page
    assert "<script" not in page
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailcore_login"])
def test_other_login_forms_lead_to_the_one_door(client, people, name):
    shown = client.get(reverse(name), {"next": "/admin/agencies/"})
    sent = client.post(reverse(name), {"username": "editor", "password": PASSWORD})

    assert shown.url == f"{LOGIN}?next=%2Fadmin%2Fagencies%2F"
    assert sent.url == LOGIN
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/abc/",
        "/accounts/password/set/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/password/reset/key/done/",
        "/admin/password_reset/",
    ],
)
def test_accounts_and_passwords_come_from_administrators_alone(client, people, path):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(people["editor"])
        assert client.get(path).status_code == 404
        assert client.post(path, {"email": "editor@example.com"}).status_code == 404


def test_a_next_address_elsewhere_is_not_followed(client, people):
    response = client.post(f"{LOGIN}?next=https://evil.example/", {"login": "editor", "password": PASSWORD})

    assert response.url == reverse("wagtailadmin_home")


def test_a_forged_host_is_refused(client, people):
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400


def test_a_closed_account_does_not_get_in(client, people):
    people["editor"].is_active = False
    people["editor"].save()

    sign_in(client, "editor")

    assert not is_signed_in(client)


def test_the_fifth_failure_locks_and_the_right_password_no_longer_helps(client, people, axes):
    answers = [sign_in(client, "editor", "sai").status_code for _time in range(django_settings.AXES_FAILURE_LIMIT)]

    locked = sign_in(client, "editor")

    assert answers == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "Tạm dừng đăng nhập" in locked.content.decode()
    assert not is_signed_in(client)


def test_a_claimed_address_does_not_escape_the_lock(client, people, axes):
    for number in range(django_settings.AXES_FAILURE_LIMIT):
        sign_in(client, "editor", "sai", headers={"x-forwarded-for": f"198.51.100.{number}"})

    assert sign_in(client, "editor", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429


def test_failures_spread_over_many_names_lock_as_well(client, people, axes):
    for number in range(django_settings.AXES_FAILURE_LIMIT * 3):
        last = sign_in(client, f"nguoi-khac-{number}", "sai")

    assert last.status_code in (403, 429) or sign_in(client, "editor").status_code == 429


def test_a_temporary_password_is_changed_before_anything_else(client, people):
    user = make_user("moi")
    user.password_is_temporary = True
    user.save()
    sign_in(client, "moi")
    change = reverse("account_change_password")
    assert client.get("/admin/").url == change
    assert client.get("/").status_code == 302

    new = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(change, new).status_code == 200
    other = "mot-mat-khau-khac-han"
    client.post(change, new | {"password1": other, "password2": other})

    user.refresh_from_db()
    assert not user.password_is_temporary
    assert user.check_password(other)


def test_screens_are_vietnamese_whatever_the_browser_asks_for(client, db):
    page = client.get(LOGIN, headers={"accept-language": "en-US,en"}).content.decode()

    assert '<html lang="vi"' in page
    assert "Đăng nhập" in page
