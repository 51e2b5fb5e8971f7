"""The rows of a preview, kept in chunks: their pages, their order, and what a look at them costs."""

import uuid

import pytest

from cms.core.paging import BadCursor
from importers.batches.previews import rows_of, rows_page
from importers.checking.contract import Chunk
from importers.checking.findings import ROWS_TOGETHER, pack_rows
from importers.enums import RowClass
from importers.models import ImportBatch, ImportChunk

pytestmark = pytest.mark.django_db
COUNT = 3 * ROWS_TOGETHER + 7
CLASSES = (RowClass.NEW, RowClass.NEW, RowClass.CHANGED, RowClass.NEW, RowClass.SAME)


def row(position: int) -> dict:
    """Return a stored row."""
    values = {"code": f"TK.{position}"}
    return {"sheet": "A", "row": position + 2, "identity": uuid.UUID(int=position), "values": values, "changes": {}}


@pytest.fixture
def batch(people, province) -> ImportBatch:
    """Return an upload whose rows fill several chunks of three classes, one among the other."""
    batch = ImportBatch.objects.create(
        kind="catalog", by=people["uploader"], agency=province.statistics, size=1, file_name="a.xlsx"
    )
    for change in set(CLASSES):
        places = [place for place in range(COUNT) if CLASSES[place % len(CLASSES)] == change]
        for start in range(0, len(places), ROWS_TOGETHER):
            chosen = places[start : start + ROWS_TOGETHER]
            chunk = Chunk(change, chosen[0], chosen[-1], pack_rows(chosen, [row(place) for place in chosen]))
            ImportChunk.objects.create(batch=batch, **chunk._asdict())
    return batch


def test_all_rows_come_in_the_order_of_the_file(batch):
    assert [found.position for found in rows_of(batch)] == list(range(COUNT))
    changed = list(rows_of(batch, RowClass.CHANGED))
    assert [found.position for found in changed] == list(range(2, COUNT, len(CLASSES)))
    assert (changed[0].values, changed[0].identity, changed[0].row) == ({"code": "TK.2"}, uuid.UUID(int=2), 4)


@pytest.mark.parametrize("change", ["", *RowClass.values])
def test_pages_go_through_all_rows_and_back(batch, change):
    expected = [found.position for found in (rows_of(batch, change) if change else rows_of(batch))]
    pages, after = [], ""
    while after is not None:
        page = rows_page(batch, change, size=50, after=after)
        pages.append([found.position for found in page.rows])
        last, after = page, page.next
    assert [position for page in pages for position in page] == expected

    backwards = [[found.position for found in last.rows]]
    while last.previous:
        last = rows_page(batch, change, size=50, before=last.previous)
        backwards.insert(0, [found.position for found in last.rows])
    assert [position for page in backwards for position in page] == expected


def test_a_page_costs_one_query_a_class(batch, django_assert_num_queries):
    middle = rows_page(batch, "", size=50).next
    with django_assert_num_queries(1):
        rows_page(batch, RowClass.NEW, size=50, after=middle)
    with django_assert_num_queries(4):
        rows_page(batch, "", size=50, after=middle)


@pytest.mark.parametrize("cursor", ["x", "WyJ4Il0", "WzEsMl0"])
def test_a_cursor_from_elsewhere_is_refused(batch, cursor):
    with pytest.raises(BadCursor):
        rows_page(batch, RowClass.NEW, size=50, after=cursor)
