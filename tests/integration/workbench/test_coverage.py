"""Positions that no item names, and items that nobody at the agency does: each listed, by what holds today."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.catalogs import actions as catalogs
from cms.catalogs.coverage import items_nobody_does, positions_without_items
from cms.organisations import actions as organisations
from cms.organisations.models import Agency
from tests.factories.catalogs import item_values, make_version
from tests.factories.officers import make_position, make_posting

pytestmark = pytest.mark.django_db

BEGUN = datetime.date(2026, 1, 1)


def named(draft, by, *texts):
    for number, text in enumerate(texts, start=len(draft.items.all()) + 1):
        catalogs.add_item(by=by, version=draft, values=item_values(number) | {"positions": text})


def today(draft):
    day = timezone.localdate()
    return (
        {each.code: each.holders for each in positions_without_items(draft, day)},
        list(items_nobody_does(draft, day).order_by("position").values_list("positions", flat=True)),
    )


@pytest.fixture
def draft(people, province):
    return make_version(people["uploader"], province.statistics, 0)


@pytest.fixture
def positions():
    return [make_position(code, code.capitalize()) for code in ("ke-toan", "van-thu", "lai-xe")]


def test_each_side_is_held_against_the_other(people, province, draft, positions):
    accountant, clerk, _driver = positions
    for position in (accountant, accountant, clerk):
        make_posting(province.statistics, position=position, valid_from=BEGUN)
    named(draft, people["uploader"], "van-thu", "van-thu; lai-xe", "lai-xe", "thu-quy", "")

    assert today(draft) == ({"ke-toan": 2}, ["lai-xe Lai-xe", "thu-quy", ""])


def test_a_posting_that_is_over_or_elsewhere_holds_nothing(people, province, draft, positions):
    accountant, clerk, driver = positions
    make_posting(province.statistics, position=accountant, valid_from=BEGUN, valid_to=BEGUN)
    make_posting(province.office, position=clerk, valid_from=BEGUN)
    named(draft, people["uploader"], "ke-toan", "van-thu")
    assert today(draft) == ({}, ["ke-toan Ke-toan", "van-thu Van-thu"])

    organisations.save_position(
        by=None, position=driver, code=driver.code, name=driver.name, kind=driver.kind, group=driver.group,
        agency=province.statistics,
    )  # fmt: skip
    assert today(draft)[0] == {"lai-xe": 0}


def test_a_catalog_serves_what_is_below_it_but_not_whoever_keeps_their_own(province):
    root = Agency.objects.get(pk=province.statistics.pk).get_root()
    served = set(Agency.objects.served_by_catalog_of(province.statistics).values_list("pk", flat=True))
    below = Agency.objects.within({province.statistics.path})
    assert served == {each.pk for each in below}
    assert province.statistics.pk not in set(Agency.objects.served_by_catalog_of(root).values_list("pk", flat=True))


def test_both_lists_are_on_screen_and_cost_the_same_whatever_their_length(
    client_of, people, province, draft, positions, url
):
    make_posting(province.statistics, position=positions[0], valid_from=BEGUN)
    named(draft, people["uploader"], *["van-thu"] * 3)
    client = client_of(people["uploader"])

    assert "ke-toan" in client.get(url("unnamed_positions", draft.pk)).content.decode()
    undone = client.get(url("undone_items", draft.pk)).content.decode()
    assert undone.count("không ai đang giữ: van-thu Van-thu") == 3

    def asked(name):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(name, draft.pk))
        return len(queries)

    names = ("unnamed_positions", "undone_items")
    before = [asked(name) for name in names]
    named(draft, people["uploader"], *["lai-xe"] * 20)
    for number in range(10):
        make_posting(province.statistics, position=make_position(f"vt-{number}", f"Vị trí {number}"), valid_from=BEGUN)
    assert [asked(name) for name in names] == before
