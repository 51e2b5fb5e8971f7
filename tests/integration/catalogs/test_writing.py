"""Writing a whole list into a draft."""

import pytest

from cms.catalogs import actions
from cms.catalogs.errors import StaleEdition
from cms.core.errors import NotAllowed, WrongState
from tests.factories.catalogs import item_values

pytestmark = pytest.mark.django_db


def rows_of(version, **changes_by_code):
    """Return the version's own list as rows, some of them changed."""
    return [
        actions.ItemRow(item_values(int(item.code[-5:])) | changes_by_code.get(item.code, {}), identity=item.identity)
        for item in version.items.order_by("position")
    ]


def test_the_same_list_again_changes_nothing(draft, people):
    draft.refresh_from_db()
    edition = draft.edition
    written = actions.write_rows(by=people["uploader"], version=draft, rows=rows_of(draft))
    draft.refresh_from_db()
    assert (written.same, written.new, written.changed, written.removed) == (3, 0, 0, 0)
    assert draft.edition == edition


def test_new_changed_and_missing_rows_are_written_in_one_go(draft, people):
    rows = rows_of(draft, **{"TK.00002": {"name": "Tên mới"}})[1:]
    rows.append(actions.ItemRow(item_values(9)))
    kept = draft.items.get(code="TK.00002").identity
    written = actions.write_rows(by=people["uploader"], version=draft, rows=rows)
    assert (written.new, written.changed, written.same, written.removed) == (1, 1, 1, 1)
    assert list(draft.items.order_by("position").values_list("code", flat=True)) == ["TK.00002", "TK.00003", "TK.00009"]
    assert draft.items.get(code="TK.00002").identity == kept
    draft.refresh_from_db()
    assert draft.item_count == 3


def test_missing_rows_can_be_kept(draft, people):
    written = actions.write_rows(by=people["uploader"], version=draft, rows=rows_of(draft)[:1], missing="keep")
    assert (written.removed, draft.items.count()) == (0, 3)


def test_a_list_compared_with_an_older_edition_is_stale(draft, people):
    draft.refresh_from_db()
    edition = draft.edition
    actions.edit_items(by=people["agency_head"], version=draft, items=draft.items.all()[:1], changes={"note": "x"})
    with pytest.raises(StaleEdition):
        actions.write_rows(by=people["uploader"], version=draft, rows=[], edition=edition)
    assert draft.items.count() == 3


def test_a_submitted_version_is_not_uploaded_over(submitted, people):
    with pytest.raises(WrongState):
        actions.write_rows(by=people["editor"], version=submitted, rows=[])
    with pytest.raises(NotAllowed):
        actions.write_rows(by=people["uploader"], version=submitted, rows=[])


def test_a_failure_in_the_middle_leaves_everything_as_it_was(draft, people, monkeypatch):
    from cms.catalogs.actions import drafting

    def fail(version):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(drafting, "recounted", fail)
    with pytest.raises(RuntimeError):
        actions.write_rows(by=people["uploader"], version=draft, rows=[actions.ItemRow(item_values(9))])
    assert sorted(draft.items.values_list("code", flat=True)) == ["TK.00001", "TK.00002", "TK.00003"]
