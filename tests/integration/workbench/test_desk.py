"""A version read on one screen: the list beside the item, what was seen, notes, and the way to the next item."""

from decimal import Decimal

import pytest

from cms.catalogs import actions
from cms.catalogs.models import ItemSeen
from cms.catalogs.outliers import find_outliers
from cms.fairness.models import FairnessFinding, FairnessReport
from tests.factories import catalogs
from tests.integration.curation.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(people, province):
    """Return a submitted version of 120 items."""
    return catalogs.make_submitted(people, province.statistics, items=120)


def test_one_reads_on_from_item_to_item_and_never_back_to_the_top(
    client_of, people, version, url, reported, django_assert_max_num_queries
):
    client = client_of(people["editor"])
    items = list(version.items.in_order())
    read = url("read", version.pk)

    def address(item):
        return url("read_item", version.pk, item.pk)

    first = client.get(read)
    assert first.context["panel"].item == items[0] and len(first.context["lines"]) == 50
    assert "Đã xem 0/120" in first.content.decode()

    # On the second page, in the middle of the narrowed list.
    onward = client.post(f"{address(items[60])}?show=unseen", {"act": "seen"})
    assert onward.url == f"{address(items[61])}?show=unseen#td-item"
    with django_assert_max_num_queries(30):
        shown = client.get(onward.url)
    assert shown.context["window"].number == 2 and shown.context["window"].total == 119
    assert items[60] not in shown.context["window"].rows
    assert shown.context["previous_url"].startswith(address(items[59]))

    noted = client.post(f"{address(items[61])}?q=bao cao&show=", {"act": "note", "text": "Ghi rõ đầu ra"})
    assert noted.url == f"{address(items[62])}?q=bao+cao#td-item"
    assert [note.text for note in items[61].remarks.all()] == ["Ghi rõ đầu ra"]
    assert set(ItemSeen.objects.of(people["editor"], version).values_list("item", flat=True)) == {
        items[60].pk, items[61].pk,
    }  # fmt: skip
    assert not ItemSeen.objects.of(people["approver"], version).exists()
    empty = client.post(address(items[3]), {"act": "note", "text": "  "})
    assert empty.status_code == 200 and empty.context["note_form"].errors

    note = items[61].remarks.get()
    assert client.get(read, {"show": "notes"}).context["window"].rows == [items[61]]
    closed = client.post(address(items[61]), {"act": "close", "remark": note.pk})
    assert closed.url == f"{address(items[61])}?#td-item"
    assert not version.remarks.open_notes().exists()
    # A note of another item is not there.
    assert client.post(address(items[5]), {"act": "close", "remark": note.pk}).status_code == 404

    last = client.post(address(items[-1]), {"act": "seen"})
    assert last.url == f"{address(items[-1])}?#td-item" and "mục cuối" in reported(last)
    client.post(address(items[-1]), {"act": "unseen"})
    assert ItemSeen.objects.of(people["editor"], version).count() == 2
    assert client.get(read, {"q": "khong co gi"}).context["panel"] is None


def test_a_note_on_many_items_and_its_bad_input(client_of, people, version, url, reported):
    client = client_of(people["editor"])
    items = list(version.items.in_order())
    address = url("read_notes", version.pk)

    nothing = client.post(address, {"text": "Ghi rõ", "reading": items[2].pk})
    assert "Hãy chọn các mục" in reported(nothing) and nothing.url.startswith(url("read_item", version.pk, items[2].pk))
    unworded = client.post(address, {"item": [items[0].pk], "text": " "})
    assert "Hãy nêu" in reported(unworded)
    assert not version.remarks.exists()

    client.post(address, {"item": [item.pk for item in items[:5]] + ["x"], "text": "Thống nhất đơn vị tính"})
    assert version.remarks.open_notes().count() == 5

    for role in ("uploader", "other_uploader"):
        refused = client_of(people[role]).post(address, {"item": [items[0].pk], "text": "x"})
        assert refused.status_code == (302 if role == "uploader" else 404)
    assert version.remarks.count() == 5


def test_what_was_changed_is_unseen_again_and_stands_beside_the_version_before(client_of, people, province, url):
    old = catalogs.make_approved(people, province.statistics)
    version = catalogs.make_version(people["uploader"], province.statistics)
    first, second, _third = version.items.in_order()
    new = catalogs.make_items(version, 1, start=4)[0]
    actions.edit_items(by=people["uploader"], version=version, items=[first], changes={"output": "Tờ trình"})
    catalogs.submit(version, people["uploader"])
    actions.mark_seen(by=people["editor"], version=version, items=[first, second])
    actions.mark_seen(by=people["approver"], version=version, items=[first])
    client = client_of(people["approver"])

    changed = client.get(url("read", version.pk), {"show": "changed"})
    assert [line.item for line in changed.context["lines"]] == [first, new]
    assert [(each.before, each.after) for each in changed.context["panel"].changes] == []
    panel = client.get(url("read_item", version.pk, first.pk)).context["panel"]
    assert [(each.before, each.after) for each in panel.changes] == [("Báo cáo", "Tờ trình")]
    assert panel.was.version == old

    actions.edit_items(
        by=people["editor"], version=version, items=[first], changes={"output": "Kế hoạch"}, reason="Thống nhất"
    )
    assert list(ItemSeen.objects.values_list("person", "item")) == [(people["editor"].pk, second.pk)]


