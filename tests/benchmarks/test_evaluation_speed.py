"""Scoring a month from the database, receipts stored, beside the engine alone on the same inputs in memory."""

import datetime
import time
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.assignments.models import WorkAssignment
from cms.evaluations import actions
from cms.evaluations.models import Evaluation, EvaluationAct, Result
from cms.evaluations.scoring_inputs import Leading, PeriodInputs
from cms.organisations.models import Officer, Posting
from cms.scoring import engine
from cms.scoring.answer import answer
from tests.benchmarks.measure import Table
from tests.factories.catalogs import make_approved
from tests.factories.frameworks import published
from tests.factories.officers import make_position

PEOPLE, LINES, FEW = 1_000, 11, 100
MOST, GROWTH = 4, 11
MARKS = {"criteria": {"I.1": "5", "I.2": "5", "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5", "III": "7.5"}}


@pytest.mark.django_db
def test_scoring_from_the_database_costs_little_more_than_the_engine(province, people):
    item = make_approved(people, province.statistics).items.in_order()[0]
    published()
    _staff(province.statistics, PEOPLE, item, people["agency_head"])
    few = _staff(province.office, FEW, item, people["agency_head"])
    periods = [_marked(agency, people["agency_head"]) for agency in (province.statistics, province.office)]
    many_seconds, few_seconds = (_seconds(lambda one=one: actions.compute(one)) for one in periods)
    alone = _seconds(lambda: _engine_alone(periods[0]))

    table = Table("Scoring a month from the database")
    table.compare(
        f"{PEOPLE} officers with {LINES} lines, rows to stored receipts; engine and receipts alone",
        many_seconds * 1000, alone * 1000, MOST,
    )  # fmt: skip
    table.compare(f"{PEOPLE} officers; {FEW} officers", many_seconds * 1000, few_seconds * 1000, GROWTH)
    table.show()
    assert few
    assert Result.objects.filter(status="scored").count() == PEOPLE + FEW
    assert table.missed == []


def _staff(agency, count, item, confirmed_by):
    """Post so many officers at an agency, each with confirmed work of this month."""
    today, position = timezone.localdate(), make_position()
    officers = Officer.objects.bulk_create(
        Officer(code=f"{agency.code.upper()}-{n}", name=f"Công chức {n:04}", category="civil_servant")
        for n in range(count)
    )
    postings = Posting.objects.bulk_create(
        Posting(officer=officer, agency=agency, position=position, valid_from=datetime.date(2025, 1, 1))
        for officer in officers
    )
    WorkAssignment.objects.bulk_create(
        [
            WorkAssignment(
                officer=posting.officer, posting=posting, agency=agency, item=item, item_identity=item.identity,
                code=item.code, name=item.name, coefficient=item.coefficient, assigned=Decimal(4), completed=Decimal(4),
                given_on=today, due_on=today, done_on=today, month=today.replace(day=1), state="confirmed",
                confirmed_by=confirmed_by, confirmed_at=timezone.now(), late_occurrences=number % 2,
            )
            for posting in postings for number in range(LINES)
        ],
        batch_size=2_000,
    )  # fmt: skip
    return officers


def _marked(agency, by):
    """Open this month and mark everybody, past the acts one by one."""
    first_day = timezone.localdate().replace(day=1)
    period = actions.open_period(by=None, agency=agency, kind="month", first_day=first_day)
    EvaluationAct.objects.bulk_create(
        EvaluationAct(evaluation=each, act="mark", marks=MARKS, done_by=by, done_at=timezone.now())
        for each in period.evaluations.all()
    )
    return period


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
