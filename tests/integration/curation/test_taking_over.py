"""Agencies fill their drafts from the common list: linked at once; what half of them have is suggested."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from catalog_pages.exports import items_table
from cms.catalogs import actions as catalog_actions
from cms.catalogs.wording import ItemWords
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.core.table_files import csv_lines
from cms.curation import actions
from cms.curation.common import common_changes, common_of_catalog, find_common
from cms.curation.enums import LinkOrigin
from cms.curation.models import CommonLink, Vocabulary
from cms.curation.offering import offered_to, usual_for
from cms.organisations.models import Agency
from tests.factories import catalogs
from tests.factories.people import make_member
from tests.integration.importers.test_round_trip import verdict_on
from tests.keeping import kept

pytestmark = pytest.mark.django_db


@kept
@pytest.fixture
def common(province, people):
    """Return the province's decided version of four items."""
    writer = make_member("uploader", province.root, "writer")
    version = catalogs.make_version(writer, province.root, items=0)
    catalogs.make_items(version, 4, positions="van-thu Văn thư")
    version.refresh_from_db()
    version = catalogs.accept(catalogs.submit(version, writer), people["editor"])
    return catalogs.decide(version, people["provincial_approver"])


@pytest.fixture
def draft(province, people, common):
    """Return a draft of an agency without items."""
    return catalogs.make_version(people["uploader"], province.statistics, items=0)


def test_what_is_ticked_is_copied_and_linked_and_no_longer_offered(client, draft, common, people):
    first, second, *_others = common.items.in_order()
    client.force_login(people["uploader"])
    assert (
        reverse("catalogs:take_over", args=[draft.pk])
        in client.get(reverse("catalogs:version", args=[draft.pk])).content.decode()
    )
    address = reverse("catalogs:take_over", args=[draft.pk])
    offered = client.get(address).content.decode()
    assert first.name in offered and "Văn thư" in offered
    assert first.name not in client.get(address, {"q": second.code}).content.decode()
    assert "không có mục nào" in client.get(address, {"position": "Kế toán"}).content.decode()

    answer = client.post(address, {"common": [first.identity, second.identity, "rác"]}, follow=True).content.decode()

    assert "Đã lấy 2 mục" in answer and str(first.identity) not in answer
    item = draft.items.get(code=first.code)
    assert (item.name, item.coefficient, item.positions) == (first.name, first.coefficient, first.positions)
    assert item.identity != first.identity
    link = CommonLink.objects.get(identity=item.identity)
    assert (link.common, link.origin, link.source, link.judgement) == (
        first.identity, LinkOrigin.TAKEN_OVER, common, None
    )  # fmt: skip
    assert people["uploader"] in draft.writers.all()
    # Ticked again, nothing is taken twice.
    client.post(address, {"common": [first.identity]})
    assert draft.items.count() == 2


def test_an_item_whose_code_is_taken_is_refused_alone(client, draft, common, people):
    first, second, *_others = common.items.in_order()
    catalog_actions.add_item(by=people["uploader"], version=draft, values=catalogs.item_values(9, code=first.code))
    client.force_login(people["uploader"])
    address = reverse("catalogs:take_over", args=[draft.pk])
    answer = client.post(address, {"common": [first.identity, second.identity]}, follow=True).content.decode()
    assert "Đã lấy 1 mục" in answer and f"Mục {first.code} không lấy được" in answer
    assert client.post(address, {}).status_code == 302
    assert draft.items.count() == 2


def test_scores_are_left_out_where_another_divisor_makes_coefficients_of_them(draft, common, people):
    catalog_actions.edit_details(by=people["uploader"], version=draft, divisor=Decimal(10))
    draft.refresh_from_db()
    first = common.items.in_order()[0]
    taken = actions.take_over(by=people["uploader"], version=draft, commons=[first.identity])
    assert [(item.score, item.coefficient) for item in taken.items] == [(None, first.coefficient)]


def test_only_writers_of_a_draft_take_over_and_never_after_it_was_submitted(client, draft, common, people):
    first, second, *_others = common.items.in_order()
    with pytest.raises(NotAllowed):
        actions.take_over(by=people["other_uploader"], version=draft, commons=[first.identity])
    actions.take_over(by=people["uploader"], version=draft, commons=[first.identity])
    draft.refresh_from_db()
    submitted = catalogs.submit(draft, people["uploader"])
    with pytest.raises(WrongState):
        actions.take_over(by=people["editor"], version=submitted, commons=[second.identity])
    assert CommonLink.objects.count() == 1


