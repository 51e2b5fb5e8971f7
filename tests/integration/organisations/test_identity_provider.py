"""Signing in with a real OpenID Connect provider, started beside the tests: whom it lets in, and as whom."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.organisations import actions
from cms.organisations.models import Membership
from cms.users.models import User
from tests.factories.officers import make_officer

pytestmark = pytest.mark.django_db
MAIL = "cong-chuc-0001@example.gov.vn"


@pytest.fixture(scope="module")
def provider():
    """The address of a provider; whoever is put into it can sign in there."""
    with pytest.MonkeyPatch.context() as patch, oidc_provider_mock.run_server_in_thread() as server:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def provider_settings(settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "dang-nhap-tinh",
                    "name": "tài khoản công vụ",
                    "client_id": "thuocdo",
                    "secret": "x" * 32,
                    "settings": {"server_url": provider},
                }
            ],
        }
    }


@pytest.fixture
def officer(province):
    """An officer with an account and without any role."""
    officer = make_officer(province.division, code="CC-0001")
    account, _password = actions.add_account(by=None, username="cc-0001", full_name=officer.name, email=MAIL)
    return actions.edit_officer(by=None, officer=officer, account=account)


def sign_in(client, provider, subject, **claims):
    """Go the whole way: our button, the provider's page, back to us; return our last answer."""
    httpx.put(f"{provider}/users/{subject}", json=claims).raise_for_status()
    begun = client.post("/accounts/oidc/dang-nhap-tinh/login/")
    assert begun.status_code == 302
    assert begun["Location"].startswith(f"{provider}/oauth2/authorize")
    assert parse_qs(urlsplit(begun["Location"]).query)["code_challenge_method"] == ["S256"]
    back = httpx.post(begun["Location"], data={"sub": subject})
    assert back.status_code == 302
    return client.get(back.headers["Location"])


def account_signed_in(client):
    return client.session.get("_auth_user_id")


def test_an_officer_signs_in_and_lands_on_their_own_pages(client, provider, officer):
    answer = sign_in(client, provider, "s-1", email=MAIL.upper(), email_verified=True, birthdate="1990-01-01")

    assert (answer.status_code, answer["Location"]) == (302, reverse("personal:home"))
    assert account_signed_in(client) == str(officer.account_id)
    link = SocialAccount.objects.get()
    assert (link.user, link.uid, link.extra_data) == (officer.account, "s-1", {})
    assert AuditEvent.objects.filter(action="account.link_identity").count() == 1
    assert not Membership.objects.filter(user=officer.account).exists()
    assert client.get(answer["Location"]).status_code == 200
    assert not User.objects.get(pk=officer.account_id).has_usable_password()


def test_the_second_time_is_like_the_first(client, provider, officer):
    for _time in range(2):
        client.logout()
        sign_in(client, provider, "s-1", email=MAIL, email_verified=True, name="Tên khác")

    assert account_signed_in(client) == str(officer.account_id)
    assert SocialAccount.objects.get().extra_data == {}
    officer.account.refresh_from_db()
    assert (officer.account.full_name, officer.account.email) == (officer.name, MAIL)
    assert AuditEvent.objects.filter(action="account.link_identity").count() == 1


def test_the_province_chooses_the_claim(client, provider, officer, settings):
    settings.THUOCDO_OIDC_CLAIM, settings.THUOCDO_OIDC_MATCHES = "ma_cong_chuc", "code"

    sign_in(client, provider, "s-1", ma_cong_chuc=" cc-0001 ")

    assert account_signed_in(client) == str(officer.account_id)


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({}, "thiếu thông tin"),
        ({"email": [7, " "], "email_verified": True}, "thiếu thông tin"),
        ({"email": [], "email_verified": True}, "thiếu thông tin"),
        ({"email": ["a@b.vn"], "email_verified": True}, "Không tìm thấy"),
        ({"email": "khong-ai@example.gov.vn", "email_verified": True}, "Không tìm thấy"),
        ({"email": MAIL}, "chưa xác minh"),
        ({"email": MAIL, "email_verified": "true"}, "chưa xác minh"),
    ],
)  # fmt: skip
def test_who_is_not_named_is_told_why(client, provider, officer, claims, sentence):
    answer = sign_in(client, provider, "s-2", **claims)

    assert (answer.status_code, account_signed_in(client)) == (403, None)
    assert sentence in answer.content.decode()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(("claim", "matches"), [("nhom", "code"), ("email", "email")])
