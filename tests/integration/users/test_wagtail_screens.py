import pytest
from django.contrib.auth.models import Group
from django.urls import get_resolver, reverse

from cms.users.models import User
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def closed_addresses(user, group):
    """Return every address of Wagtail's user and group screens, with the ids filled in."""
    addresses = []
    for namespace, pk in (("wagtailusers_users", user.pk), ("wagtailusers_groups", group.pk)):
        prefix, resolver = get_resolver("wagtail.admin.urls").namespace_dict[namespace]
        for pattern in resolver.url_patterns:
            arguments = [pk] if pattern.pattern.converters else []
            addresses.append(reverse(f"{namespace}:{pattern.name}", args=arguments))
    return addresses


@pytest.mark.parametrize("role", ["technical_admin", "approver", "editor", "uploader", "superuser"])
def test_every_user_and_group_screen_of_wagtail_is_closed(client, people, role):
    person = User.objects.create_superuser("root", full_name="Tài khoản gốc") if role == "superuser" else people[role]
    client.force_login(person)
    addresses = closed_addresses(people["editor"], Group.objects.get(name="role:editor"))
    assert len(addresses) > 8

    for address in addresses:
        for response in (client.get(address), client.post(address, {"is_superuser": "on", "groups": ["1"]})):
            assert response.status_code in (302, 403, 404), address
            assert response.status_code != 302 or response.url == reverse("wagtailadmin_home"), address
    assert User.objects.filter(pk=people["editor"].pk, is_superuser=False).exists()
    assert Group.objects.filter(name="role:editor").exists()


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_bulk_actions_on_accounts_do_nothing(client, people, action):
    client.force_login(people["technical_admin"])
    address = reverse("wagtail_bulk_action", args=["users", "user", action])
    group = Group.objects.get(name="role:approver")

    client.get(f"{address}?id={people['editor'].pk}")
    client.post(f"{address}?id={people['editor'].pk}", {"role": group.pk, "mark_as_active": ""})

    editor = User.objects.get(pk=people["editor"].pk)
    assert editor.is_active
    assert not editor.groups.filter(pk=group.pk).exists()


def test_the_account_page_shows_the_name_and_takes_no_other(client, people):
    client.force_login(people["editor"])
    page = client.get(reverse("wagtailadmin_account"))
    assert people["editor"].full_name in page.content.decode()
    assert "gravatar" not in page.content.decode()

    response = client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-full_name": "Chủ tịch tỉnh",
            "name_email-email": "x@evil.example",
            "name_email-is_superuser": "on",
            "locale-preferred_language": "en",
            "locale-current_time_zone": "",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )

    editor = User.objects.get(pk=people["editor"].pk)
    assert response.status_code == 302
    assert (editor.full_name, editor.email) == (people["editor"].full_name, people["editor"].email)
    assert not editor.is_superuser
    assert editor.wagtail_userprofile.preferred_language == "en"


def test_a_person_without_a_role_is_told_so(client, db):
    client.force_login(make_user("khong-vai-tro"))

    response = client.get("/admin/agencies/")

    assert response.status_code == 403
    assert "Chưa có vai trò" in response.content.decode()
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/admin/").url.startswith("/accounts/login/")
