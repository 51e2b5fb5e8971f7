"""A role that has ended has ended for the next request, in the same session."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.organisations import actions
from cms.organisations.models import Membership
from cms.users.enums import Role
from cms.users.models import User
from tests.authorisation.asking import ask
from tests.authorisation.world import World, canary

YESTERDAY = datetime.timedelta(days=1)


def addresses(world: World) -> list[str]:
    """Return addresses of the own agency's draft."""
    own = world.subjects["own"]
    return [
        reverse("catalogs:version", args=[own.version]),
        reverse("catalogs:items", args=[own.version]),
        reverse("importers:batch", args=[own.batch]),
        reverse("importers:original", args=[own.batch]),
        reverse("wagtailadmin_pages:edit", args=[own.page]),
        reverse("api_v1:version-items", args=[own.agency_code, own.number]),
    ]


def words(world: World, role: str) -> list[str]:
    return [ask(world.clients[role], "GET", where).word for where in addresses(world)]


def end(user: User) -> None:
    """Let time pass: the memberships of a person ran out yesterday, when they were last looked at."""
    day = timezone.localdate() - YESTERDAY
    Membership.objects.filter(user=user).update(valid_from=day, valid_to=day)
    User.objects.filter(pk=user.pk).update(groups_synced_on=day)


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_a_role_acts_until_it_ends(world, role):
    assert words(world, role) == ["ok"] * 6


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor"])
def test_a_revoked_role_does_not_outlive_the_request(world, role):
    client = world.clients[role]
    cookies = client.cookies.copy()

    actions.revoke_membership(by=world.people["technical_admin"], membership=world.people[role].memberships.get())

    assert words(world, role) == ["login", "login", "login", "login", "login", "404"]
    client.cookies = cookies


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_a_role_that_ran_out_shows_nothing(world, role):
    end(world.people[role])

    assert set(words(world, role)) <= {"no", "404"}


def test_a_role_that_has_not_begun_shows_nothing(world):
    tomorrow = timezone.localdate() + YESTERDAY
    Membership.objects.filter(user=world.people["uploader"]).update(valid_from=tomorrow)
    actions.sync_groups(user=world.people["uploader"])

    assert set(words(world, "uploader")) <= {"no", "404"}


def test_a_deciding_role_waits_for_the_second_person(world):
    Membership.objects.filter(user=world.people["approver"]).update(confirmed_at=None, confirmed_by=None)
    actions.sync_groups(user=world.people["approver"])

    assert set(words(world, "approver")) <= {"no", "404"}


def test_a_closed_account_is_signed_out(world):
    client = world.clients["uploader"]
    cookies = client.cookies.copy()

    actions.set_account_active(
        by=world.people["technical_admin"], user=world.people["uploader"], active=False, reason="Nghỉ"
    )

    assert words(world, "uploader") == ["login", "login", "login", "login", "login", "404"]
    client.cookies = cookies


@pytest.mark.parametrize("role", [Role.UPLOADER, Role.AGENCY_HEAD])
def test_whoever_moved_to_another_agency_sees_nothing_of_the_former(world, role):
    mover = world.people["uploader"]
    end(mover)
    actions.grant_membership(by=None, user=mover, role=role, agency=world.province.commune)

    assert set(words(world, "uploader")) == {"404"}
    # The ledger is not among them: everybody reads what they did themselves.
    for where in ("/admin/", "/admin/catalogs/", "/admin/imports/", "/api/v1/items/", "/admin/pages/"):
        shown = ask(world.clients["uploader"], "GET", where).body
        assert canary("own").encode() not in shown, where
        assert canary("own_upload").encode() not in shown, where


def test_accounts_of_one_role_do_not_share_a_session(world):
    answers = [ask(world.clients[role], "GET", "/admin/catalogs/").body for role in ("uploader", "editor")] * 2

    assert "Văn phòng UBND tỉnh" not in answers[0].decode()
    assert "Văn phòng UBND tỉnh" in answers[1].decode()
    assert "Văn phòng UBND tỉnh" not in answers[2].decode()
