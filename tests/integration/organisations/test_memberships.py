import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.organisations import actions
from cms.organisations.access import access_for
from cms.organisations.errors import CannotGrantToSelf, DutiesApart, InvalidMembership, SecondPersonNeeded
from cms.organisations.models import Membership
from cms.organisations.permissions import waiting_for
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.people import make_member, make_user

pytestmark = pytest.mark.django_db
DECIDING = [Role.EDITOR, Role.APPROVER, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN]


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", [Role.UPLOADER, Role.AGENCY_HEAD, Role.API_CLIENT])
def test_a_role_that_does_not_decide_takes_effect_at_once(people, province, role):
    actions.grant_membership(by=people["technical_admin"], user=people["nobody"], role=role, agency=province.office)

    assert access_for(fresh(people["nobody"])).has(role)
    assert people["nobody"].groups.filter(name=role.group_name).exists()


@pytest.mark.parametrize("role", DECIDING)
def test_a_deciding_role_waits_for_a_second_person(people, province, role):
    membership = actions.grant_membership(
        by=people["technical_admin"], user=people["nobody"], role=role, agency=province.root
    )
    assert membership.state == "waiting"
    assert not access_for(fresh(people["nobody"])).has(role)
    assert not people["nobody"].groups.exists()

    actions.confirm_membership(by=people["approver"], membership=membership)

    assert access_for(fresh(people["nobody"])).has(role)
    assert people["nobody"].groups.filter(name=role.group_name).exists()
    assert AuditEvent.objects.filter(action="membership.confirm", actor_id=people["approver"].pk).exists()


@pytest.mark.parametrize("who", ["technical_admin", "editor", "agency_head", "uploader"])
def test_neither_the_giver_nor_anybody_without_the_power_confirms(people, province, who):
    membership = actions.grant_membership(
        by=people["technical_admin"], user=people["nobody"], role=Role.APPROVER, agency=province.home_affairs
    )

    with pytest.raises(SecondPersonNeeded):
        actions.confirm_membership(by=people[who], membership=membership)
    assert not access_for(fresh(people["nobody"])).has(Role.APPROVER)


def test_nobody_touches_their_own_roles(people, province):
    admin, second = people["technical_admin"], make_member(Role.TECHNICAL_ADMIN, province.root)
    with pytest.raises(CannotGrantToSelf):
        actions.grant_membership(by=admin, user=admin, role=Role.API_CLIENT, agency=province.root)
    with pytest.raises(CannotGrantToSelf):
        actions.revoke_membership(by=admin, membership=admin.memberships.get())
    waiting = actions.grant_membership(by=admin, user=make_user("moi"), role=Role.APPROVER, agency=province.root)
    actions.confirm_membership(by=second, membership=waiting)

    own = actions.grant_membership(
        by=admin, user=fresh(waiting.user), role=Role.PROVINCIAL_APPROVER, agency=province.root
    )
    with pytest.raises(CannotGrantToSelf):
        actions.confirm_membership(by=fresh(waiting.user), membership=own)


@pytest.mark.parametrize("who", ["approver", "editor", "provincial_approver", "agency_head", "nobody"])
def test_only_administrators_give_and_take(people, province, who):
    target = people["other_uploader"]
    with pytest.raises(NotAllowed):
        actions.grant_membership(by=people[who], user=target, role=Role.EDITOR, agency=province.root)
    with pytest.raises(NotAllowed):
        actions.revoke_membership(by=people[who], membership=target.memberships.get())


@pytest.mark.parametrize(("held", "given"), [("editor", Role.TECHNICAL_ADMIN), ("technical_admin", Role.UPLOADER)])
def test_administration_and_content_are_never_one_person(people, province, held, given):
    with pytest.raises(DutiesApart):
        actions.grant_membership(by=None, user=people[held], role=given, agency=province.root)


def test_a_role_is_held_once_and_its_days_are_in_order(people, province):
    with pytest.raises(InvalidMembership):
        actions.grant_membership(by=None, user=people["uploader"], role=Role.UPLOADER, agency=province.statistics)
    today = timezone.localdate()
    with pytest.raises(InvalidMembership):
        actions.grant_membership(
            by=None, user=people["nobody"], role=Role.UPLOADER, agency=province.office,
            valid_from=today, valid_to=today - datetime.timedelta(1),
        )  # fmt: skip