def test_the_same_work_elsewhere_stands_beside_the_item_by_lists_in_effect_alone(client_of, people, province, url):
    catalogs.make_approved(people, province.office)
    read()
    elsewhere = province.office.catalog.versions.get()
    version = catalogs.make_submitted(people, province.statistics)
    item = version.items.in_order()[0]
    actions.edit_items(
        by=people["editor"], version=version, items=[item],
        changes={"name": "BÁO CÁO thẩm định số 1", "score": Decimal(20), "coefficient": Decimal(4)}, reason="Thử",
    )  # fmt: skip

    page = client_of(people["approver"]).get(url("read_item", version.pk, item.pk))
    (alike,) = page.context["panel"].alike
    assert (alike.item.version, alike.item.coefficient, alike.times) == (elsewhere, Decimal(2), Decimal("2.0"))
    assert page.context["arithmetic"] == "20 ÷ 5 = 4"


def test_a_coefficient_far_from_its_groups_middle_is_an_outlier():
    rows = [(number, 1, Decimal(2), Decimal(number)) for number in range(4, 9)]
    rows += [(20, 1, Decimal(2), Decimal(20)), (1, 1, Decimal(4), Decimal(1)), (9, 1, None, Decimal(900))]
    rows += [(30, 2, Decimal(1), Decimal(100))]

    found = find_outliers(rows)

    assert {key: (each.of_hour, each.usual, each.is_heavy) for key, each in found.items()} == {
        20: (Decimal(10), Decimal(3), True), 1: (Decimal("0.25"), Decimal(3), False),
    }  # fmt: skip


@pytest.mark.one_database("what a screen asks for is the same on both")
def test_three_thousand_items_cost_what_a_hundred_do(client_of, people, province, url, django_assert_max_num_queries):
    old = catalogs.make_approved(people, province.statistics, items=3000)
    version = catalogs.make_version(people["uploader"], province.statistics)
    assert old.item_count == version.item_count == 3000
    catalogs.submit(version, people["uploader"])
    client = client_of(people["editor"])
    # Abbreviations, names of works and types of content are read once by a process.
    client.get(url("read", version.pk))

    sizes = set()
    for item in (version.items.in_order()[0], version.items.in_order()[1500]):
        with django_assert_max_num_queries(30):
            page = client.get(url("read_item", version.pk, item.pk))
        assert len(page.context["lines"]) == 50
        sizes.add(len(page.content) // 10_000)
    assert max(sizes) < 15


def test_one_note_goes_to_all_items_of_a_filter_as_many_as_were_shown(client_of, people, version, url, reported):
    client = client_of(people["editor"])
    items = list(version.items.in_order())
    address = f"{url('read_notes', version.pk)}?q=so 11"
    shown = client.get(url("read", version.pk), {"q": "so 11"})
    assert "Ghi góp ý cho cả 11 mục đang lọc" in shown.content.decode()

    stale = client.post(address, {"whole": "12", "text": "Thống nhất đơn vị tính", "reading": items[10].pk})
    assert "Bộ lọc hiện có 11 mục" in reported(stale) and not version.remarks.exists()
    assert "Hãy nêu" in reported(client.post(address, {"whole": "11", "text": " "}))
    client.post(address, {"whole": "11", "text": "Thống nhất đơn vị tính"})

    noted = set(version.remarks.open_notes().values_list("item", flat=True))
    assert noted == {items[10].pk, *(item.pk for item in items[109:119])}
    assert not version.remarks.exclude(text="Thống nhất đơn vị tính").exists()
    refused = client_of(people["uploader"]).post(address, {"whole": "11", "text": "x"})
    assert refused.status_code == 302 and version.remarks.count() == 11


def test_a_filter_of_too_many_items_takes_no_note(client_of, people, version, url, reported, monkeypatch):
    monkeypatch.setattr("catalog_pages.admin.desk._MOST_NOTED", 10)
    client = client_of(people["editor"])

    page = client.get(url("read", version.pk), {"show": "unseen"}).content.decode()
    answer = client.post(f"{url('read_notes', version.pk)}?show=unseen", {"whole": "120", "text": "x"})

    assert "tối đa 10 mục" in page and 'name="whole"' not in page
    assert "tối đa 10 mục" in reported(answer) and not version.remarks.exists()


def test_what_stands_out_is_said_in_the_panel_and_leads_to_the_finding(client_of, people, province, version, url):
    item = version.items.in_order()[3]
    report = FairnessReport.objects.create(state="ready")
    numbers = dict.fromkeys(("usual", "low", "high"), Decimal(1)) | {"value": Decimal("12.5")}
    finding = FairnessFinding.objects.create(
        report=report, kind="coefficient", agency=province.statistics, version=version, item=item,
        distance=12, compared=40, **numbers,
    )  # fmt: skip
    client = client_of(people["editor"])

    desk = client.get(url("read", version.pk), {"show": "finding"})

    assert [line.item for line in desk.context["lines"]] == [item]
    page = desk.content.decode()
    assert finding.sentence in page and f"/admin/fairness/?item={item.pk}" in page
    assert "<kbd>a</kbd>" in page and 'data-desk="accept"' in page
    listed = client.get(f"/admin/fairness/?item={item.pk}").content.decode()
    assert finding.sentence in listed
    assert finding.sentence not in client.get(f"/admin/fairness/?item={item.pk + 1}").content.decode()
    # Who does not compare the province's coefficients reads nothing of it.
    approver = client_of(people["provincial_approver"]).get(url("read_item", version.pk, item.pk)).content.decode()
    assert finding.sentence not in approver and "<kbd>a</kbd>" not in approver
