"""Lines of work: counted in whole numbers, by every rule of the framework and of the indicator."""

from fractions import Fraction

import pytest

from cms.scoring.definition.work import OwnWorkRules, WorkRules
from cms.scoring.inputs import WorkLine
from cms.scoring.work import Ratio, add_up, effective_rules, figures, ratio


def rules(settings=None, **own):
    return effective_rules(WorkRules(), OwnWorkRules(**own), settings or {})


def line(assigned, completed, coefficient="1", **more):
    return WorkLine(int(assigned * 10_000), int(completed * 10_000), int(Fraction(coefficient) * 1_000_000), **more)


def percent(measure, lines, effective):
    return ratio(measure, add_up(lines, effective.lines), effective).value


def test_the_call_chooses_before_the_indicator_and_the_indicator_before_the_framework():
    assert rules().denominator == "assigned"
    assert rules(denominator="completed").denominator == "completed"
    assert rules({"denominator": "assigned"}, denominator="completed").denominator == "assigned"
    assert (
        rules(failure_scope="line", over_100="aggregate").lines
        == rules({"failure_scope": "line", "over_100": "aggregate"}).lines
    )


@pytest.mark.parametrize(
    ("own", "left"),
    [
        ({}, Fraction(75)),
        ({"points_off": Fraction(10)}, Fraction(90)),
        ({"points_off": Fraction("33.3333")}, 100 - Fraction("33.3333")),
        ({"points_off": Fraction(0)}, Fraction(100)),
        ({"points_off": Fraction(100)}, Fraction(0)),
        ({"points_off": Fraction(100), "floor": Fraction(40)}, Fraction(40)),
    ],
)
def test_points_off_and_floor_are_data(own, left):
    lines = [line(1, 1, quality_failures=1, late_occurrences=1)]
    assert percent("work_quality", lines, rules(**own)) == left
    assert percent("work_progress", lines, rules(**own, failure_scope="line")) == left


def test_a_failure_takes_a_quarter_of_one_unit_or_of_the_whole_line():
    lines = [line(10, 8, "1.9", quality_failures=1)]
    assert percent("work_quality", lines, rules()) == Fraction(775, 10)
    assert percent("work_quality", lines, rules(failure_scope="line")) == 60


def test_a_line_loses_no_more_than_itself():
    lines = [line(1, 1, quality_failures=5), line(1, 1)]
    assert percent("work_quality", lines, rules()) == 50
    assert percent("work_quality", lines, rules(failure_scope="line")) == 50


def test_half_a_unit_loses_at_most_that_half():
    lines = [line(Fraction(1, 2), Fraction(1, 2), late_occurrences=3), line(Fraction(1, 2), Fraction(1, 2))]
    assert percent("work_progress", lines, rules()) == 50


def test_confirmed_exemptions_take_nothing_off_and_each_is_its_own():
    exempt = line(4, 4, quality_failures=2, late_occurrences=2, quality_exempt=True)
    assert percent("work_quality", [exempt], rules()) == 100
    assert percent("work_progress", [exempt], rules()) == Fraction(875, 10)


def test_surplus_counts_on_its_line_or_on_the_whole():
    lines = [line(4, 6, "2"), line(5, 3)]
    assert percent("work_quantity", lines, rules()) == Fraction(1100, 13)
    whole = rules(over_100="aggregate")
    found = ratio("work_quantity", add_up(lines, whole.lines), whole)
    assert found == Ratio(Fraction(15), Fraction(13), Fraction(100), True)


def test_quantity_is_divided_by_what_was_assigned_whatever_the_denominator():
    lines = [line(10, 5, quality_failures=2)]
    completed = rules(denominator="completed")
    assert percent("work_quantity", lines, completed) == 50
    assert percent("work_quality", lines, completed) == 90


def test_nothing_completed_is_zero_and_nothing_assigned_is_nothing():
    completed = rules(denominator="completed")
    assert percent("work_quality", [line(3, 0)], completed) == 0
    assert ratio("work_quantity", add_up([], completed.lines), completed) is None
    assert ratio("work_quality", add_up([line(0, 2)], completed.lines), completed) is None


def test_figures_are_shares_of_the_lines_and_exemptions_do_not_count():
    lines = [
        line(1, 1),
        line(1, 2, late_occurrences=1),
        line(1, 1, late_occurrences=1, late_exempt=True),
        line(2, 1, quality_failures=1),
        line(1, 1, quality_failures=1),
    ]
    asked = ["tasks_done_pct", "on_time_pct", "quality_pct", "exceeded_pct", "late_pct", "other"]
    assert figures(lines, asked) == {
        "tasks_done_pct": 80,
        "on_time_pct": 60,
        "quality_pct": 60,
        "late_pct": 20,
    }
    assert figures(lines, ["late_pct"]) == {"late_pct": 20}
    assert figures([], asked) == {}


def test_a_line_of_which_nothing_was_assigned_is_no_task_and_dilutes_no_figure():
    late = [line(1, 1, late_occurrences=1), line(1, 1)]

    assert figures([*late, *[line(0, 1)] * 8], ["late_pct", "on_time_pct"]) == {"late_pct": 50, "on_time_pct": 50}
    assert figures([line(0, 1)], ["tasks_done_pct"]) == {}
