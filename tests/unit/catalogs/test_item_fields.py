"""An item is described once: what stands again in the model agrees with it."""

import pytest
from django.db import models

from cms.catalogs.columns import COLUMNS, HEADERS
from cms.catalogs.item_fields import BY_KEY, FIELDS, PLACES
from cms.catalogs.models import CatalogItem

KINDS = {"code": models.CharField, "whole": models.PositiveIntegerField, "group": models.PositiveSmallIntegerField}
# What the platform itself keeps of an item.
KEPT = {"id", "version", "identity", "position", "code_key", "extra", "batch", "sheet", "row", "search_text"}


def test_the_model_has_these_fields_in_this_order():
    assert [one.name for one in CatalogItem._meta.fields if one.name not in KEPT] == list(BY_KEY)


@pytest.mark.parametrize("one", FIELDS, ids=lambda one: one.key)
def test_a_column_of_the_model_holds_what_the_field_says(one):
    column = CatalogItem._meta.get_field(one.key)

    assert column.blank == (not one.required and not one.always)
    assert column.null == (one.kind == "decimal" and not one.always)
    if one.kind == "text":
        assert isinstance(column, models.TextField if one.max_length == 5000 else models.CharField)
        assert column.max_length in (None, one.max_length)
    elif one.kind == "decimal":
        assert column.decimal_places == PLACES
        assert one.maximum < 10 ** (column.max_digits - PLACES)
    else:
        assert isinstance(column, KINDS[one.kind])
        assert column.default == one.initial or one.initial is None


def test_no_heading_of_a_file_stands_twice():
    assert len(HEADERS) == len(COLUMNS) == len(set(HEADERS.values()))
