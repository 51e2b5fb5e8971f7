"""Lists of acts leave in the database what an act wrote, which may be a thousand items; one act shows it in pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.audit.actions import record
from cms.catalogs import actions
from tests.factories import catalogs

pytestmark = pytest.mark.django_db
ITEMS = 250


@pytest.fixture
def long_line(people, province):
    """Return the line of an act that wrote many items."""
    version = catalogs.make_version(people["uploader"], province.statistics)
    after = {f"TK.{number:05}": {"name": f"Báo cáo số {number}"} for number in range(ITEMS)}
    return record(
        by=people["uploader"], action="catalog_item.write_many", subject=version, agency_code="thong-ke",
        before={code: {"name": "Cũ"} for code in after}, after=after, reason="Rà soát",
    )  # fmt: skip


def contents_read(client, address):
    """Return the queries that read what acts wrote, and how the address was answered."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return [
        query["sql"] for query in queries if '"audit_auditevent"."after"' in query["sql"].partition(" FROM ")[0]
    ], response


@pytest.mark.parametrize("who", ["editor", "agency_head", "uploader"])
@pytest.mark.parametrize("address", ["/admin/audit/", "/api/v1/events/"])
def test_a_list_of_acts_reads_nothing_of_what_they_wrote(client, people, long_line, address, who):
    client.force_login(people[who])

    read, response = contents_read(client, address)

    assert read == []
    reported = response.content.decode()
    assert (long_line.reason in reported) if address.startswith("/admin") else f"evt_{long_line.sequence}" in reported


def test_where_a_reason_may_be_hidden_only_the_lines_in_doubt_are_read(client, people, long_line):
    actions.save_column(by=people["editor"], name="Ghi chú nội bộ", audience="appraisers")
    client.force_login(people["agency_head"])

    read, response = contents_read(client, "/admin/audit/")

    assert len(read) == 1 and f"IN ({long_line.pk})" in read[0]
    assert long_line.reason in response.content.decode()


def test_an_act_shows_what_it_wrote_in_pages(client, people, long_line):
    client.force_login(people["editor"])
    address, seen, sizes = f"/admin/audit/{long_line.sequence}/", [], []

    while address:
        response = client.get(address)
        page = response.context
        seen += [difference.label for difference in page["differences"]]
        sizes.append(len(page["differences"]))
        assert f"Giá trị thứ {page['first']} đến {page['last']} trong tổng số {ITEMS}" in response.content.decode()
        address = page["next"] and f"/admin/audit/{long_line.sequence}/?after={page['next']}"

    assert sizes == [100, 100, 50]
    assert seen == list(long_line.after)


@pytest.mark.parametrize("after", ["999999", "-1", "x"])
def test_a_place_that_is_not_there_is_the_beginning(client, people, long_line, after):
    client.force_login(people["editor"])

    assert client.get(f"/admin/audit/{long_line.sequence}/?after={after}").context["first"] == 1
