"""Two lists of rows, compared by identity."""

import uuid
from decimal import Decimal

from cms.catalogs.difference import compare
from cms.catalogs.models import CONTENT_FIELDS

ONE, TWO, THREE = (uuid.UUID(int=number) for number in (1, 2, 3))


def row(identity, **changes):
    """Return a row with every compared field."""
    return dict.fromkeys(CONTENT_FIELDS, "") | {"identity": identity, "coefficient": Decimal("1.5")} | changes


def test_each_row_falls_into_one_class():
    found = compare([row(ONE), row(TWO)], [row(TWO, name="Khác"), row(THREE)])
    assert found.counts == {"new": 1, "changed": 1, "removed": 1, "same": 0}
    assert found.changed[0].changes == {"name": ("", "Khác")}
    assert [new["identity"] for new in found.new] == [THREE]
    assert [removed["identity"] for removed in found.removed] == [ONE]


def test_equal_lists_have_an_empty_difference():
    found = compare([row(ONE)], [row(ONE, coefficient=Decimal("1.5000"))])
    assert found.is_empty
    assert found.same == 1


def test_a_code_that_changes_keeps_the_item():
    found = compare([row(ONE, code="A")], [row(ONE, code="B")])
    assert found.changed[0].changes == {"code": ("A", "B")}
