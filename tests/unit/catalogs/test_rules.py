"""Each rule of cms.catalogs.rules finds what it is named for, and nothing else."""

from decimal import Decimal

import pytest

from cms.catalogs.enums import Severity
from cms.catalogs.rules import RULES, Facts, find_all

FACTS = Facts("Soạn thảo văn bản hành chính", Decimal(5), {1: Decimal(100), 2: Decimal(200)})


def row(code="A.1", **changes):
    """Return an item that no rule finds fault with."""
    fine = {"task": "Thẩm định", "name": f"Thẩm định {code}", "output": "Báo cáo", "unit_quantity": 1, "group": 1}
    return fine | {"code": code, "score": Decimal(50), "coefficient": Decimal(10)} | changes


def codes(rows, facts=FACTS):
    """Return the codes of the rules that found something."""
    return [finding.rule for finding in find_all(rows, facts)]


def test_a_sound_list_has_no_findings():
    assert codes([row("A.1"), row("A.2")]) == []


def test_an_empty_list_blocks():
    assert codes([]) == ["no_items"]


@pytest.mark.parametrize("facts", [Facts("", Decimal(5), {}), Facts("Văn bản", Decimal(0), {})])
def test_a_missing_standard_unit_or_divisor_blocks(facts):
    assert "no_standard_unit" in codes([row()], facts)


def test_codes_that_differ_only_in_case_spaces_and_hyphens_are_one():
    found = find_all([row("VP-01"), row("vp – 01".replace(" ", ""))], FACTS)
    assert [finding.rule for finding in found] == ["same_code_twice"]
    assert found[0].codes == ("VP-01", "vp–01")


def test_the_same_name_under_one_task_advises():
    found = find_all([row("A.1", name="Hoà giải"), row("A.2", name="hòa  giải")], FACTS)
    assert [(finding.rule, finding.severity) for finding in found] == [("same_name_twice", Severity.ADVISES)]


def test_the_same_name_under_two_tasks_is_fine():
    assert codes([row("A.1", name="Họp"), row("A.2", name="Họp", task="Khác")]) == []


@pytest.mark.parametrize(("coefficient", "expected"), [("10.05", []), ("10.0501", ["coefficient_not_score"])])
def test_a_coefficient_agrees_with_its_score_within_the_tolerance(coefficient, expected):
    assert codes([row(coefficient=Decimal(coefficient))]) == expected


def test_a_coefficient_without_a_score_is_not_compared():
    assert codes([row(score=None, coefficient=Decimal("18.5"))]) == []


@pytest.mark.parametrize(("score", "expected"), [(100, []), (101, ["score_over_frame"])])
def test_a_score_stays_within_the_frame_of_its_group(score, expected):
    assert codes([row(score=Decimal(score), coefficient=Decimal(score) / 5)]) == expected


def test_a_group_without_a_frame_blocks():
    assert codes([row(group=3)]) == ["unknown_group"]


@pytest.mark.parametrize("output", ["01", "Sản phẩm", "…", "Kết quả"])
def test_an_output_that_names_nothing_advises(output):
    assert codes([row(output=output)]) == ["unclear_output"]


def test_blocking_findings_come_first():
    found = find_all([row("A.1", output="01"), row("A.2", group=3)], FACTS)
    assert [finding.blocks for finding in found] == [True, False]


def test_a_finding_reads_as_a_sentence_with_vietnamese_numbers():
    found = find_all([row(coefficient=Decimal("12.5"))], FACTS)
    assert "12,5" in str(found[0])


def test_every_rule_has_a_code_of_its_own():
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "changes",
    [
        {"difficulty": Decimal(1), "process": Decimal(1), "coordination": Decimal(1), "scope": Decimal(1)},
        {"hours": Decimal(0)},
        {"name": "x" * 20_000},
        {"score": None, "coefficient": Decimal(50_000)},
    ],
)
def test_what_no_door_takes_is_not_submitted(changes):
    assert codes([row(**changes)]) == ["item_unsound"]
