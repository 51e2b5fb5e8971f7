import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.organisations import actions
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.agencies import make_agency

pytestmark = pytest.mark.django_db
READERS = ["editor", "approver", "provincial_approver", "technical_admin"]


@pytest.mark.parametrize("role", READERS)
def test_readers_see_the_tree_and_the_codes(client, people, province, role):
    actions.add_identifier_code(by=None, agency=province.office, value="H49.1", valid_from=datetime.date(2026, 1, 1))
    client.force_login(people[role])

    assert client.get(reverse("organisations:agency_list")).status_code == 200
    page = client.get(reverse("organisations:agency_edit", args=[province.office.pk])).content.decode()

    assert "H49.1" in page
    assert ('<form method="post" novalidate' in page) == (role == "technical_admin")


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver", "provincial_approver"])
def test_nobody_but_the_administrator_writes_by_any_address(client, people, province, role):
    client.force_login(people[role])
    names = ["agency_edit", "agency_move", "agency_dissolve", "agency_code_add"]
    sent = {"name": "Khác", "kind": "commune", "block": "party", "item_prefix": "X", "parent": province.commune.pk}
    sent |= {"dissolved_on": "01/01/2026", "value": "H49.9", "valid_from": "01/01/2026", "code": "khac"}

    for pk in (province.office.pk, 10**6):
        for name in names:
            response = client.post(reverse(f"organisations:{name}", args=[pk]), sent)
            assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    client.post(reverse("organisations:agency_add"), sent)

    office = Agency.objects.get(pk=province.office.pk)
    assert (office.name, office.path, office.dissolved_on) == (province.office.name, province.office.path, None)
    assert not office.identifier_codes.exists()
    assert not Agency.objects.filter(code="khac").exists()


def test_the_administrator_adds_moves_codes_and_dissolves(client, people, province):
    client.force_login(people["technical_admin"])
    new = {"code": "y-te", "name": "Sở Y tế", "kind": "department", "block": "government", "item_prefix": "YT"}
    client.post(reverse("organisations:agency_add"), new | {"parent": province.root.pk})
    agency = Agency.objects.get(code="y-te")

    def send(name, **values):
        return client.post(reverse(f"organisations:{name}", args=[agency.pk]), values)

    send("agency_move", parent=province.office.pk)
    send("agency_code_add", value="h49.7", valid_from="01/02/2026")
    send("agency_dissolve", dissolved_on="31/10/2026")

    agency = Agency.objects.get(code="y-te")
    assert agency.get_parent() == province.office
    assert agency.identifier_codes.get().value == "H49.7"
    assert agency.dissolved_on == datetime.date(2026, 10, 31)


def test_a_refusal_stands_in_the_form_and_what_was_typed_stays(client, people, province):
    client.force_login(people["technical_admin"])

    page = client.post(
        reverse("organisations:agency_dissolve", args=[province.statistics.pk]), {"dissolved_on": "31/10/2026"}
    ).content.decode()

    assert "Vẫn còn cơ quan trực thuộc" in page
    assert "31/10/2026" in page


def test_the_tree_is_searched_without_diacritics_and_filtered(client, people, province):
    client.force_login(people["editor"])

    def found(**query):
        response = client.get(reverse("organisations:agency_list"), query)
        return {agency.code for agency in response.context["agencies"]}

    assert found(q="thong ke") == {"thong-ke"}
    assert found(kind="commune") == {"xa-vinh-hoa"}
    assert found(block="party") == set()


def test_a_longer_list_costs_no_more_queries(client, people, province):
    client.force_login(people["editor"])
    address = reverse("organisations:agency_list")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)

    for _number in range(20):
        make_agency(province.office)

    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_first_administrator_is_made_from_the_command_line(db, monkeypatch, capsys):
    monkeypatch.setenv("THUOCDO_ADMIN_PASSWORD", "mot-mat-khau-rat-dai")

    call_command("create_admin", username="qt", full_name="Quản trị", email="qt@example.com")

    user = User.objects.get(username="qt")
    assert access_for(user).has(Role.TECHNICAL_ADMIN)
    assert user.check_password("mot-mat-khau-rat-dai")
    assert not user.password_is_temporary
    assert Agency.objects.get().kind == "province"
    assert "/accounts/login/" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("create_admin", username="qt", full_name="Quản trị", email="qt@example.com")
    monkeypatch.setenv("THUOCDO_ADMIN_PASSWORD", "123")
    with pytest.raises(CommandError):
        call_command("create_admin", username="qt2", full_name="Quản trị", email="qt@example.com")
