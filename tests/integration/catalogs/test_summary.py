"""The totals that a version keeps are what counting its items gives, whatever was done to them."""

import random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.catalogs import actions
from cms.catalogs.actions import drafting
from cms.catalogs.models import CatalogItem, CatalogVersion
from tests.factories import catalogs
from tests.factories.catalogs import item_values

pytestmark = pytest.mark.django_db

FIELDS = ["", "Tổng hợp", "Kế hoạch", "Tài chính"]
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "field": st.sampled_from(FIELDS), "group": st.integers(1, 5), "note": st.sampled_from(["", "x"]),
        "extra.muc_uu_tien": st.sampled_from(["", "Cao", "Thấp"]),
        "extra.dich_vu_cong": st.sampled_from(["", "yes", "no"]),
        "extra.ghi_chu_them": st.sampled_from(["", "a", "b"]),
    },
)  # fmt: skip
ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "remove", "bulk", "upload", "column", "turn"]), VALUES, st.randoms()),
    min_size=1, max_size=8,
)  # fmt: skip


@pytest.fixture
def columns(people):
    make = lambda **fields: actions.save_column(by=people["editor"], **fields)  # noqa: E731
    return [
        make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"]),
        make(name="Dịch vụ công", kind="yes_no"),
        make(name="Ghi chú thêm", kind="text"),
    ]


def some(chance: random.Random, version: CatalogVersion, most: int = 4) -> list[CatalogItem]:
    items = list(version.items.in_order())
    return chance.sample(items, min(len(items), chance.randint(0, most)))


class Acts:
    """What people do to the items of one draft."""

    def __init__(self, people, version, columns):
        self.by, self.editor, self.version, self.columns = people["uploader"], people["editor"], version, columns
        self.number = 100

    def new(self, values):
        self.number += 1
        return item_values(self.number) | values

    def add(self, values, chance):
        actions.add_item(by=self.by, version=self.version, values=self.new(values))

    def edit(self, values, chance):
        actions.edit_items(by=self.by, version=self.version, items=some(chance, self.version), changes=values)

    def remove(self, values, chance):
        actions.remove_items(by=self.by, version=self.version, items=some(chance, self.version))

    def bulk(self, values, chance):
        doing = [actions.ItemOperation("add", self.new(values))]
        for item in some(chance, self.version):
            doing.append(actions.ItemOperation("change", values, identity=item.identity))
        for item in some(chance, self.version):
            doing.append(actions.ItemOperation("remove", identity=item.identity))
        chance.shuffle(doing)
        actions.write_items(by=self.by, version=self.version, operations=doing)

    def upload(self, values, chance):
        values = {name: value for name, value in values.items() if not name.startswith("extra.")}
        rows = [actions.ItemRow({"code": item.code} | values, item.identity) for item in some(chance, self.version)]
        rows.append(actions.ItemRow(self.new(values) | {"extra": {"muc_uu_tien": "Cao"}}))
        missing = chance.choice(["remove", "keep"])
        actions.write_rows(by=self.by, version=self.version, rows=rows, missing=missing)

    def column(self, values, chance):
        if chance.random() < 0.5 and len(self.columns) < 6:
            kind, name = chance.choice(["yes_no", "text"]), f"Cột {len(self.columns)}"
            self.columns.append(actions.save_column(by=self.editor, name=name, kind=kind))
        else:
            choices = ["Cao", "Thấp", f"Vừa {chance.randint(1, 9)}"]
            actions.save_column(by=self.editor, column_id=self.columns[0].pk, choices=choices)

    def turn(self, values, chance):
        """Ask for a column no more: what items hold in it still counts."""
        column = self.columns[-1] if len(self.columns) > 3 else None
        if column:
            actions.save_column(by=self.editor, column_id=column.pk, in_use=not column.in_use)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_after_any_acts_the_totals_are_those_of_the_items(draft, people, columns, acts) -> None:
    with transaction.atomic():
        doing = Acts(people, draft, list(columns))
        for name, values, chance in acts:
            getattr(doing, name)(values, chance)
            draft.refresh_from_db()
            assert draft.summary == drafting.recounted(draft), name
        transaction.set_rollback(True)


def test_single_items_are_written_without_counting_the_others(draft, people, columns, monkeypatch) -> None:
    monkeypatch.setattr(drafting, "recounted", lambda version: pytest.fail("all items were counted"))
    first, second, third = draft.items.in_order()
    actions.edit_items(by=people["uploader"], version=draft, items=[first], changes={"extra.muc_uu_tien": "Cao"})
    actions.add_item(by=people["uploader"], version=draft, values=item_values(9))
    actions.remove_items(by=people["uploader"], version=draft, items=[second])
    change = actions.ItemOperation("change", {"group": 5}, identity=third.identity)
    actions.write_items(by=people["uploader"], version=draft, operations=[change])

    draft.refresh_from_db()
    assert draft.summary["items"] == 3
    assert draft.summary["choices"] == {"muc_uu_tien": {"Cao": 1}}


def test_a_change_that_counts_nowhere_else_leaves_the_totals(draft, people) -> None:
    before = CatalogVersion.objects.get(pk=draft.pk).summary
    actions.edit_items(by=people["uploader"], version=draft, items=[draft.items.first()], changes={"note": "x"})
    assert CatalogVersion.objects.get(pk=draft.pk).summary == before


def test_totals_that_cannot_be_right_are_counted_anew(draft, people) -> None:
    wrong = {"items": 3, "fields": {"Khác": 3}, "groups": {"4": 3}}
    for summary in (wrong, {}):
        CatalogVersion.objects.filter(pk=draft.pk).update(summary=summary)
        actions.edit_items(
            by=people["uploader"], version=draft, items=[draft.items.first()], changes={"note": str(summary)}
        )
        draft.refresh_from_db()
        assert draft.summary == drafting.recounted(draft)


def test_a_copy_and_what_is_frozen_are_counted(draft, people) -> None:
    CatalogVersion.objects.filter(pk=draft.pk).update(summary={"items": 999, "fields": {}, "groups": {}})
    submitted = catalogs.submit(draft, people["uploader"])
    decided = catalogs.decide(catalogs.accept(submitted, people["editor"]), people["provincial_approver"])
    decided.refresh_from_db()
    assert decided.summary == drafting.recounted(decided)
    following = actions.start_version(by=people["uploader"], catalog=decided.catalog)
    assert following.summary == decided.summary


def test_the_command_finds_and_mends_wrong_totals(draft, people, capsys) -> None:
    call_command("verify_counts")
    assert "OK" in capsys.readouterr().out

    CatalogVersion.objects.filter(pk=draft.pk).update(summary={"items": 7})
    with pytest.raises(CommandError):
        call_command("verify_counts")
    assert draft.catalog.agency.code in capsys.readouterr().err

    call_command("verify_counts", mend=True)
    draft.refresh_from_db()
    assert draft.summary == drafting.recounted(draft)
    call_command("verify_counts")


@pytest.mark.one_database("the order in which SQLite keeps JSON is that of writing")
def test_totals_are_written_in_one_order_whatever_came_first(draft, people) -> None:
    first = draft.items.first()
    actions.edit_items(by=people["uploader"], version=draft, items=[first], changes={"field": "A", "group": 5})
    draft.refresh_from_db()
    assert list(draft.summary["fields"]) == sorted(draft.summary["fields"])
    assert list(draft.summary["groups"]) == sorted(draft.summary["groups"])
