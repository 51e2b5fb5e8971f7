"""Every golden case of people, to the last digit, the way a caller goes: data in, answer out."""

import pytest

from cms.scoring.answer import answer
from tests.unit.scoring.definitions import GOLDEN, decree
from tests.unit.scoring.scored import scored

DECREE = decree()


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
def test_golden_case(case):
    result = answer(scored(DECREE, case["settings"], **case["subject"]))
    expected = case["expect"]
    assert {key: result[key] for key in expected} == expected
    assert result["status"] == "scored"
    assert result["receipt"]["result"]["total"] == expected["total"]
