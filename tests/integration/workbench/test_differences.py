"""The difference of two versions on the screen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.catalogs import actions
from tests.factories import catalogs


@pytest.fixture
def second(people, approved):
    """Return the draft after an approved version: one item new, one changed, one gone."""
    writer = people["uploader"]
    version = actions.start_version(by=writer, catalog=approved.catalog)
    first, other, _same = version.items.in_order()
    actions.edit_items(
        by=writer, version=version, items=[first], changes={"output": "Tờ trình", "coefficient": 3, "score": 15}
    )
    actions.remove_items(by=writer, version=version, items=[other])
    actions.add_item(by=writer, version=version, values=catalogs.item_values(77))
    return version


def test_the_newest_version_is_compared_with_the_one_before(client_of, people, second, url):
    response = client_of(people["uploader"]).get(url("difference", second.catalog_id))

    sections = {name: number for name, _label, number in response.context["sections"]}
    assert sections == {"new": 1, "changed": 1, "removed": 1}
    assert response.context["same"] == 1
    assert "Tờ trình</ins>" in response.content.decode()


@pytest.mark.parametrize(("section", "code"), [("new", "TK.00077"), ("removed", "TK.00002")])
def test_each_section_shows_its_items(client_of, people, second, url, section, code):
    response = client_of(people["uploader"]).get(url("difference", second.catalog_id), {"section": section})

    assert [row["code"] for row in response.context["rows"]] == [code]


@pytest.mark.parametrize("query", [{"before": "9"}, {"after": "9"}, {"after": "x"}])
def test_an_unknown_version_is_not_found(client_of, people, second, url, query):
    assert client_of(people["uploader"]).get(url("difference", second.catalog_id), query).status_code == 404


def test_the_provincial_approver_compares_no_drafts(client_of, people, second, url):
    response = client_of(people["provincial_approver"]).get(url("difference", second.catalog_id), {"after": "2"})

    assert response.status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_drafts_and_differences_are_files_for_their_own_people_only(client_of, people, second, url, kind):
    addresses = [url("file", second.pk, kind), url("difference_file", second.catalog_id, kind)]

    own = [client_of(people["uploader"]).get(address) for address in addresses]
    others = [client_of(people["other_uploader"]).get(address) for address in addresses]

    assert all(b"".join(response.streaming_content) for response in own)
    assert [response.status_code for response in others] == [404, 404]


def test_the_difference_takes_fewer_than_20_queries(client_of, people, province, url):
    version = catalogs.make_approved(people, province.statistics, items=200)
    actions.start_version(by=people["uploader"], catalog=version.catalog)
    client = client_of(people["uploader"])
    client.get(url("difference", version.catalog_id))

    with CaptureQueriesContext(connection) as captured:
        client.get(url("difference", version.catalog_id))

    assert len(captured) < 20
