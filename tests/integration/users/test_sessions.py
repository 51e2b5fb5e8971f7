"""A session belongs to one sign-in: none is planted before it, and none outlives what it was given for."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cms.organisations import actions
from cms.organisations.models import Membership
from tests.factories.people import PASSWORD
from tests.integration.users.test_second_factor import SECRET, code

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def key_of(client):
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


def planted():
    """Return a client whose cookie names a session that somebody else began and knows."""
    client = Client()
    session = client.session
    session["mark"] = "planted"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    return client, session.session_key


def is_inside(key):
    stranger = Client()
    stranger.cookies[django_settings.SESSION_COOKIE_NAME] = key
    return stranger.get("/admin/").status_code == 200


def sign_in(client, username):
    return client.post(LOGIN, {"login": username, "password": PASSWORD})


def test_a_session_planted_before_the_password_is_not_the_one_after(people):
    client, known = planted()

    sign_in(client, "editor")

    assert key_of(client) != known
    assert is_inside(key_of(client))
    assert not is_inside(known)
    assert not Session.objects.filter(session_key=known).exists()


def test_an_invented_key_is_not_taken_up(people):
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32

    sign_in(client, "editor")

    assert key_of(client) != "a" * 32
    assert not is_inside("a" * 32)


def test_a_session_planted_before_the_second_factor_is_not_the_one_after(people):
    TOTP.activate(people["editor"], SECRET)
    client, known = planted()

    sign_in(client, "editor")
    between = key_of(client)
    assert not is_inside(between)
    client.post(reverse("mfa_authenticate"), {"code": code()})

    assert key_of(client) not in (known, between)
    assert is_inside(key_of(client))
    assert not is_inside(known)
    assert not is_inside(between)


def test_a_session_that_was_left_is_no_session(people):
    client = Client()
    sign_in(client, "editor")
    known = key_of(client)

    client.post(reverse("account_logout"))

    assert not is_inside(known)


def test_signing_in_as_another_leaves_nothing_of_the_first(people):
    client = Client()
    sign_in(client, "editor")
    session = client.session
    session["mark"] = "of the first"
    session.save()
    known = key_of(client)
    client.post(reverse("account_logout"))

    sign_in(client, "approver")

    assert "mark" not in client.session
    assert key_of(client) != known


@pytest.mark.parametrize("act", ["revoke", "close", "reset_password", "reset_second_factor"])
def test_the_next_request_of_an_open_session_is_refused(people, act):
    client, other = Client(), Client()
    for each in (client, other):
        sign_in(each, "editor")
        assert is_inside(key_of(each))
    admin, user = people["technical_admin"], people["editor"]
    membership = Membership.objects.get(user=user)

    {
        "revoke": lambda: actions.revoke_membership(by=admin, membership=membership, reason="Chuyển công tác"),
        "close": lambda: actions.set_account_active(by=admin, user=user, active=False, reason="Nghỉ việc"),
        "reset_password": lambda: actions.reset_password(by=admin, user=user, reason="Nghi lộ"),
        "reset_second_factor": lambda: actions.reset_second_factor(by=admin, user=user, reason="Mất máy"),
    }[act]()

    for each in (client, other):
        assert each.get("/admin/").status_code != 200
        assert each.get("/api/v1/imports/").status_code in (401, 403)


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(people):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, "editor")
    new = "mot-mat-khau-khac-han"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
