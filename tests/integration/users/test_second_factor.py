import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
DEMANDED = ["approver", "provincial_approver", "technical_admin"]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _demand(settings):
    settings.THUOCDO_MFA_ROLES = DEMANDED


def code():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("role", DEMANDED)
def test_who_decides_sets_up_a_second_factor_before_anything_else(client, people, role):
    client.force_login(people[role])

    for path in ("/admin/", "/admin/agencies/"):
        assert client.get(path).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200

    TOTP.activate(people[role], SECRET)
    assert client.get("/admin/").status_code == 200


def test_without_it_the_api_shows_what_everybody_may_read(client, people, draft):
    client.force_login(people["approver"])
    address = f"/api/v1/catalogs/{draft.catalog.agency.code}/versions/1/"

    assert client.get(address).status_code == 404

    TOTP.activate(people["approver"], SECRET)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor"])
def test_others_may_do_without(client, people, role):
    client.force_login(people[role])

    assert client.get("/admin/").status_code == 200


def test_the_password_alone_does_not_sign_in_who_has_a_second_factor(client, people):
    TOTP.activate(people["approver"], SECRET)

    response = client.post("/accounts/login/", {"login": "approver", "password": PASSWORD})

    assert response.url == reverse("mfa_authenticate")
    assert client.get("/admin/").url.startswith("/accounts/login/")
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_second_factor_is_not_removed_without_the_password(client, people):
    TOTP.activate(people["approver"], SECRET)
    client.force_login(people["approver"])

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "reauthenticate" in response.url
    assert Authenticator.objects.filter(user=people["approver"]).exists()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_the_pages_work_under_a_policy_without_inline_scripts(client, people, name):
    client.post("/accounts/login/", {"login": "editor", "password": PASSWORD})
    TOTP.activate(people["editor"], SECRET) if name == "mfa_generate_recovery_codes" else None

    response = client.get(reverse(name), follow=True)

    page = response.content.decode()
    assert response.status_code == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('type="application/json"')
