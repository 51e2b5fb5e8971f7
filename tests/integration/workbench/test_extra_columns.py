"""Extra columns in the workbench: shown, filtered by, filled in, set on many items at once, by those who see them."""

import pytest

from cms.catalogs import actions
from cms.catalogs.models import CatalogItem


@pytest.fixture
def columns(people):
    make = lambda **fields: actions.save_column(by=people["editor"], **fields)  # noqa: E731
    return {
        column.key: column
        for column in (
            make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"], required=True, help_text="Theo kế hoạch"),
            make(name="Dịch vụ công", kind="yes_no"),
            make(name="Hạn rà soát", kind="date"),
            make(name="Số năm trước", kind="number", audience="offices"),
            make(name="Ghi chú nội bộ", kind="text", audience="appraisers"),
        )
    }


@pytest.fixture
def filled(draft, people, columns):
    """The first item of the draft, filled in; the second with the other choice."""
    first, second, _third = draft.items.in_order()
    held = {
        "extra.muc_uu_tien": "Cao", "extra.dich_vu_cong": "yes", "extra.han_ra_soat": "2026-06-05",
        "extra.so_nam_truoc": "1234.5", "extra.ghi_chu_noi_bo": "lời kín",
    }  # fmt: skip
    actions.edit_items(by=people["editor"], version=draft, items=[first], changes=held)
    actions.edit_items(by=people["editor"], version=draft, items=[second], changes={"extra.muc_uu_tien": "Thấp"})
    draft.refresh_from_db()
    first.refresh_from_db()
    return first


def items_url(version):
    return f"/admin/catalogs/versions/{version.pk}/items/"


def fields_of(response):
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields if name.startswith("extra.")}


def posted(response, **changes):
    """The form as it stands on the screen, with some fields changed."""
    form = response.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    prepared = {name: form.fields[name].prepare_value(value) for name, value in shown.items()}
    return {name: "" if value is None else value for name, value in prepared.items()} | changes


def test_the_list_shows_and_filters_what_the_person_sees(client_of, people, draft, filled):
    agency, editor = client_of(people["uploader"]), client_of(people["editor"])
    text = agency.get(items_url(draft)).content.decode()
    assert "05/06/2026" in text
    assert "lời kín" not in text
    assert "Ghi chú nội bộ" not in text

    def found(client, **query):
        return [line["item"].pk for line in client.get(items_url(draft), query).context["lines"]]

    assert found(agency, **{"cot.muc_uu_tien": "cao"}) == [filled.pk]
    assert found(agency, **{"cot.dich_vu_cong": "co"}) == [filled.pk]
    assert len(found(agency, **{"cot.muc_uu_tien": "khong-co"})) == 3
    assert found(editor, **{"cot.muc_uu_tien": "thap", "q": "bao cao"}) == [filled.pk + 1]


def test_the_list_costs_the_same_for_few_and_many_columns(client_of, people, draft, filled, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(people["uploader"])

    def cost():
        client.get(items_url(draft))
        with CaptureQueriesContext(connection) as queries:
            client.get(items_url(draft))
        return len(queries)

    before = cost()
    for number in range(5):
        column = actions.save_column(by=people["editor"], name=f"Cột {number}", kind="yes_no")
        changes = {column.field_name: "yes"}
        actions.edit_items(by=people["editor"], version=draft, items=draft.items.all(), changes=changes)
    assert cost() == before


def test_an_item_is_filled_in_by_kind_and_hidden_columns_stay(client_of, people, draft, filled):
    client = client_of(people["uploader"])
    address = f"{items_url(draft)}{filled.pk}/"
    opened = client.get(address)
    assert list(fields_of(opened)) == [
        "extra.muc_uu_tien", "extra.dich_vu_cong", "extra.han_ra_soat", "extra.so_nam_truoc",
    ]  # fmt: skip
    assert 'value="1234,5"' in opened.content.decode()
    assert "Theo kế hoạch" in opened.content.decode()

    changes = {
        "extra.muc_uu_tien": "Thấp", "extra.dich_vu_cong": "no", "extra.han_ra_soat": "1/7/2026",
        "extra.so_nam_truoc": "", "extra.ghi_chu_noi_bo": "viết đè",
    }  # fmt: skip
    assert client.post(address, posted(opened, **changes)).status_code == 302

    filled.refresh_from_db()
    assert filled.extra == {
        "muc_uu_tien": "Thấp", "dich_vu_cong": "no", "han_ra_soat": "2026-07-01", "ghi_chu_noi_bo": "lời kín",
    }  # fmt: skip


def test_nothing_is_changed_by_saving_what_is_shown(client_of, people, draft, filled):
    client = client_of(people["editor"])
    edition = draft.edition
    opened = client.get(f"{items_url(draft)}{filled.pk}/")
    client.post(f"{items_url(draft)}{filled.pk}/", posted(opened))
    draft.refresh_from_db()
    assert draft.edition == edition


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("muc_uu_tien", ""),
        ("muc_uu_tien", "Vừa"),
        ("han_ra_soat", "31/02/2026"),
        ("so_nam_truoc", "-1"),
        ("dich_vu_cong", "x"),
    ],
)
def test_a_wrong_value_is_said_at_its_field(client_of, people, draft, filled, name, value):
    client = client_of(people["uploader"])
    address = f"{items_url(draft)}{filled.pk}/"
    answer = client.post(address, posted(client.get(address), **{f"extra.{name}": value}))
    assert set(answer.context["form"].errors) == {f"extra.{name}"}


