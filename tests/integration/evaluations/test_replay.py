"""The worked quarter of 30 people through the actions: stored results agree with an independent computation."""

import json
from pathlib import Path

import pytest

from tests.replay.__main__ import differing
from tests.replay.quarter import replay

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
