import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.access import access_for
from cms.organisations.errors import CannotGrantToSelf, InvalidAccount
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
NEW = {"username": "moi", "full_name": "Công chức Mới", "email": "moi@example.com"}


def test_an_administrator_adds_an_account_that_can_do_nothing(client, people):
    client.force_login(people["technical_admin"])
    crafted = {"is_superuser": "on", "is_staff": "on", "groups": ["1", "2"], "user_permissions": ["1"]}

    response = client.post(reverse("organisations:account_add"), NEW | crafted)

    user = User.objects.get(username="moi")
    assert user.check_password(response.context["password"])
    assert user.password_is_temporary
    assert not (user.is_superuser or user.is_staff or user.groups.exists() or user.user_permissions.exists())
    assert response.context["password"] not in str(AuditEvent.objects.get(action="account.add").after)


def test_an_edit_changes_the_name_and_address_alone(client, people):
    client.force_login(people["technical_admin"])
    editor = people["editor"]
    sent = {
        "full_name": "Tên Mới",
        "email": "moi@example.com",
        "username": "chu-tich",
        "is_superuser": "on",
        "groups": ["1"],
    }

    client.post(reverse("organisations:account_edit", args=[editor.pk]), sent)

    after = User.objects.get(pk=editor.pk)
    assert (after.full_name, after.username, after.is_superuser) == ("Tên Mới", "editor", False)
    assert set(after.groups.values_list("name", flat=True)) == {"role:editor"}
    assert AuditEvent.objects.get(action="account.edit").before["full_name"] == editor.full_name


def test_a_username_is_used_once_whatever_its_case(people):
    with pytest.raises(InvalidAccount):
        actions.add_account(by=None, username="EDITOR", full_name="X", email="")


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver", "provincial_approver"])
def test_nobody_else_opens_the_screens_or_acts(client, people, role):
    client.force_login(people[role])
    target = people["nobody"]
    names = ["account_edit", "account_closing", "account_password", "account_second_factor", "account_release"]
    addresses = [reverse("organisations:account_list"), reverse("organisations:account_add")]
    addresses += [reverse(f"organisations:{name}", args=[pk]) for name in names for pk in (target.pk, 10**6)]

    for address in addresses:
        for response in (client.get(address), client.post(address, NEW | {"reason": "x"})):
            assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    with pytest.raises(NotAllowed):
        actions.reset_password(by=people[role], user=target, reason="x")


def test_closing_an_account_ends_its_sessions_and_keeps_it(client, people):
    client.force_login(people["editor"])
    actions.set_account_active(by=people["technical_admin"], user=people["editor"], active=False, reason="Nghỉ hưu")

    assert client.get("/admin/").url.startswith("/accounts/login/")
    assert AuditEvent.objects.get(action="account.close").reason == "Nghỉ hưu"


def test_administrators_do_not_reset_or_close_their_own(people):
    admin = people["technical_admin"]
    for act in (
        lambda: actions.set_account_active(by=admin, user=admin, active=False, reason="x"),
        lambda: actions.reset_password(by=admin, user=admin, reason="x"),
        lambda: actions.reset_second_factor(by=admin, user=admin, reason="x"),
    ):
        with pytest.raises(CannotGrantToSelf):
            act()


@pytest.mark.parametrize("reset", [actions.reset_password, actions.reset_second_factor])
def test_who_resets_an_approver_cannot_decide_in_their_place(client, people, province, reset):
    approver, admin = people["approver"], people["technical_admin"]
    TOTP.activate(approver, "JBSWY3DPEHPK3PXP")
    client.force_login(approver)

    reset(by=admin, user=approver, reason="Mất điện thoại")

    membership = approver.memberships.get()
    assert membership.state == "waiting"
    assert not access_for(User.objects.get(pk=approver.pk)).has(Role.APPROVER)
    assert client.get("/admin/").url.startswith("/accounts/login/")
    second = make_member(Role.TECHNICAL_ADMIN, province.root)
    actions.confirm_membership(by=second, membership=membership)
    assert access_for(User.objects.get(pk=approver.pk)).has(Role.APPROVER)


def test_people_are_found_without_diacritics(client, people):
    people["editor"].full_name = "Đặng Thị Ánh"
    people["editor"].save()
    client.force_login(people["technical_admin"])

    found = client.get(reverse("organisations:account_list"), {"q": "dang anh"}).context["accounts"]

    assert [user.pk for user in found] == [people["editor"].pk]
