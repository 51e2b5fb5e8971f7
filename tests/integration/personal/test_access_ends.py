"""Whoever has left the province has no access from the day after the last day of the last posting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.organisations import actions
from cms.organisations.backends import MembershipBackend
from cms.organisations.errors import UnknownIdentity
from cms.organisations.identity_provider import account_named
from cms.organisations.models import Officer
from tests.factories.officers import make_officer, values
from tests.factories.people import PASSWORD, make_user
from tests.integration.personal.test_invitations import link

pytestmark = pytest.mark.django_db
HOME, LOGIN = "/cua-toi/", "/accounts/login/"


@pytest.fixture
def officer(province):
    """Return an officer with an account whose posting ends in three days."""
    last_day = timezone.localdate() + timedelta(days=3)
    officer = make_officer(province.division, code="CC-100", valid_to=last_day)
    return actions.edit_officer(by=None, officer=officer, account=make_user("cc-100"))


@pytest.fixture
def on(time_machine):
    """Return the mover of the clock: on(3) is in three days, at the same hour."""
    begin = timezone.now()
    return lambda days: time_machine.move_to(begin + timedelta(days=days))


def signs_in(client):
    return client.post(LOGIN, {"login": "cc-100", "password": PASSWORD}).status_code == 302


def test_the_last_day_is_open_and_the_day_after_is_not(client, officer, on):
    assert signs_in(client)
    on(3)
    assert client.get(HOME).status_code == 200

    on(4)

    assert client.get(HOME).url == f"{LOGIN}?next={HOME}"
    assert not signs_in(client)


def test_a_posting_that_is_ended_for_yesterday_ends_the_session_at_once(client, officer):
    assert signs_in(client)

    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_posting(by=None, posting=officer.postings.get(), last_day=yesterday)

    assert client.get(HOME).url.startswith(LOGIN)
    assert client.get("/api/v1/imports/").status_code == 401


def test_another_posting_or_a_role_keeps_the_access(client, officer, on, province):
    assert signs_in(client)
    on(4)
    later = values(province.office, valid_from=timezone.localdate() + timedelta(days=10))
    actions.start_posting(by=None, officer=officer, values=later)
    assert client.get(HOME).status_code == 200


def test_a_role_keeps_the_access(client, officer, on, province):
    actions.grant_membership(by=None, user=officer.account, role="uploader", agency=province.statistics)
    on(4)

    assert signs_in(client)
    assert client.get("/admin/").status_code == 200


def test_an_account_that_is_no_officers_is_left_alone(client, people):
    assert client.post(LOGIN, {"login": "nobody", "password": PASSWORD}).status_code == 302


def test_the_identity_provider_lets_nobody_in_who_has_left(officer, on, settings):
    settings.THUOCDO_OIDC_CLAIM, settings.THUOCDO_OIDC_MATCHES = "officer", "code"
    assert account_named({"officer": "CC-100"}) == officer.account
    on(4)

    with pytest.raises(UnknownIdentity, match="không còn bố trí công tác"):
        account_named({"officer": "CC-100"})


def test_the_gate_costs_one_query_and_one_more_for_who_could_have_left(officer, people, django_assert_num_queries):
    editor = people["editor"]
    for account, queries in ((officer.account, 2), (editor, 1)):
        actions.sync_groups(user=account)
        with django_assert_num_queries(queries):
            assert MembershipBackend().get_user(account.pk) == account


def test_a_link_for_whoever_has_left_opens_nothing(client, officer, on, people, django_capture_on_commit_callbacks):
    actions.edit_officer(by=None, officer=officer, account=None)
    with django_capture_on_commit_callbacks(execute=True):
        rows = [actions.InvitationRow("CC-100", "moi@example.com")]
        actions.invite_officers(by=people["uploader"], rows=rows)
    on(4)

    assert "không còn bố trí công tác" in client.get(link()).content.decode()
    assert Officer.objects.without_posting(date(2100, 1, 1)).exists()
