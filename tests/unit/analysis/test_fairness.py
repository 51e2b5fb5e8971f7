"""What is counted of coefficients, on frames small enough to be counted by hand."""

import pandas as pd
import pytest

from cms.analysis.fairness import COLUMNS, UNIT, ListWeight, WorkWeights, analyse


def frame(*rows):
    """Return a frame of (work, agency, group, coefficient, hours); numbers are written as people write them."""
    read = [
        (
            item,
            work,
            agency,
            "commune",
            group,
            round(coefficient * UNIT),
            None if hours is None else round(hours * UNIT),
        )
        for item, (work, agency, group, coefficient, hours) in enumerate(rows)
    ]
    return pd.DataFrame(read, columns=list(COLUMNS)).astype({"hours": "Int64"})


def whole(number):
    return None if number is None else round(number * UNIT)


def of_kind(analysis, kind):
    return [each for each in analysis.outliers if each.kind == kind]


def test_nothing_is_found_where_nothing_is_listed():
    empty = analyse(frame())

    assert (empty.works, empty.outliers, empty.lists) == ([], [], [])


def test_the_same_work_weighed_differently_and_put_in_another_group():
    found = analyse(frame(
        (1, 1, 1, 1.25, None), (1, 2, 1, 1.25, None), (1, 3, 1, 1.25, None), (1, 4, 2, 12.5, None),
        # Two agencies do not say what is usual.
        (2, 1, 1, 1, None), (2, 2, 1, 10, None),
        # Weighed alike by all.
        (3, 1, 1, 2, None), (3, 2, 1, 2, None), (3, 3, 1, 2, None),
    ))  # fmt: skip

    assert found.works == [WorkWeights(work=1, agencies=4, least=12_500, usual=12_500, most=125_000, ratio=10 * UNIT)]
    (weight,) = of_kind(found, "weight")
    assert (weight.item, weight.value, weight.usual, weight.compared) == (3, 125_000, 12_500, 4)
    (group,) = of_kind(found, "group")
    assert (group.item, group.value, group.usual) == (3, 2, 1)


@pytest.mark.parametrize(("coefficient", "stands_out"), [(1.49, False), (1.5, True), (0.67, False), (0.6666, True)])
def test_a_weight_stands_out_from_half_as_much_again_on_whichever_way(coefficient, stands_out):
    rows = [(1, agency, 1, 1, None) for agency in range(1, 6)]

    found = analyse(frame(*rows, (1, 9, 1, coefficient, None)))

    assert bool(of_kind(found, "weight")) is stands_out


def test_hours_and_coefficients_far_beyond_those_of_their_group():
    rows = [(number, number % 5, 1, 1 + number % 4 / 10, 1 + number % 3 / 10) for number in range(40)]

    found = analyse(frame(*rows, (90, 1, 1, 1, 30), (91, 2, 1, 20, 20)))

    assert [each.item for each in of_kind(found, "hours")] == [40]
    assert [each.item for each in of_kind(found, "coefficient")] == [41]
    (hours,) = of_kind(found, "hours")
    assert hours.value == 30 * UNIT and hours.low <= hours.usual <= hours.high and hours.compared == 42


def test_a_list_is_heavier_by_the_median_of_what_it_shares():
    rows = [(work, agency, 1, work, None) for work in range(1, 12) for agency in (1, 2, 3)]
    # A tenth more on all it lists; eleven works, of which one slip does not move the median.
    rows += [(work, 4, 1, work * 1.1, None) for work in range(1, 11)] + [(11, 4, 1, 110, None)]
    # Too few to say anything.
    rows += [(work, 5, 1, work * 3, None) for work in range(1, 4)]

    found = analyse(frame(*rows))

    assert found.lists[0] == ListWeight(agency=4, ratio=11_000, works=11, is_heavier=True)
    assert {each.agency: each.is_heavier for each in found.lists} == {4: True, 1: False, 2: False, 3: False}