def test_what_half_of_the_agencies_of_the_kind_have_is_suggested(client, draft, common, people, province):
    first, second, *_others = common.items.in_order()
    for agency in (province.office, province.home_affairs):
        version = catalogs.make_version(people["editor"], agency, items=0)
        commons = [first.identity, *([second.identity] if agency == province.office else [])]
        actions.take_over(by=people["editor"], version=version, commons=commons)
        Agency.objects.filter(pk=agency.pk).update(kind=province.statistics.kind, block=province.statistics.block)
        version.catalog.published = True
        version.catalog.save()
    cache.clear()
    assert usual_for(province.statistics) == {first.identity: 2, second.identity: 1}
    third = catalogs.make_version(people["editor"], province.commune, items=0)
    Agency.objects.filter(pk=province.commune.pk).update(kind=province.statistics.kind)
    third.catalog.published = True
    third.catalog.save()
    cache.clear()
    assert usual_for(province.statistics) == {first.identity: 2}

    client.force_login(people["uploader"])
    page = client.get(reverse("catalogs:take_over", args=[draft.pk]), {"usual": "on"}).content.decode()
    assert "1 mục mà dự thảo" in page and first.name in page and second.name not in page


def test_a_province_that_keeps_lists_of_each_agency_alone_offers_and_promotes_nothing(
    client, draft, common, people, province
):
    first = common.items.in_order()[0]
    client.force_login(people["approver"])
    address = reverse("curation:choose_lists")
    assert address in client.get(reverse("curation:common")).content.decode()
    assert client.post(address, {"per_agency": "yes", "reason": " "}).status_code == 200
    assert client.post(address, {"per_agency": "yes", "reason": "Kế hoạch 12/KH-UBND"}).status_code == 302
    assert Vocabulary.current().per_agency
    with pytest.raises(WrongState):
        actions.choose_lists(by=people["approver"], per_agency=True, reason="Lần nữa")
    with pytest.raises(NotAllowed):
        actions.choose_lists(by=people["editor"], per_agency=False, reason="Không được")

    client.force_login(people["uploader"])
    take_over = reverse("catalogs:take_over", args=[draft.pk])
    assert take_over not in client.get(reverse("catalogs:version", args=[draft.pk])).content.decode()
    assert client.get(take_over).status_code == 302
    with pytest.raises(DomainError):
        actions.take_over(by=people["uploader"], version=draft, commons=[first.identity])
    item = catalogs.make_submitted(people, province.office).items.first()
    with pytest.raises(DomainError):
        actions.promote(by=people["editor"], item=item, values=catalogs.item_values(8))
    client.force_login(people["editor"])
    assert (
        reverse("catalogs:promote", args=[item.version_id, item.pk])
        not in client.get(reverse("catalogs:item", args=[item.version_id, item.pk])).content.decode()
    )


def test_files_public_pages_and_differences_say_which_items_are_common(client, draft, common, people):
    first, second, *_others = common.items.in_order()
    taken = actions.take_over(by=people["uploader"], version=draft, commons=[first.identity]).items[0]
    draft.refresh_from_db()
    own = catalog_actions.add_item(
        by=people["uploader"], version=draft, values=catalogs.item_values(40, name="Việc riêng")
    )
    catalog_actions.edit_items(
        by=people["uploader"],
        version=draft,
        items=[taken],
        changes={"coefficient": first.coefficient + Decimal("0.01")},
    )
    draft.refresh_from_db()
    decided = catalogs.decide(
        catalogs.accept(catalogs.submit(draft, people["uploader"]), people["editor"]), people["provincial_approver"]
    )
    table = items_table(decided, ItemWords(), common_of_catalog(decided.catalog_id))
    assert table.headings[-1] == "Mã Danh mục chung"
    assert [row[-1] for row in table.rows] == [first.code, ""]

    page = decided.catalog.page
    shown = client.get(page.url).content.decode()
    assert f"Thuộc Danh mục chung: {first.code} {first.name} · hệ số chung" in shown
    assert shown.count("Thuộc Danh mục chung") == 1
    one = client.get(f"{page.url}phien-ban/{decided.number}/muc/{taken.identity}/").content.decode()
    link = f"{common.catalog.page.url}muc/{first.identity}/"
    assert link in one and client.get(link, follow=True).status_code == 200
    assert (
        "Danh mục chung:"
        not in client.get(f"{page.url}phien-ban/{decided.number}/muc/{own.identity}/").content.decode()
    )
    file = client.get(f"{page.url}tai-ve/{decided.number}/csv/")
    assert first.code in b"".join(file.streaming_content).decode()

    # Nothing is said in public of what is not public.
    common.catalog.page.unpublish()
    assert "Thuộc Danh mục chung" not in client.get(page.url + "?q=").content.decode()
    assert find_common([first.identity])

    following = catalogs.make_version(people["uploader"], decided.catalog.agency)
    assert common_changes(decided, following) == ([], [])
    actions.end_link(by=people["editor"], link=CommonLink.objects.get(), reason="Việc khác")
    assert common_changes(decided, following) == ([], [taken.identity])
    client.force_login(people["editor"])
    difference = reverse("catalogs:difference", args=[decided.catalog_id])
    assert "Không còn thuộc Danh mục chung" in client.get(difference, {"section": "common"}).content.decode()