def test_a_claim_that_fits_two_people_lets_in_neither(client, provider, officer, province, settings, claim, matches):
    settings.THUOCDO_OIDC_CLAIM, settings.THUOCDO_OIDC_MATCHES = claim, matches
    other = make_officer(province.statistics)
    account, _password = actions.add_account(by=None, username="khac", full_name=other.name, email="k@example.gov.vn")
    actions.edit_officer(by=None, officer=other, account=account)
    names = {"code": [officer.code, other.code], "email": [MAIL, account.email]}[matches]

    answer = sign_in(client, provider, "s-3", email_verified=True, **{claim: names})

    assert (answer.status_code, account_signed_in(client)) == (403, None)
    assert "hai người" in answer.content.decode()


def test_an_account_without_an_officer_or_closed_is_not_let_in(client, provider, officer):
    actions.add_account(by=None, username="khong-phai-cong-chuc", full_name="Công chức 9000", email="k@example.gov.vn")
    actions.set_account_active(by=None, user=officer.account, active=False, reason="Nghỉ")

    for mail in ("k@example.gov.vn", MAIL):
        assert sign_in(client, provider, f"s-{mail}", email=mail, email_verified=True).status_code == 403
    assert account_signed_in(client) is None


def test_who_is_posted_nowhere_any_more_is_not_let_in(client, provider, officer):
    actions.end_posting(by=None, posting=officer.postings.get(), last_day=timezone.localdate() - timedelta(days=1))

    answer = sign_in(client, provider, "s-1", email=MAIL, email_verified=True)

    assert (answer.status_code, account_signed_in(client)) == (403, None)
    assert "không còn bố trí công tác" in answer.content.decode()


def test_an_address_given_to_somebody_new_does_not_open_the_account_of_before(client, provider, officer):
    sign_in(client, provider, "s-before", email=MAIL, email_verified=True)
    client.logout()

    answer = sign_in(client, provider, "s-after", email=MAIL, email_verified=True)

    assert (answer.status_code, account_signed_in(client)) == (403, None)
    actions.unlink_identity(by=None, user=officer.account, reason="Đổi tài khoản công vụ")
    sign_in(client, provider, "s-after", email=MAIL, email_verified=True)
    assert account_signed_in(client) == str(officer.account_id)


def test_who_is_linked_never_becomes_somebody_else(client, provider, officer, province):
    sign_in(client, provider, "s-1", email=MAIL, email_verified=True)
    client.logout()
    other = make_officer(province.statistics)
    account, _password = actions.add_account(by=None, username="khac", full_name=other.name, email="k@example.gov.vn")
    actions.edit_officer(by=None, officer=other, account=account)

    answer = sign_in(client, provider, "s-1", email="k@example.gov.vn", email_verified=True)

    assert (answer.status_code, account_signed_in(client)) == (403, None)


def test_nobody_links_another_identity_to_the_account_they_are_in(client, provider, officer, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    httpx.put(f"{provider}/users/s-9", json={"email": MAIL, "email_verified": True}).raise_for_status()

    begun = client.post("/accounts/oidc/dang-nhap-tinh/login/?process=connect")
    back = httpx.post(begun["Location"], data={"sub": "s-9"})
    answer = client.get(back.headers["Location"])

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_down_or_denies_is_no_error_of_ours(client, provider, officer, settings):
    begun = client.post("/accounts/oidc/dang-nhap-tinh/login/")
    denied = httpx.post(begun["Location"], data={"action": "deny"})
    assert client.get(denied.headers["Location"]).status_code == 503

    assert client.get("/accounts/oidc/dang-nhap-tinh/login/callback/?code=x&state=forged").status_code == 503
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:9"
    answer = client.post("/accounts/oidc/dang-nhap-tinh/login/")
    assert answer.status_code == 503
    assert "Đăng nhập chưa được" in answer.content.decode()


def test_the_button_stands_where_a_provider_is_named(client, settings):
    assert "Đăng nhập bằng tài khoản công vụ" in client.get("/accounts/login/").content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Đăng nhập bằng" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/oidc/dang-nhap-tinh/login/").status_code == 404
