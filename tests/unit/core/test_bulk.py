"""Many rows written at once are the rows that instances would have made."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cms.catalogs.models import CatalogItem
from cms.core.bulk import insert_rows
from tests.factories import catalogs

NAMES = (
    "version", "identity", "position", "code", "code_key", "field", "task", "name", "output", "unit", "unit_quantity",
    "group", "hours", "difficulty", "process", "coordination", "scope", "score", "coefficient", "time_limit",
    "last_year_quantity", "positions", "legal", "note",
    "extra", "batch", "sheet", "row", "search_text",
)  # fmt: skip


def values_of(number):
    """Return the values of an item, odd characters and all."""
    return {
        "identity": uuid.UUID(int=number), "position": number, "code": f"TK.{number}", "code_key": f"TK.{number}",
        "field": "Tổng\thợp", "task": 'a\\b\n"c"', "name": "\\N", "output": "Báo cáo\r\n%s", "unit": "", "group": 2,
        "unit_quantity": 1, "hours": None, "difficulty": None, "process": None, "coordination": None, "scope": None,
        "score": Decimal(5), "coefficient": Decimal("1.5"), "time_limit": "", "last_year_quantity": None,
        "positions": "", "legal": "", "note": "", "batch": None, "sheet": "Một",
        "row": number, "search_text": f"tk {number}", "extra": {"dia_ban": "Xã \\u0110 \"Một\"", "ngày": "2026-06-05"},
    }  # fmt: skip


@pytest.fixture
def versions(people, province):
    """Return two empty drafts."""
    return (
        catalogs.make_version(people["uploader"], province.statistics, items=0),
        catalogs.make_version(people["other_uploader"], province.office, items=0),
    )


def test_rows_are_those_of_instances(versions):
    first, second = versions
    CatalogItem.objects.bulk_create(CatalogItem(version=first, **values_of(number)) for number in range(1, 2003))

    rows = [{"version": second.pk} | values_of(number) for number in range(1, 2003)]
    insert_rows(CatalogItem, NAMES, ([row[name] for name in NAMES] for row in rows))

    made, written = (list(version.items.order_by("position").values(*NAMES[1:])) for version in versions)
    assert written == made
    assert second.items.search("tk 2002").count() == 1


def test_what_the_database_holds_it_holds(versions):
    row = {"version": versions[0].pk} | values_of(1) | {"coefficient": Decimal(0)}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(CatalogItem, NAMES, [[row[name] for name in NAMES]])
    assert not versions[0].items.exists()


def test_no_rows_are_nothing(versions):
    insert_rows(CatalogItem, NAMES, [])
    assert not versions[0].items.exists()