def test_a_revoked_role_is_gone_on_the_next_request_and_so_is_the_session(client, people):
    client.force_login(people["editor"])
    assert client.get(reverse("organisations:agency_list")).status_code == 200

    membership = people["editor"].memberships.get()
    actions.revoke_membership(by=people["technical_admin"], membership=membership, reason="Chuyển công tác")

    response = client.get(reverse("organisations:agency_list"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert not fresh(people["editor"]).groups.exists()
    assert AuditEvent.objects.get(action="membership.revoke").reason == "Chuyển công tác"
    with pytest.raises(WrongState):
        actions.revoke_membership(by=people["technical_admin"], membership=membership)


def test_a_role_that_ran_out_is_gone_on_the_first_request_of_the_day(client, province):
    user = make_user("tam")
    last = timezone.localdate()
    actions.grant_membership(by=None, user=user, role=Role.EDITOR, agency=province.home_affairs, valid_to=last)
    client.force_login(user)
    assert client.get(reverse("organisations:agency_list")).status_code == 200

    with time_machine.travel(datetime.datetime.combine(last, datetime.time(17, 30)), tick=False):
        assert timezone.localdate() == last + datetime.timedelta(1)
        response = client.get(reverse("organisations:agency_list"))

        assert response.status_code == 403
        assert not fresh(user).groups.exists()


def test_a_role_that_ran_out_can_be_given_again(people, province):
    user, today = people["nobody"], timezone.localdate()
    actions.grant_membership(
        by=None, user=user, role=Role.UPLOADER, agency=province.office,
        valid_from=today - datetime.timedelta(9), valid_to=today - datetime.timedelta(2),
    )  # fmt: skip

    actions.grant_membership(by=None, user=user, role=Role.UPLOADER, agency=province.office)

    assert [membership.state for membership in user.memberships.order_by("pk")] == ["ended", "active"]


@pytest.mark.parametrize("who", ["approver", "provincial_approver", "second_admin"])
def test_a_second_person_confirms_or_refuses(people, province, who):
    second = people.get(who) or make_member(Role.TECHNICAL_ADMIN, province.root)
    given = [
        actions.grant_membership(by=people["technical_admin"], user=user, role=Role.EDITOR, agency=province.root)
        for user in (people["nobody"], make_user("moi"))
    ]
    assert set(waiting_for(second)) == set(given)
    actions.confirm_membership(by=second, membership=given[0])
    with pytest.raises(InvalidMembership):
        actions.refuse_membership(by=second, membership=given[1], reason=" ")
    actions.refuse_membership(by=second, membership=given[1], reason="Không rõ người này là ai")

    assert access_for(fresh(people["nobody"])).has(Role.EDITOR)
    assert not access_for(fresh(given[1].user)).has(Role.EDITOR)
    assert Membership.objects.get(pk=given[1].pk).state == "revoked"
    assert AuditEvent.objects.get(action="membership.refuse").reason == "Không rõ người này là ai"
    assert not waiting_for(second).exists()
    with pytest.raises(WrongState):
        actions.confirm_membership(by=second, membership=given[1])


def test_who_got_their_own_role_later_does_not_confirm_what_was_given_before(people, province):
    """An administrator's own creature, once confirmed, opens no door that was put up for it."""
    admin = people["technical_admin"]
    puppet, target = make_user("bu-nhin"), make_user("dich")
    wanted = actions.grant_membership(by=admin, user=target, role=Role.EDITOR, agency=province.root)
    raised = actions.grant_membership(by=admin, user=puppet, role=Role.APPROVER, agency=province.root)
    actions.confirm_membership(by=people["approver"], membership=raised)

    assert not waiting_for(fresh(puppet)).exists()
    with pytest.raises(SecondPersonNeeded):
        actions.confirm_membership(by=fresh(puppet), membership=wanted)
    assert not access_for(fresh(target)).has(Role.EDITOR)


@pytest.mark.parametrize("reset", [actions.reset_password, actions.reset_second_factor])
@pytest.mark.parametrize("who", ["editor", "approver", "provincial_approver"])
def test_who_resets_a_sign_in_gains_nothing_by_it(people, province, reset, who):
    reset(by=people["technical_admin"], user=people[who], reason="Mất điện thoại")

    assert not access_for(fresh(people[who])).paths
    assert not people[who].groups.exists()
    membership = people[who].memberships.get()
    for person in (people["technical_admin"], people[who]):
        with pytest.raises((SecondPersonNeeded, CannotGrantToSelf)):
            actions.confirm_membership(by=fresh(person), membership=membership)
    actions.confirm_membership(by=make_member(Role.TECHNICAL_ADMIN, province.root), membership=membership)
    assert access_for(fresh(people[who])).paths


def test_a_closed_second_person_confirms_nothing(people, province):
    actions.grant_membership(
        by=people["technical_admin"], user=people["nobody"], role=Role.EDITOR, agency=province.root
    )
    actions.set_account_active(by=people["technical_admin"], user=people["approver"], active=False, reason="Nghỉ")

    assert not waiting_for(fresh(people["approver"])).exists()


def test_the_first_screen_shows_what_waits_to_those_who_may_confirm_it(client, people, province):
    membership = actions.grant_membership(
        by=people["technical_admin"], user=people["nobody"], role=Role.EDITOR, agency=province.home_affairs
    )
    link = reverse("organisations:membership_confirm", args=[membership.pk])
    seen = []
    for who in ("technical_admin", "approver", "provincial_approver", "editor", "agency_head"):
        client.force_login(people[who])
        if link in client.get(reverse("wagtailadmin_home")).content.decode():
            seen.append(who)

    assert seen == ["approver", "provincial_approver"]


def test_a_role_is_refused_on_its_screen_with_a_reason(client, people, province):
    membership = actions.grant_membership(
        by=people["technical_admin"], user=people["nobody"], role=Role.EDITOR, agency=province.home_affairs
    )
    refuse = reverse("organisations:membership_refuse", args=[membership.pk])
    client.force_login(people["technical_admin"])
    client.post(refuse, {"reason": "Thử"})
    client.force_login(people["provincial_approver"])
    client.post(refuse, {"reason": ""})
    assert Membership.objects.get(pk=membership.pk).state == "waiting"

    client.post(refuse, {"reason": "Người này đã chuyển công tác"})

    assert Membership.objects.get(pk=membership.pk).state == "revoked"


def test_screens_give_confirm_and_revoke(client, people, province):
    client.force_login(people["technical_admin"])
    today = timezone.localdate()
    form = {"user": people["nobody"].pk, "role": Role.APPROVER, "agency": province.home_affairs.pk}
    client.post(reverse("organisations:membership_grant"), form | {"valid_from": f"{today:%d/%m/%Y}"})
    membership = Membership.objects.unconfirmed().get()
    confirm = reverse("organisations:membership_confirm", args=[membership.pk])
    client.post(confirm)
    assert Membership.objects.unconfirmed().exists()

    client.force_login(people["approver"])
    client.post(confirm)
    assert not Membership.objects.unconfirmed().exists()
    client.post(reverse("organisations:membership_revoke", args=[membership.pk]), {"reason": "Thử"})
    assert access_for(fresh(people["nobody"])).has(Role.APPROVER)

    client.force_login(people["technical_admin"])
    client.post(reverse("organisations:membership_revoke", args=[membership.pk]), {"reason": "Thôi việc"})
    assert not access_for(fresh(people["nobody"])).has(Role.APPROVER)


def test_an_administrator_cannot_choose_themselves_by_a_crafted_post(client, people, province):
    client.force_login(people["technical_admin"])
    form = {"user": people["technical_admin"].pk, "role": Role.API_CLIENT, "agency": province.root.pk}

    client.post(reverse("organisations:membership_grant"), form | {"valid_from": "01/01/2026"})

    assert people["technical_admin"].memberships.count() == 1
