"""The acts of the quarter by their days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from cms.core.periods import CalendarPeriod
from importers.demo import clock
from importers.demo.clock import Act
from importers.demo.quarter import judging, objecting, working


def acts() -> list[Act]:
    """Return all that is done in the quarter and in the weeks after it."""
    quarter = clock.evaluated_quarter()
    return [*_work(quarter), *_months(quarter), *_objection(quarter), *_quarter(quarter)]


def months_of(quarter: CalendarPeriod) -> list[CalendarPeriod]:
    """Return the months of a quarter."""
    first = quarter.first_day
    return [CalendarPeriod("month", first.replace(month=first.month + place)) for place in range(3)]


def _work(quarter: CalendarPeriod) -> Iterator[Act]:
    for place, month in enumerate(months_of(quarter)):
        yield _on(month.first_day, 1, 8, partial(working.give, month))
        yield _on(month.first_day, 23, 9, partial(working.finish, month, place))
        yield _on(month.first_day, 24, 10, partial(working.confirm, month))
        if place == 0:
            yield _on(month.first_day, 25, 9, partial(working.claim, month))
            yield _on(month.first_day, 26, 9, partial(working.accept_claim, month))


def _months(quarter: CalendarPeriod) -> Iterator[Act]:
    """Open each month on its last day, and lock it two days later: those of the quarter wait for it."""
    for place, month in enumerate(months_of(quarter)):
        end = month.last_day
        yield _on(end, 0, 7, partial(judging.open_period, month))
        if place == 1:
            yield _on(end, 0, 8, partial(judging.record_cases, month))
        yield _on(end, 0, 10, partial(judging.assess, month, place))
        yield _on(end, 1, 9, partial(judging.mark, month, place))
        yield _on(end, 1, 15, partial(judging.decide, month))
        yield _on(end, 2, 8, partial(judging.propose_lock, month))
        yield _on(end, 2, 9, partial(judging.lock, month))


def _objection(quarter: CalendarPeriod) -> Iterator[Act]:
    month = months_of(quarter)[0]
    end = month.last_day
    yield _on(end, 5, 9, partial(objecting.object_to, month))
    yield _on(end, 6, 9, objecting.appoint)
    yield _on(end, 9, 9, objecting.answer)
    yield _on(end, 10, 9, partial(objecting.reopen, month))
    yield _on(end, 11, 9, partial(objecting.decide_anew, month))


def _quarter(quarter: CalendarPeriod) -> Iterator[Act]:
    end = quarter.last_day
    yield _on(end, 2, 10, partial(judging.open_period, quarter))
    yield _on(end, 2, 14, partial(judging.assess, quarter, 0))
    yield _on(end, 4, 9, partial(judging.mark, quarter, 0))
    yield _on(end, 5, 9, partial(judging.decide_by_number, quarter))
    yield _on(end, 10, 9, partial(judging.propose_lock, quarter))
    yield _on(end, 11, 9, partial(judging.lock, quarter))


def _on(day: datetime.date, later: int, hour: int, do: Callable[[], object]) -> Act:
    return Act(clock.days_since(day) - later, hour, do)
