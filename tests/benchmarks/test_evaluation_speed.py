"""Scoring a month from the database, receipts stored, beside the engine alone on the same inputs in memory."""

import time

import pytest

from cms.evaluations import actions
from cms.evaluations.models import Evaluation, Result
from cms.evaluations.scoring_inputs import Leading, PeriodInputs
from cms.scoring import engine
from cms.scoring.answer import answer
from tests.benchmarks.measure import Table
from tests.factories.catalogs import make_approved
from tests.factories.evaluations import open_marked, staff_with_work
from tests.factories.frameworks import published

PEOPLE, LINES, FEW = 1_000, 11, 100
MOST, GROWTH = 4, 11


@pytest.mark.django_db
def test_scoring_from_the_database_costs_little_more_than_the_engine(province, people):
    item = make_approved(people, province.statistics).items.in_order()[0]
    published()
    staff_with_work(province.statistics, PEOPLE, item, people["agency_head"], LINES)
    staff_with_work(province.office, FEW, item, people["agency_head"], LINES)
    periods = [open_marked(agency, people["agency_head"]) for agency in (province.statistics, province.office)]
    many_seconds, few_seconds = (_seconds(lambda one=one: actions.compute(one)) for one in periods)
    alone = _seconds(lambda: _engine_alone(periods[0]))

    table = Table("Scoring a month from the database")
    table.compare(
        f"{PEOPLE} officers with {LINES} lines, rows to stored receipts; engine and receipts alone",
        many_seconds * 1000, alone * 1000, MOST,
    )  # fmt: skip
    table.compare(f"{PEOPLE} officers; {FEW} officers", many_seconds * 1000, few_seconds * 1000, GROWTH)
    table.show()
    assert Result.objects.filter(status="scored").count() == PEOPLE + FEW
    assert table.missed == []


def _engine_alone(period):
    related = ("officer", "agency", "posting", "framework")
    own = {each.pk: each for each in Evaluation.objects.filter(period=period).select_related(*related)}
    inputs = PeriodInputs(period, own, Leading(period))
    version = next(iter(own.values())).framework
    definition = version.definition
    subjects = [inputs.subject(pk, definition, {}) for pk in own]
    began = time.perf_counter()
    for subject in subjects:
        answer(engine.score(definition, subject, version=1, definition_hash=version.content_hash))
    return time.perf_counter() - began


def _seconds(act):
    began = time.perf_counter()
    own = act()
    return own if isinstance(own, float) else time.perf_counter() - began