def test_a_file_with_codes_of_the_common_list_comes_back_with_zero_changes(draft, common, people):
    first = common.items.in_order()[0]
    actions.take_over(by=people["uploader"], version=draft, commons=[first.identity])
    draft.refresh_from_db()
    table = items_table(draft, ItemWords(), common_of_catalog(draft.catalog_id))
    content = "".join(csv_lines(table)).encode()
    assert first.code in content.decode().splitlines()[1].split(",")[-1]

    verdict = verdict_on("danh-muc.csv", content, draft.catalog.agency)

    assert [row.change for row in verdict.items] == ["same"]
    assert not verdict.errors and not [note for note in verdict.notes if note.code == "unknown_column"]


def test_what_is_offered_leaves_out_drafts_of_the_province(draft, common, people, province):
    following = catalogs.make_version(people["editor"], province.root)
    catalog_actions.add_item(by=people["editor"], version=following, values=catalogs.item_values(77))
    assert set(offered_to(draft).values_list("version", flat=True)) == {common.pk}


def test_programs_read_the_common_list_with_its_members_in_a_number_of_queries_that_none_can_raise(
    client, draft, common, people, django_assert_max_num_queries
):
    first, second, *_others = common.items.in_order()
    asked = "/api/v1/common-items/"
    rows = client.get(asked).json()["results"]
    assert [row["code"] for row in rows] == [item.code for item in common.items.in_order()]
    assert {(row["state"], tuple(row["members"])) for row in rows} == {("in_force", ())}

    taken = actions.take_over(by=people["uploader"], version=draft, commons=[first.identity, second.identity]).items
    # A draft's items are told to nobody.
    assert client.get(asked).json()["results"][0]["members"] == []
    draft.refresh_from_db()
    decided = catalogs.accept(catalogs.submit(draft, people["uploader"]), people["editor"])
    decided = catalogs.decide(decided, people["provincial_approver"])
    with django_assert_max_num_queries(4):
        row = client.get(asked, {"search": first.code}).json()["results"][0]
    member = row["members"][0]
    assert (member["agency"], member["identity"]) == (decided.catalog.agency.code, str(taken[0].identity))
    assert member["coefficient"] == row["coefficient"] == f"{first.coefficient:.4f}"
    assert client.get(member["url"]).json()["code"] == first.code
    with django_assert_max_num_queries(4):
        assert sum(len(row["members"]) for row in client.get(asked).json()["results"]) == 2
    assert client.get(asked, {"fields": "code", "page_size": 1}).json()["results"] == [{"code": first.code}]

    following = catalogs.make_version(people["editor"], common.catalog.agency)
    catalog_actions.add_item(by=people["editor"], version=following, values=catalogs.item_values(77))
    assert len(client.get(asked).json()["results"]) == 4
    client.force_login(people["editor"])
    assert [row["state"] for row in client.get(asked).json()["results"]] == ["in_force"] * 4 + ["coming"]


def test_differences_of_decided_versions_say_which_links_were_made_and_ended(client, draft, common, people):
    def decide(version, days_ago):
        accepted = catalogs.accept(catalogs.submit(version, people["uploader"]), people["editor"])
        day = timezone.localdate() - datetime.timedelta(days=days_ago)
        return catalogs.decide(accepted, people["provincial_approver"], day)

    def file_of(address, **asked):
        return list(csv.reader(io.StringIO(b"".join(client.get(address, asked).streaming_content).decode("utf-8-sig"))))

    first, second, *_others = common.items.in_order()
    kept, ended = actions.take_over(
        by=people["uploader"], version=draft, commons=[first.identity, second.identity]
    ).items
    draft.refresh_from_db()
    decided = decide(draft, 3)
    following = decide(catalogs.make_version(people["uploader"], decided.catalog.agency), 2)
    page = decided.catalog.page
    address = f"{page.url}so-sanh/{decided.number}/{following.number}/"
    before = client.get(address).content.decode()
    assert "Liên kết với Danh mục chung" not in before and "Hai phiên bản" in before

    link = CommonLink.objects.get(identity=ended.identity)
    actions.end_link(by=people["editor"], link=link, reason="Việc khác")
    last = decide(catalogs.make_version(people["uploader"], decided.catalog.agency), 1)
    address = f"{page.url}so-sanh/{following.number}/{last.number}/"
    shown = client.get(address).content.decode()
    assert "Liên kết với Danh mục chung" in shown
    assert f"{second.code} {second.name}</del>" in shown and first.name + "</del>" not in shown
    line = ["Liên kết", ended.code, ended.name, "Mã Danh mục chung", second.code, ""]
    assert line in file_of(f"{address}csv/")
    client.force_login(people["editor"])
    own = reverse("catalogs:difference_file", args=[decided.catalog_id, "csv"])
    assert line in file_of(own, before=following.number, after=last.number)
    client.logout()

    # Nothing is told in public of a common list that is not public, nor kept of it.
    common.catalog.page.unpublish()
    assert "Liên kết với Danh mục chung" not in client.get(address + "?x=1").content.decode()
    assert line not in file_of(f"{address}csv/")
