"""The worked quarter of 30 people through the actions: stored results agree with an independent computation."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.replay.__main__ import differing
from tests.replay.made import made_quarter
from tests.replay.quarter import replay
from tests.replay.reading import InvalidFile, read_file
from tests.replay.reference import expected

QUARTER = Path(__file__).parents[2] / "golden" / "quarter.json"
# One division with its head, the deputy in charge and the head of the agency: the longer run is a command of its own.
FEW = ("CC01", "CC03", "CC18", "CC19", "CC20", "CC21", "CC22", "CC23", "CC24")


@pytest.mark.django_db
def test_a_division_and_those_above_it_agree_to_the_last_digit():
    data = json.loads(QUARTER.read_text(encoding="utf-8"))
    few = data | {"people": [each for each in data["people"] if each["code"] in FEW]}
    # Staff and their head lead nobody who is left out here; those above them do.
    expected = {"people": {code: data["expect"]["people"][code] for code in FEW[2:]}}

    found = replay(few)

    assert list(differing(expected, found)) == []
    assert found["caps"]["chuyen-vien"]["mean"]["good_or_better"] == 5


def test_what_differs_is_told_with_its_path():
    expected = {"people": {"A": [{"total": "1"}, {"total": "2"}]}}

    assert list(differing(expected, {"people": {"A": [{"total": "1"}, {"total": "3"}]}})) == [
        "people.A[1].total: expected '2', found '3'"
    ]
    assert list(differing(expected, {"people": {}})) != []


EXAMPLES = int(os.environ.get("REPLAY_EXAMPLES", "2"))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_made_up_quarters_agree_with_a_computation_of_their_own(seed):
    data = made_quarter(seed)

    assert list(differing(expected(data), replay(data))) == []


def test_the_computation_agrees_with_the_worked_quarter():
    data = json.loads(QUARTER.read_text(encoding="utf-8"))

    assert list(differing(data["expect"], expected(data))) == []


@pytest.mark.django_db
def test_what_may_be_left_out_and_what_nobody_knows_changes_nothing():
    line = {"item": "M01", "coefficient": "1.5", "assigned": "2", "completed": "2", "ghi_chu": "?"}
    months = [{"month": 5, "common": 21, "lines": [line]}]
    data = {"people": [{"code": "CC01", "role": "staff", "months": months, "tuoi": 30}], "phien_ban": 3}

    found = replay(data)

    assert found["people"]["CC01"]["months"][0]["total"] == "91.00"
    assert found["people"]["CC01"]["quarter"]["mean"] == {"total": "91.00", "level": "excellent"}
    assert list(found["caps"]) == ["chuyen-vien"]


ABSENT = {"absent": True}


@pytest.mark.parametrize(("change", "reported"), [
    ({"people": []}, "people: "),
    ({"settings": {"over_100": "none"}}, "settings.over_100: 'none' is not known; known are line, aggregate."),
    ({"people": [{"code": "A", "role": "boss", "months": []}]}, "people[0].role: 'boss' is not known"),
    ({"people": [{"code": "A", "role": "head", "months": [{"month": 1, "common": "30"}]}]}, "[0]: đ, e is missing"),
    ({"people": [{"code": "A", "role": "staff", "months": [{"month": 3} | ABSENT, {"month": 4} | ABSENT]}]},
     "of one quarter"),
])  # fmt: skip
def test_what_is_not_of_the_shape_is_told_before_anything_is_made(change, reported):
    data = {"people": [{"code": "A", "role": "staff", "months": [{"month": 1, "absent": True}]}]} | change

    with pytest.raises(InvalidFile, match=re.escape(reported)):
        read_file(data)
