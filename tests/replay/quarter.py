"""A quarter of an agency through the actions: work, claims, marks, steps, locks; then what the stored results say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any

import time_machine
from django.db import transaction

from cms.assignments import actions as work_actions
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState
from cms.assignments.models import WorkAssignment
from cms.evaluations import actions
from cms.evaluations.cap_board import cap_board
from cms.evaluations.models import Evaluation, Period, Result
from cms.scoring import caps
from cms.scoring.definition.sections import Criterion
from cms.scoring.exact import to_text
from cms.scoring.vocabulary import vocabulary_of
from cms.users.models import User
from tests.replay.reading import read_file
from tests.replay.world import FIRST_DAY, YEAR, World, make_quarters, make_world

WAYS = ("mean", "cumulative")


class _Done(Exception):
    """Ends a replay whose database is given back."""


def replay(data: dict[str, Any]) -> dict[str, Any]:
    """Return people and caps in the shape of a file's ``expect``; the database is as it was before.

    Raises ``InvalidFile`` for what is not of the shape.
    """
    people, settings = read_file(data)
    said: dict[str, Any] = {"people": {}, "caps": {}}
    with _given_back():
        _play(people, settings, said)
    return said


@contextmanager
def _given_back() -> Iterator[None]:
    """Give the database back as it was."""
    try:
        with transaction.atomic():
            yield
            raise _Done
    except _Done:
        return


def _play(people: list[dict[str, Any]], settings: dict[str, str], said: dict[str, Any]) -> None:
    """Live the months once; then make the quarter of them in each way, by a version of the framework of its own."""
    with _at(FIRST_DAY):
        world = make_world(people, settings)
    months = sorted({month["month"] for person in people for month in person["months"]})
    for number in months:
        period = _month(world, people, number)
        for evaluation, result in _results(period):
            own = said["people"].setdefault(evaluation.officer.code, {"months": [], "quarter": {}})
            own["months"].append(_month_said(number, result))
    first_day = _day((months[0] - 1) // 3 * 3 + 1, 1)
    for way in WAYS:
        with _given_back(), _at(_day(months[-1] + 1, 15)):
            make_quarters(world, way, last_day=_day(months[-1] + 1, 1) - datetime.timedelta(days=1))
            _quarter(world, first_day, way, said)


def _quarter(world: World, first_day: datetime.date, way: str, said: dict[str, Any]) -> None:
    quarter = actions.open_period(by=world.clerk, agency=world.agency, kind="quarter", first_day=first_day)
    for evaluation, result in _results(quarter):
        if result is not None:
            own = said["people"].setdefault(evaluation.officer.code, {"months": [], "quarter": {}})
            own["quarter"][way] = _longer_said(result, way)
    for group in cap_board(quarter):
        said["caps"].setdefault(group.position_group, {})[way] = _cap_said(group)


# A month --------------------------------------------------------------------------------------------------------


def _month(world: World, people: list[dict[str, Any]], number: int) -> Period:
    """Live a month from the first piece of work to the lock."""
    own = [(person, month) for person in people for month in person["months"] if month["month"] == number]
    lines = [(person["code"], line) for person, month in own for line in month.get("lines", ())]
    with _at(_day(number, 2)):
        given = [(_give(world, code, line), line) for code, line in lines]
    with _at(_day(number, 20)):
        done = [(_finish(work, line), line) for work, line in given if Decimal(line["completed"])]
        for work, line in done:
            _confirm(world, work, line)
        for work, line in done:
            _excuse(world, work, line)
    with _at(_day(number + 1, 3)):
        period = actions.open_period(by=world.clerk, agency=world.agency, kind="month", first_day=_day(number, 1))
        evaluations = {each.officer.code: each for each in _evaluations(period)}
        for person, month in own:
            _keep(world, evaluations[person["code"]], person, month, number)
        absent = {person["code"] for person, month in own if month.get("absent")}
        for person, month in own:
            if person["code"] not in absent:
                _assess_and_mark(world, evaluations[person["code"]], month)
        # Those who are led are decided before those who lead.
        for code in sorted(evaluations, key=lambda each: _height(evaluations[each])):
            if code not in absent:
                _decide(world, Evaluation.objects.get(pk=evaluations[code].pk))
        if period.evaluations.unfinished().exists():
            # Without a total nobody decides, and a month in which somebody waits is not locked.
            return period
        period = actions.propose_lock(by=world.clerk, period=period)
        return actions.lock_period(by=world.head, period=period)


def _decide(world: World, evaluation: Evaluation) -> None:
    """Decide by the points; whoever has no total (no work, nobody led) is left undecided."""
    result = Result.objects.of([evaluation.pk]).first()
    if result is not None and result.total is not None:
        actions.decide(by=_account(evaluation.decider, world), evaluation=evaluation)


def _give(world: World, code: str, line: dict[str, Any]) -> WorkAssignment:
    values = work_actions.WorkValues(
        item=world.items[line["item"], line["coefficient"]], assigned=Decimal(line["assigned"]),
        given_on=_today(), due_on=_today() + datetime.timedelta(days=13),
    )  # fmt: skip
    return work_actions.give_work(by=world.clerk, postings=[world.postings[code]], values=values)[0]


def _finish(work: WorkAssignment, line: dict[str, Any]) -> WorkAssignment:
    done_on = work.due_on + datetime.timedelta(days=1 if line.get("late_occurrences") else 0)
    by = work.officer.account
    assert by is not None
    return work_actions.finish_work(by=by, work=work, completed=Decimal(line["completed"]), done_on=done_on)


def _confirm(world: World, work: WorkAssignment, line: dict[str, Any]) -> None:
    work_actions.confirm_work(
        by=world.head, work=[work], quality_failures=line.get("quality_failures", 0),
        late_occurrences=line.get("late_occurrences", 0),
    )  # fmt: skip


def _excuse(world: World, work: WorkAssignment, line: dict[str, Any]) -> None:
    """Claim an objective cause for what the file says is exempt, and have it accepted."""
    for key, fault, about in (
        ("quality_exempt", "quality_failures", ClaimAbout.QUALITY),
        ("late_exempt", "late_occurrences", ClaimAbout.LATE),
    ):
        if line.get(key) and line.get(fault):
            by = work.officer.account
            assert by is not None
            claim = work_actions.make_claim(
                by=by, work=work, about=about, cause=ClaimCause.SUPERIOR, statement="Chờ ý kiến cấp trên."
            )
            work_actions.decide_claim(
                by=_account(claim.competent, world), claim=claim, outcome=ClaimState.ACCEPTED
            )  # fmt: skip


def _keep(world: World, evaluation: Evaluation, person: dict[str, Any], month: dict[str, Any], number: int) -> None:
    """Record who was absent, and the cases that hold a level down."""
    if month.get("absent"):
        reason = month["absent"] if isinstance(month["absent"], str) else "Nghỉ cả tháng"
        actions.excuse(by=world.clerk, evaluation=evaluation, reason=reason)
        return
    for flag in person.get("flags", ()):
        if flag["month"] == number:
            actions.find(by=world.clerk, evaluation=evaluation, code=flag["kind"], document=flag["document"])


def _assess_and_mark(world: World, evaluation: Evaluation, month: dict[str, Any]) -> None:
    evaluation = Evaluation.objects.select_related("framework").get(pk=evaluation.pk)
    assert evaluation.framework is not None
    marks = common = _spread(evaluation, month["common"])
    known = vocabulary_of(evaluation.framework.definition).indicators
    given = {code: str(month[code]) for code in month if code in known}
    if given:
        marks = common | {"indicators": given}
    by = evaluation.officer.account
    assert by is not None
    evaluation = actions.assess_self(by=by, evaluation=evaluation, marks=common)
    actions.mark(by=_account(evaluation.evaluator, world), evaluation=evaluation, marks=marks)


def _spread(evaluation: Evaluation, points: str) -> dict[str, Any]:
    """Return marks by criterion that add up to what the file says of the whole; one mark where no steps do."""
    assert evaluation.framework is not None
    known = vocabulary_of(evaluation.framework.definition)
    assert known.common is not None
    left, marks = Fraction(points), {}
    for criterion in _leaves(known.common.criteria):
        given = min(left, criterion.max)
        if criterion.step and (given / criterion.step).denominator != 1:
            return {"common": points}
        marks[criterion.code] = to_text(given)
        left -= given
    return {"common": points} if left else {"criteria": marks}


def _leaves(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for each in criteria:
        if each.criteria:
            yield from _leaves(each.criteria)
        else:
            yield each


def _height(evaluation: Evaluation) -> tuple[int, str]:
    """Return how far up somebody stands: who leads more is decided later."""
    rank = {"staff": 0, "deputy": 2, "head": 3}[evaluation.role]
    return (1 if evaluation.agency.depth > 2 and rank else rank, evaluation.officer.code)


def _account(officer: Any, world: World) -> User:
    """Return the account of who has authority; where nobody could be named, that of the head of the agency."""
    account: User = officer.account if officer else world.head
    return account


# What is told ---------------------------------------------------------------------------------------------------


def _results(period: Period) -> list[tuple[Evaluation, Result | None]]:
    stand = {each.evaluation_id: each for each in Result.objects.in_period(period)}
    return [(each, stand.get(each.pk)) for each in _evaluations(period)]


def _evaluations(period: Period) -> list[Evaluation]:
    found = period.evaluations.select_related("officer__account", "agency", "evaluator__account", "decider__account")
    return list(found.order_by("officer__code"))


def _month_said(number: int, result: Result | None) -> dict[str, Any]:
    if result is None:
        return {"month": number, "status": "absent"}
    said = result.receipt["result"]
    if result.total is None:
        return {"month": number, "status": result.status}
    return {"month": number} | {key: said[key] for key in ("components", "result", "total", "level")}


def _longer_said(result: Result, way: str) -> dict[str, Any]:
    said = result.receipt["result"]
    if result.total is None:
        return {"status": result.status}
    keys = ("total", "level", "components") if way == "cumulative" else ("total", "level")
    return {key: said[key] for key in keys}


def _cap_said(group: Any) -> dict[str, Any]:
    """Return the counts of a group, and what either reading of article 20 allows."""
    readings = (group.cap_with(base) for base in ("good_only", "good_or_better"))
    strict, inclusive = (caps.allowance(each, group.eligible) for each in readings)
    return {
        "good_or_better": group.eligible,
        "excellent_by_points": group.holding,
        "most_excellent_strict_20": strict,
        "most_excellent_inclusive_20": inclusive,
        "over_strict": max(0, group.holding - strict),
    }


def _at(day: datetime.date) -> Any:
    return time_machine.travel(datetime.datetime(day.year, day.month, day.day, 9, tzinfo=datetime.UTC), tick=True)


def _today() -> datetime.date:
    return datetime.date.today()


def _day(month: int, day: int) -> datetime.date:
    return datetime.date(YEAR + (month - 1) // 12, (month - 1) % 12 + 1, day)
