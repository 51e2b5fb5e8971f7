"""Which common items a position does: by what agencies' items in force say, and by the common list itself."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from cms.curation import actions
from cms.curation.models import CommonLink
from cms.curation.offering import usual_of
from tests.factories import catalogs
from tests.factories.officers import make_position
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
COMMON = reverse("curation:common")


def _decided(people, writer, agency, positions):
    version = catalogs.make_version(writer, agency, items=0)
    for number, words in enumerate(positions, start=1):
        catalogs.make_items(version, 1, start=number, positions=words)
    version.refresh_from_db()
    accepted = catalogs.accept(catalogs.submit(version, writer), people["editor"])
    return list(catalogs.decide(accepted, people["provincial_approver"]).items.in_order())


@pytest.fixture
def linked(province, people):
    """Return two common items; an agency's item that is the first names one position, its other one two."""
    writer = make_member("uploader", province.root, "writer")
    commons = _decided(people, writer, province.root, ["", "vt2 Kế toán"])
    items = _decided(people, people["uploader"], province.statistics, ["vt1 Văn thư", "vt10 Thủ quỹ; vt2 Kế toán"])
    for common, item in zip(commons, items, strict=True):
        CommonLink.objects.create(
            catalog=item.version.catalog, identity=item.identity, common=common.identity, origin="taken_over",
            source=common.version, by=people["uploader"],
        )  # fmt: skip
    cache.clear()
    return commons


def test_a_position_does_what_items_of_agencies_name_it_for(linked):
    first, second = linked

    assert usual_of("vt1") == {first.identity: 1}
    assert usual_of("vt2") == {second.identity: 1}
    assert usual_of("vt") == {} == usual_of("t10")


def test_a_link_that_is_ended_counts_no_more(linked, people):

    actions.end_link(by=people["editor"], link=CommonLink.objects.get(common=linked[0].identity), reason="Việc khác")
    cache.clear()

    assert usual_of("vt1") == {}


def test_the_common_list_is_narrowed_to_a_position(client, linked, people):
    client.force_login(people["editor"])
    first, second = linked

    page = client.get(COMMON, {"position": "vt1"})
    assert list(page.context["object_list"]) == [first]
    assert "Số cơ quan có vị trí này làm" in page.content.decode()
    assert list(client.get(COMMON, {"position": "vt2"}).context["object_list"]) == [second]
    assert not client.get(COMMON, {"position": "khong-co' OR 1=1"}).context["object_list"]


def test_the_list_of_positions_leads_there_for_those_who_keep_it(client, linked, people, province):
    make_position("vt1", "Văn thư")
    address = f"{COMMON}?position=vt1"
    for name, leads in (("editor", True), ("uploader", False)):
        client.force_login(people[name])
        assert (address in client.get(reverse("organisations:position_list")).content.decode()) is leads


def test_narrowing_costs_the_same_for_any_number_of_items(client, linked, people, django_assert_max_num_queries):
    client.force_login(people["editor"])
    client.get(COMMON, {"position": "vt2"})
    with django_assert_max_num_queries(22):
        client.get(COMMON, {"position": "vt2"})
