"""Who finds which screen, and who is told that there is nothing."""

import pytest

from tests.factories import catalogs

VERSION_SCREENS = (
    "version",
    "details",
    "submit",
    "withdraw",
    "return",
    "accept",
    "decide",
    "note",
    "items",
    "item_add",
)
PEOPLE_OF_OTHERS = ("other_uploader", "other_agency_head")


@pytest.mark.parametrize("screen", VERSION_SCREENS)
@pytest.mark.parametrize("role", PEOPLE_OF_OTHERS)
def test_another_agencys_version_is_not_there(client_of, people, submitted, url, role, screen):
    response = client_of(people[role]).get(url(screen, submitted.pk))

    assert response.status_code == 404


def test_another_agencys_items_catalog_and_difference_are_not_there(client_of, people, submitted, url):
    client = client_of(people["other_uploader"])
    item = submitted.items.first()

    addresses = [
        url("item", submitted.pk, item.pk), url("item_note", submitted.pk, item.pk),
        url("catalog", submitted.catalog_id), url("difference", submitted.catalog_id),
    ]  # fmt: skip

    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert client.post(url("items_bulk", submitted.pk), {"item": item.pk, "act": "remove"}).status_code == 404
    assert client.post(url("start", submitted.catalog_id)).status_code == 404


def test_a_published_version_does_not_open_the_workbench_to_others(client_of, people, approved, url):
    assert client_of(people["other_uploader"]).get(url("version", approved.pk)).status_code == 404


def test_not_mine_and_not_there_look_the_same(client_of, people, submitted, url):
    client = client_of(people["other_uploader"])

    foreign = client.get(url("version", submitted.pk))
    nothing = client.get(url("version", 999_999))

    assert (foreign.status_code, foreign.content) == (nothing.status_code, nothing.content)


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver"])
def test_those_who_work_on_a_draft_see_it(client_of, people, draft, url, role):
    assert client_of(people[role]).get(url("version", draft.pk)).status_code == 200


def test_the_provincial_approver_sees_a_version_from_its_submission_on(client_of, people, province, draft, url):
    client = client_of(people["provincial_approver"])

    before = client.get(url("version", draft.pk)).status_code
    catalogs.submit(draft, people["uploader"])
    after = client.get(url("version", draft.pk)).status_code

    assert (before, after) == (404, 200)


@pytest.mark.parametrize(("role", "answer"), [("technical_admin", 302), ("api_client", 403), ("nobody", 403)])
def test_those_without_power_over_content_open_nothing(client_of, people, draft, url, role, answer):
    client = client_of(people[role])

    assert client.get(url("overview")).status_code == answer
    assert client.get(url("version", draft.pk)).status_code == answer


def test_an_item_of_another_version_is_not_found_through_mine(client_of, people, province, draft, url):
    other = catalogs.make_version(people["other_uploader"], province.office)

    response = client_of(people["uploader"]).get(url("item", draft.pk, other.items.first().pk))

    assert response.status_code == 404


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver", "provincial_approver"])
def test_every_screen_opens_for_those_whose_it_is(client_of, people, approved, url, role):
    client = client_of(people[role])
    item = approved.items.first()

    addresses = [
        url("overview"), url("catalog", approved.catalog_id), url("version", approved.pk), url("items", approved.pk),
        url("item", approved.pk, item.pk), url("difference", approved.catalog_id), "/admin/",
    ]  # fmt: skip

    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("uploader", 302), ("provincial_approver", 302)])
def test_rounds_are_the_editors(client_of, people, role, status):
    assert client_of(people[role]).get("/admin/rounds/").status_code == status