def test_what_is_out_of_use_is_shown_and_kept(client_of, people, draft, filled, columns):
    actions.save_column(by=people["editor"], column_id=columns["han_ra_soat"].pk, in_use=False)
    client = client_of(people["uploader"])
    address = f"{items_url(draft)}{filled.pk}/"
    opened = client.get(address)
    assert opened.context["form"].fields["extra.han_ra_soat"].disabled
    assert client.post(address, posted(opened, note="khác")).status_code == 302
    filled.refresh_from_db()
    assert (filled.note, filled.extra["han_ra_soat"]) == ("khác", "2026-06-05")
    assert "extra.han_ra_soat" not in fields_of(client.get(f"{items_url(draft)}{filled.pk + 1}/"))


def test_a_choice_that_is_none_any_more_is_kept(client_of, people, draft, filled, columns):
    actions.save_column(by=people["editor"], column_id=columns["muc_uu_tien"].pk, choices=["Gấp", "Thường"])
    client = client_of(people["uploader"])
    address = f"{items_url(draft)}{filled.pk}/"
    client.post(address, posted(client.get(address), note="khác"))
    filled.refresh_from_db()
    assert (filled.note, filled.extra["muc_uu_tien"]) == ("khác", "Cao")
    assert [line["item"].pk for line in client.get(items_url(draft), {"cot.muc_uu_tien": "cao"}).context["lines"]] == [
        filled.pk
    ]


def test_many_items_are_given_the_same(client_of, people, draft, filled):
    client = client_of(people["uploader"])
    chosen = {"item": list(draft.items.values_list("pk", flat=True)), "act": "edit"}
    first = client.post(f"{items_url(draft)}bulk/", chosen)
    assert "extra.muc_uu_tien" in first.context["form"].fields
    assert "extra.ghi_chu_noi_bo" not in first.context["form"].fields

    confirm = chosen | {
        "confirm": "1", "set_extra.muc_uu_tien": "on", "extra.muc_uu_tien": "Cao", "set_extra.han_ra_soat": "on",
        "set_extra.ghi_chu_noi_bo": "on", "extra.ghi_chu_noi_bo": "viết đè",
    }  # fmt: skip
    assert client.post(f"{items_url(draft)}bulk/", confirm).status_code == 302
    held = list(draft.items.in_order().values_list("extra", flat=True))
    assert [each.get("muc_uu_tien") for each in held] == ["Cao"] * 3
    assert [each.get("ghi_chu_noi_bo") for each in held] == ["lời kín", None, None]
    assert not any("han_ra_soat" in each for each in held)

    empty = client.post(f"{items_url(draft)}bulk/", confirm | {"extra.muc_uu_tien": ""})
    assert set(empty.context["form"].errors) == {"extra.muc_uu_tien"}


def test_changes_and_differences_read_in_vietnamese(client_of, people, submitted, columns):
    item = submitted.items.in_order().first()
    changes = {"extra.dich_vu_cong": "yes", "extra.ghi_chu_noi_bo": "lời kín"}
    actions.edit_items(by=people["editor"], version=submitted, items=[item], changes=changes, reason="Rà soát")
    catalog = submitted.catalog_id
    for address in (
        f"/admin/catalogs/versions/{submitted.pk}/", items_url(submitted), f"{items_url(submitted)}{item.pk}/",
    ):  # fmt: skip
        own, theirs = (client_of(people[who]).get(address).content.decode() for who in ("uploader", "editor"))
        assert "Dịch vụ công:" in own
        assert '<ins><span class="w-sr-only">sau: </span>Có</ins>' in own.replace("Sau:", "sau:")
        assert "lời kín" not in own
        assert "lời kín" in theirs, address
    assert CatalogItem.objects.get(pk=item.pk).extra["dich_vu_cong"] == "yes"
    assert client_of(people["uploader"]).get(f"/admin/catalogs/{catalog}/difference/").status_code == 200
