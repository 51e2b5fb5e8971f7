"""Listing, searching, editing and noting items."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog_pages.admin.forms import fingerprint
from cms.catalogs import actions
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem
from cms.core.numbers import input_decimal_vi
from tests.factories import catalogs


def _posted(item, **changes):
    """Return the item as its form posts it."""
    data = {name: getattr(item, name) for name in CONTENT_FIELDS} | changes
    texts = {name: input_decimal_vi(value) if hasattr(value, "quantize") else value for name, value in data.items()}
    return {name: "" if value is None else value for name, value in texts.items()} | {"seen": fingerprint(item)}


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["", "?field=Tổng hợp", "?group=1", "?q=tham dinh", "?marked=notes"])
def test_the_list_costs_the_same_number_of_queries_for_10_and_200_items(client_of, people, province, url, address):
    small = catalogs.make_version(people["uploader"], province.statistics, items=10)
    large = catalogs.make_version(people["other_uploader"], province.office, items=200)
    client = client_of(people["editor"])

    assert _queries(client, url("items", small.pk) + address) == _queries(client, url("items", large.pk) + address)


def test_the_workbench_costs_the_same_number_of_queries_for_10_and_200_items(client_of, people, province, url):
    small = catalogs.make_submitted(people, province.statistics, items=10)
    large = catalogs.make_submitted(people, province.office, items=200)
    client = client_of(people["editor"])

    assert _queries(client, url("version", small.pk)) == _queries(client, url("version", large.pk))


def test_remarks_on_a_page_do_not_cost_a_query_each(client_of, people, province, url):
    version = catalogs.make_submitted(people, province.statistics, items=20)
    client = client_of(people["uploader"])
    items = list(version.items.all())
    actions.leave_note(by=people["editor"], version=version, item=items[0], text="Sửa")
    with_one = _queries(client, url("items", version.pk))
    for item in items[1:10]:
        actions.leave_note(by=people["editor"], version=version, item=item, text="Sửa")

    assert _queries(client, url("items", version.pk)) == with_one


def test_pages_follow_each_other_and_hold_every_item_once(client_of, people, province, url):
    version = catalogs.make_version(people["uploader"], province.statistics, items=120)
    client, codes, after = client_of(people["uploader"]), [], ""
    for _page in range(3):
        page = client.get(url("items", version.pk), {"after": after}).context["page"]
        codes += [item.code for item in page.rows]
        after = page.next

    assert after is None
    assert codes == list(version.items.in_order().values_list("code", flat=True))


@pytest.mark.parametrize("query", [{"q": "dat dai"}, {"q": "đất đai"}, {"q": "TK.00002"}])
def test_search_finds_with_and_without_diacritics(client_of, people, draft, url, query):
    item = draft.items.get(code="TK.00002")
    actions.edit_items(by=people["uploader"], version=draft, items=[item], changes={"name": "Hồ sơ đất đai"})

    page = client_of(people["uploader"]).get(url("items", draft.pk), query).context["page"]

    assert [found.code for found in page.rows] == ["TK.00002"]


def test_a_finding_leads_to_its_items(client_of, people, draft, url):
    wrong = draft.items.first()
    draft.items.filter(pk=wrong.pk).update(coefficient=7)

    page = (
        client_of(people["uploader"]).get(url("items", draft.pk), {"finding": "coefficient_not_score"}).context["page"]
    )

    assert [item.pk for item in page.rows] == [wrong.pk]


def test_a_broken_page_address_is_told_and_not_a_server_error(client_of, people, draft, url):
    assert client_of(people["uploader"]).get(url("items", draft.pk), {"after": "???"}).status_code == 302


def test_an_item_is_edited_with_a_decimal_comma(client_of, people, draft, url):
    item = draft.items.first()

    client_of(people["uploader"]).post(url("item", draft.pk, item.pk), _posted(item, score="7,5", coefficient="1,5"))

    item.refresh_from_db()
    assert (str(item.score), str(item.coefficient)) == ("7.5000", "1.5000")


def test_an_ambiguous_number_is_refused_with_its_two_readings(client_of, people, draft, url):
    item = draft.items.first()

    response = client_of(people["uploader"]).post(url("item", draft.pk, item.pk), _posted(item, score="1.125"))

    assert "1125" in str(response.context["form"].errors["score"])


@pytest.mark.parametrize("coefficient", ["0", "-1", "abc"])
def test_a_coefficient_must_be_a_positive_number(client_of, people, draft, url, coefficient):
    item = draft.items.first()

    response = client_of(people["uploader"]).post(
        url("item", draft.pk, item.pk), _posted(item, coefficient=coefficient)
    )

    assert "coefficient" in response.context["form"].errors


def test_what_is_left_blank_follows_from_the_parts(client_of, people, draft, url):
    item = draft.items.first()
    parts = {"difficulty": "1,5", "process": "2", "coordination": "3", "scope": "1"}

    client_of(people["uploader"]).post(url("item", draft.pk, item.pk), _posted(item, **parts, score="", coefficient=""))

    item.refresh_from_db()
    assert (item.score, item.coefficient) == (Decimal("7.5"), Decimal("1.5"))


def test_a_coefficient_without_a_score_is_asked_for(client_of, people, draft, url):
    item = draft.items.first()

    response = client_of(people["uploader"]).post(
        url("item", draft.pk, item.pk), _posted(item, score="", coefficient="")
    )

    assert response.context["form"].errors.keys() == {"coefficient"}


def test_parts_that_do_not_make_the_score_are_refused(client_of, people, draft, url):
    item = draft.items.first()
    parts = dict.fromkeys(("difficulty", "process", "coordination", "scope"), "1")

    response = client_of(people["uploader"]).post(
        url("item", draft.pk, item.pk), _posted(item, **parts, score="10", coefficient="2")
    )

    assert response.context["form"].errors.as_data()["score"][0].code == "parts_mismatch"
    item.refresh_from_db()
    assert item.difficulty is None


def test_a_score_over_its_frame_is_saved_and_said(client_of, people, draft, url, reported):
    item = draft.items.first()

    response = client_of(people["uploader"]).post(
        url("item", draft.pk, item.pk), _posted(item, group="1", score="101", coefficient="20,2")
    )

    item.refresh_from_db()
    assert item.score == 101
    assert "101" in reported(response)


def test_several_items_are_not_given_what_one_of_them_cannot_have(client_of, people, draft, url):
    item = draft.items.first()
    sent = {"item": [item.pk], "confirm": "1", "set_hours": "on", "hours": "0"}

    response = client_of(people["uploader"]).post(url("items_bulk", draft.pk), sent)

    assert response.context["form"].errors.as_data()["hours"][0].code == "min_value"


def test_two_items_never_get_one_code(client_of, people, draft, url):
    first, second = draft.items.in_order()[:2]

    response = client_of(people["uploader"]).post(
        url("item", draft.pk, second.pk), _posted(second, code=first.code.lower())
    )

    assert "code" in response.context["form"].errors


def test_nobody_overwrites_what_they_have_not_seen(client_of, people, draft, url):
    item = draft.items.first()
    posted = _posted(item, name="Tên tôi đặt")
    actions.edit_items(by=people["agency_head"], version=draft, items=[item], changes={"name": "Tên người khác đặt"})

    response = client_of(people["uploader"]).post(url("item", draft.pk, item.pk), posted)

    assert response.context["form"].has_error("__all__", "stale")
    item.refresh_from_db()
    assert item.name == "Tên người khác đặt"


def test_an_editor_gives_a_reason_and_the_agency_sees_before_and_after(client_of, people, submitted, url):
    item = submitted.items.first()
    client = client_of(people["editor"])

    without = client.post(url("item", submitted.pk, item.pk), _posted(item, output="Tờ trình"))
    client.post(url("item", submitted.pk, item.pk), _posted(item, output="Tờ trình", reason="Rõ đầu ra"))
    seen = client_of(people["uploader"]).get(url("items", submitted.pk)).content.decode()

    assert "reason" in without.context["form"].errors
    assert "Báo cáo</del>" in seen
    assert "Tờ trình</ins>" in seen
    assert "Rõ đầu ra" in seen


def test_the_agency_cannot_edit_what_it_submitted(client_of, people, submitted, url):
    item = submitted.items.first()

    response = client_of(people["uploader"]).post(url("item", submitted.pk, item.pk), _posted(item, name="Khác"))

    assert response.status_code == 302
    assert CatalogItem.objects.get(pk=item.pk).name == item.name


def test_nobody_edits_an_approved_item(client_of, people, approved, url):
    item = approved.items.first()

    for role in ("uploader", "editor", "approver", "provincial_approver"):
        client_of(people[role]).post(url("item", approved.pk, item.pk), _posted(item, name="Khác"))

    assert CatalogItem.objects.get(pk=item.pk).name == item.name


def test_an_item_is_added_at_the_end(client_of, people, draft, url):
    data = _posted(draft.items.first(), code="TK.NEW", name="Việc mới")

    client_of(people["uploader"]).post(url("item_add", draft.pk), data)

    assert draft.items.in_order().last().code == "TK.NEW"


def test_several_items_are_edited_at_once_after_a_look(client_of, people, draft, url):
    keys = [item.pk for item in draft.items.in_order()[:2]]
    client = client_of(people["uploader"])

    looked = client.post(url("items_bulk", draft.pk), {"item": keys, "act": "edit"})
    data = {
        "item": keys,
        "act": "edit",
        "confirm": "1",
        "set_field": "on",
        "field": "Lĩnh vực mới",
        "unit": "không đặt",
    }
    client.post(url("items_bulk", draft.pk), data)

    assert looked.context["chosen"] == list(draft.items.filter(pk__in=keys).in_order())
    assert draft.items.filter(field="Lĩnh vực mới").count() == 2
    assert not draft.items.filter(unit="không đặt").exists()


def test_a_bulk_edit_of_a_submitted_version_needs_a_reason(client_of, people, submitted, url):
    keys = [item.pk for item in submitted.items.all()]
    data = {"item": keys, "act": "edit", "confirm": "1", "set_field": "on", "field": "Khác"}
    client = client_of(people["editor"])

    without = client.post(url("items_bulk", submitted.pk), data)
    unchanged = submitted.items.filter(field="Khác").count()
    client.post(url("items_bulk", submitted.pk), data | {"reason": "Thống nhất lĩnh vực"})

    assert "reason" in without.context["form"].errors
    assert (unchanged, submitted.items.filter(field="Khác").count()) == (0, 3)
    assert submitted.remarks.filter(text="Thống nhất lĩnh vực").count() == 3


def test_a_bulk_removal_is_confirmed_and_stays_in_its_version(client_of, people, province, draft, url):
    foreign = catalogs.make_version(people["other_uploader"], province.office).items.first()
    own = draft.items.first()
    client = client_of(people["uploader"])

    client.post(url("items_bulk", draft.pk), {"item": [own.pk, foreign.pk], "act": "remove"})
    still_there = draft.items.count()
    client.post(url("items_bulk", draft.pk), {"item": [own.pk, foreign.pk], "act": "remove", "confirm": "1"})

    assert (still_there, draft.items.count()) == (3, 2)
    assert CatalogItem.objects.filter(pk=foreign.pk).exists()


def test_a_note_stands_on_its_item_for_the_agency(client_of, people, submitted, url):
    item = submitted.items.first()

    client_of(people["editor"]).post(url("item_note", submitted.pk, item.pk), {"text": "Nêu tên văn bản"})
    page = client_of(people["uploader"]).get(url("items", submitted.pk), {"marked": "notes"})

    assert [found.pk for found in page.context["page"].rows] == [item.pk]
    assert "Nêu tên văn bản" in page.content.decode()


def test_only_those_who_appraise_leave_notes(client_of, people, submitted, url):
    item = submitted.items.first()

    response = client_of(people["uploader"]).post(url("item_note", submitted.pk, item.pk), {"text": "Tự khen"})

    assert response.status_code == 302
    assert not submitted.remarks.exists()
