"""What changes while a period or a year runs: the catalog, the framework; and what a head is not marked in."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from cms.catalogs import actions as catalogs
from cms.core.partitions import next_month
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.models import Result
from tests.factories.catalogs import accept, decide, make_version, submit
from tests.factories.frameworks import version_of
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    """Stand still in the middle of a month, so that the next day is of the same."""
    noon = timezone.localtime().replace(hour=12)
    day = next_month(noon.date()) + timedelta(days=9)
    with time_machine.travel(noon.replace(year=day.year, month=day.month, day=day.day), tick=False) as clock:
        yield clock


def test_work_keeps_the_coefficient_of_the_catalog_that_held_when_it_was_given(clock, house, people):
    house.done("an")
    first, old = house.item, house.item.coefficient
    version = make_version(house.clerk, house.agency)
    changes = {"score": first.score * 2, "coefficient": old * 2}
    same = version.items.filter(identity=first.identity)
    catalogs.edit_items(by=house.clerk, version=version, items=same, changes=changes, reason="Tính lại hệ số")
    appraised = accept(submit(version, house.clerk), people["editor"])
    decide(appraised, people["provincial_approver"], timezone.localdate() + timedelta(days=1))
    clock.shift(timedelta(days=1))
    house.item = version.items.get(identity=first.identity)
    house.done("an")

    house.open()
    house.mark("an")

    lines = Result.objects.get(evaluation=house.of("an")).receipt["inputs"]["work"]
    assert sorted(Decimal(each["coefficient"]) for each in lines) == [old, old * 2]
    assert house.decide("an").is_decided


def test_each_month_of_a_year_is_judged_by_the_framework_that_held_at_its_end(house):
    old = house.framework
    new = version_of(old.framework, effective_from=house.month.isoformat())
    house.done("an")

    before = house.open(first_day=(house.month - timedelta(days=1)).replace(day=1))
    now = house.open()

    assert (house.of("an", before).framework, house.of("an", now).framework) == (old, new)


def test_a_head_who_was_not_marked_in_an_indicator_is_not_decided(house):
    for name in ("an", "binh", "division"):
        house.done(name)
    house.open()
    for name in ("an", "binh"):
        house.mark(name)
        house.decide(name)
    one = house.mark("division", marks=MARKS)

    # A mark is given by a person: without one the calculation is blocked, and not short of data.
    reasons = Result.objects.get(evaluation=one).receipt["result"]["reasons"]
    assert {each["code"] for each in reasons} == {"indicator_missing"}
    assert [any(f"({code})" in each["message"] for each in reasons) for code in "đe"] == [True, True]
    with pytest.raises(InvalidEvaluation, match="chưa có tổng điểm|Chưa có tổng điểm"):
        house.decide("division")
    result = Result.objects.get(evaluation=one)
    assert (result.total, result.status) == (None, "blocked")
    house.mark("division")
    assert house.decide("division").is_decided
