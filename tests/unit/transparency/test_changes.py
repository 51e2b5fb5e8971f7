"""What differs between figures: every added, removed and changed row, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog_pages.transparency.changes import ValueChange, changes_between
from catalog_pages.transparency.figures import Figure, FigureColumn

COLUMNS = (FigureColumn("name", "Tên"), FigureColumn("number", "Số", "number"))
ROWS = st.lists(st.tuples(st.sampled_from("ABCD"), st.none() | st.integers(0, 3)), max_size=6).map(tuple)


def figure(*rows, columns=COLUMNS, code="thu", title="Tên"):
    return Figure(code, title, "Câu", columns, rows)


def change(old, new):
    return changes_between({"thu": old}, {"thu": new})[0]


def test_rows_are_known_by_their_first_value():
    found = change(figure(("A", 1), ("B", 1200), ("C", 3)), figure(("C", 3), ("B", 1201), ("D", None)))
    assert [(row.kind, row.name, row.cells) for row in found.rows] == [
        ("changed", "B", (ValueChange("Số", "1.200", "1.201"),)),
        ("added", "D", (ValueChange("Số", "", "–"),)),
        ("removed", "A", (ValueChange("Số", "1", ""),)),
    ]
    assert found.counts == {"changed": 1, "added": 1, "removed": 1}


def test_figures_and_words_are_compared_too():
    new = {"thu": figure(title="Tên mới"), "moi": figure(code="moi")}
    found = changes_between({"thu": figure(), "cu": figure(code="cu")}, new)
    assert [(each.code, each.kind) for each in found] == [("thu", "changed"), ("moi", "added"), ("cu", "removed")]
    assert found[0].texts == (ValueChange("Tên số liệu", "Tên", "Tên mới"),)


def test_a_new_column_is_a_change_of_every_row():
    found = change(figure(("A", 1)), figure(("A", 1, 2), columns=(*COLUMNS, FigureColumn("late", "Trễ", "number"))))
    assert found.rows[0].cells == (ValueChange("Trễ", "", "2"),)


@given(ROWS, ROWS)
def test_rows_differ_where_figures_differ_and_both_ways_alike(old, new):
    there, back = change(figure(*old), figure(*new)), change(figure(*new), figure(*old))
    assert (there.kind == "same") == (old == new)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((turned[row.kind], row.name) for row in back.rows) == sorted((r.kind, r.name) for r in there.rows)
    if sorted(map(str, old)) == sorted(map(str, new)) and len({name for name, _ in old}) == len(old):
        assert there.rows == ()
