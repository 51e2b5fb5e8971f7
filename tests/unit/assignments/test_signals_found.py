"""What is unusual in a month: each threshold, and the smallest step beside it."""

import datetime
from decimal import Decimal

import pytest

from cms.assignments.planning_enums import SignalKind
from cms.assignments.signals_found import WorkRow, find_signals

JUNE = datetime.date(2026, 6, 1)
WORDS = "Đã hoàn thành đầy đủ nhiệm vụ được giao theo đúng yêu cầu"


def row(officer=1, month=JUNE, units=1, hours=None, result="", at=None):
    return WorkRow(officer, month, Decimal(units), None if hours is None else Decimal(hours), result, at)


def kinds(rows, days=None):
    return [(one.kind, one.officer) for one in find_signals(rows, JUNE, days or {1: 22}, {1: "A", 2: "B", 3: "C"})]


@pytest.mark.parametrize(("hours", "found"), [("176", []), ("176.0001", [(SignalKind.OVERLOAD, 1)])])
def test_hours_are_too_many_from_the_smallest_step_over_the_days_on(hours, found):
    assert kinds([row(hours=hours)]) == found


def test_who_was_away_all_month_has_no_hours_to_fill():
    assert kinds([row(hours="0.5")], {1: 0}) == [(SignalKind.OVERLOAD, 1)]


def months(*units, officer=1):
    return [row(officer, datetime.date(2026, 6 - number, 1), each) for number, each in enumerate(units)]


@pytest.mark.parametrize(
    ("own", "peer", "found"),
    [
        ((21, 10, 10, 10), 10, [(SignalKind.SPIKE, 1)]),
        ((20, 10, 10, 10), 10, []),  # twice as much is not more than twice
        ((21, 10, 10, 10), 11, []),  # colleagues had a busy month, too
        ((21, 10, 10), 10, []),  # too short a history to know what is usual
    ],
)
def test_a_spike_is_against_ones_own_and_the_peers_history(own, peer, found):
    assert kinds([*months(*own), *months(peer, officer=2)]) == found


def test_the_same_words_of_three_people_whatever_their_case_and_spaces():
    two = [row(1, result=WORDS), row(2, result=WORDS.upper())]
    assert kinds(two) == []
    assert kinds([*two, row(3, result=f"  {WORDS}  ")]) == [(SignalKind.SAME_WORDS, None)]
    assert kinds([row(number, result="Đã xong") for number in (1, 2, 3)]) == []


@pytest.mark.parametrize(("early", "late", "found"), [(1, 9, True), (2, 9, False), (0, 9, False), (0, 10, True)])
def test_confirmations_within_one_hour(early, late, found):
    end = datetime.datetime(2026, 6, 30, 16, 30, tzinfo=datetime.UTC)
    moments = [end - datetime.timedelta(days=3)] * early + [end - datetime.timedelta(minutes=59)] * (late - 1) + [end]
    assert kinds([row(at=moment) for moment in moments]) == ([(SignalKind.LAST_HOUR, None)] if found else [])
