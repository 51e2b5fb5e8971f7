"""The naive scoring passes the golden cases by itself, so that it has a right to doubt the engine."""

from fractions import Fraction

import pytest

from cms.scoring import shipped
from cms.scoring.definition import write_definition
from tests.unit.scoring import naive
from tests.unit.scoring.definitions import GOLDEN, decree

METRICS = ["tasks_done_pct", "on_time_pct", "exceeded_pct", "subordinate_not_completed", "shortcomings_remedied"]


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
def test_golden_individuals(case):
    result = naive.score(write_definition(decree()), case["subject"], case["settings"])
    expected = case["expect"]
    parts = {code: naive.half_up(result.parts[code], 2) for code in expected["components"]}
    assert parts == {code: Fraction(value) for code, value in expected["components"].items()}
    sections = {code: naive.half_up(points, 2) for code, points in result.sections.items()}
    assert sections == {"common": Fraction(expected["common"]), "result": Fraction(expected["result"])}
    assert (result.total, result.level) == (Fraction(expected["total"]), expected["level"])


@pytest.mark.parametrize("case", GOLDEN["organisations"], ids=lambda case: case["id"])
def test_golden_organisations(case):
    rules = write_definition(shipped.load("gia-lai-to-chuc"))
    # The golden cases leave quality and effect out: they are about the rest.
    figures = {code: naive.number(case[code]) for code in METRICS}
    figures |= {"quality_pct": Fraction(100), "tasks_effective": Fraction(1)}
    level = naive.classify(rules, Fraction(case["total"]), figures, [], "organisation")
    assert (level or "needs_decision") == case["expect"]
