"""Items are written column by column: what a person does not see stays, and the agency reads only what it sees."""

import pytest

from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import ExtraColumn, ItemRemark
from cms.catalogs.wording import ItemWords
from cms.core.errors import NotAllowed
from tests.factories.catalogs import item_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns(people):
    make = lambda **fields: actions.save_column(by=people["editor"], **fields)  # noqa: E731
    return [
        make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"]),
        make(name="Dịch vụ công", kind="yes_no", audience="offices"),
        make(name="Hạn rà soát", kind="date"),
        make(name="Số năm trước", kind="number"),
        make(name="Ghi chú nội bộ", kind="text", audience="appraisers"),
    ]


def test_one_column_is_set_and_the_others_stay(people, draft, columns):
    item = draft.items.first()
    edit = lambda **by: actions.edit_items(version=draft, items=[item], **by)  # noqa: E731
    edit(by=people["editor"], changes={"extra.ghi_chu_noi_bo": "mật", "extra.muc_uu_tien": "Cao"})
    edit(by=people["uploader"], changes={"extra.muc_uu_tien": "", "extra.dich_vu_cong": "yes", "note": "mới"})

    item.refresh_from_db()
    assert (item.extra, item.note) == ({"ghi_chu_noi_bo": "mật", "dich_vu_cong": "yes"}, "mới")
    draft.refresh_from_db()
    assert draft.summary["choices"] == {"dich_vu_cong": {"yes": 1}}
    event = AuditEvent.objects.filter(action="catalog_item.edit").first()
    assert event.after == {item.code: {"note": "mới", "extra.muc_uu_tien": "", "extra.dich_vu_cong": "yes"}}


@pytest.mark.parametrize("name", ["ghi_chu_noi_bo", "khong_co"])
def test_nobody_writes_a_column_that_is_not_theirs(people, draft, columns, name):
    with pytest.raises(NotAllowed):
        actions.edit_items(
            by=people["uploader"], version=draft, items=draft.items.all(), changes={f"extra.{name}": "x"}
        )
    with pytest.raises(NotAllowed):
        actions.add_item(by=people["uploader"], version=draft, values=item_values(50) | {f"extra.{name}": "x"})
    assert not any(draft.items.values_list("extra", flat=True))


def test_a_column_out_of_use_is_not_written(people, draft, columns):
    actions.save_column(by=people["editor"], column_id=columns[0].pk, in_use=False)
    with pytest.raises(NotAllowed):
        actions.edit_items(
            by=people["editor"], version=draft, items=draft.items.all(), changes={"extra.muc_uu_tien": "Cao"}
        )


def test_an_item_is_added_with_them(people, draft, columns):
    values = item_values(50) | {"extra.muc_uu_tien": "Cao", "extra.han_ra_soat": ""}
    assert actions.add_item(by=people["uploader"], version=draft, values=values).extra == {"muc_uu_tien": "Cao"}


def test_a_change_that_the_agency_does_not_see_leaves_no_remark(people, submitted, columns):
    first, second, _third = submitted.items.in_order()
    hidden, seen = {"extra.ghi_chu_noi_bo": "mật"}, {"extra.muc_uu_tien": "Cao"}
    for item, changes in ((first, hidden), (second, hidden | seen)):
        actions.edit_items(by=people["editor"], version=submitted, items=[item], changes=changes, reason="Rà soát")

    remark = ItemRemark.objects.get()
    assert remark.item == second
    agency = submitted.catalog.agency
    words = {who: ItemWords(ExtraColumn.objects.seen_by(people[who], agency)) for who in ("uploader", "editor")}
    reported = {
        who: [(change.label, change.after) for change in said.changes(remark.changes)] for who, said in words.items()
    }
    assert reported["uploader"] == [("Mức ưu tiên", "Cao")]
    assert set(reported["editor"]) == {("Mức ưu tiên", "Cao"), ("Ghi chú nội bộ", "mật")}


def test_words_read_as_people_write(columns, django_assert_num_queries):
    words = ItemWords(ExtraColumn.objects.all())
    held = {"muc_uu_tien": "Cao", "dich_vu_cong": "no", "han_ra_soat": "2026-06-05", "so_nam_truoc": "1234.5"}

    with django_assert_num_queries(1):
        assert words.filled(held) == [
            ("Mức ưu tiên", "Cao"), ("Dịch vụ công", "Không"), ("Hạn rà soát", "05/06/2026"),
            ("Số năm trước", "1.234,5"),
        ]  # fmt: skip
        changes = words.changes(
            {"extra.han_ra_soat": ("", "2026-06-05"), "coefficient": ("1.5000", "2"), "note": ("", "a")}
        )
    assert [(c.label, c.before, c.after) for c in changes] == [
        ("Hệ số quy đổi", "1,5", "2"), ("Ghi chú", "–", "a"), ("Hạn rà soát", "–", "05/06/2026"),
    ]  # fmt: skip


def test_words_change_their_stamp_with_what_is_seen_and_how_it_is_called(people, columns):
    stamps = [ItemWords(ExtraColumn.objects.public()).stamp]
    actions.save_column(by=people["editor"], column_id=columns[0].pk, name="Độ ưu tiên")
    stamps.append(ItemWords(ExtraColumn.objects.public()).stamp)
    actions.save_column(by=people["editor"], column_id=columns[0].pk, audience="offices")
    stamps.append(ItemWords(ExtraColumn.objects.public()).stamp)
    assert len(set(stamps)) == 3
    assert ItemWords().stamp == ""
