"""A framework in the hands of its editors says exactly what its definition says, both ways."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cms.frameworks.conversion import definition_data, fill, places
from cms.frameworks.models import CriteriaFramework
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes
from cms.scoring.definition import read_definition, write_definition
from tests.unit.scoring.definitions import DECREE, decree_data

STREAMS = ("basis", "sections", "rules", "classification")


def _filled(data: Any) -> CriteriaFramework:
    framework = CriteriaFramework()
    fill(framework, data)
    return framework


def _opened(framework: CriteriaFramework) -> CriteriaFramework:
    """Turn every stored block into the values that forms work with, as an editor's screen does."""
    for name in STREAMS:
        stream = getattr(framework, name)
        setattr(framework, name, [(child.block_type, child.value) for child in stream])
    return framework


@pytest.mark.parametrize("code", shipped.codes())
def test_what_is_shipped_passes_through_the_blocks_unchanged(code: str) -> None:
    expected = canonical_bytes(write_definition(shipped.load(code)))

    framework = _filled(write_definition(shipped.load(code)))

    assert canonical_bytes(definition_data(framework)) == expected
    assert canonical_bytes(definition_data(_opened(framework))) == expected


def test_weights_by_role_pass_through_the_blocks_unchanged() -> None:
    data = write_definition(shipped.load("nd335"))
    data["sections"][1]["indicators"][0]["weights"] = [
        {"position_groups": [], "weight": "2", "roles": ["head", "deputy"]},
        {"position_groups": ["van-thu"], "weight": "3", "roles": ["head"]},
        {"position_groups": ["van-thu"], "weight": "0.5"},
    ]

    framework = _filled(data)

    assert canonical_bytes(definition_data(framework)) == canonical_bytes(data)
    assert canonical_bytes(definition_data(_opened(framework))) == canonical_bytes(data)


def test_bands_of_days_late_pass_through_the_blocks_unchanged() -> None:
    data = write_definition(shipped.load("nd335"))
    data["work"]["late_counted"]["value"] = "days"
    data["work"]["late_bands"] = [
        {"from_days": "1", "points_off": "2.5"},
        {"from_days": "4", "points_off": "10"},
    ]

    framework = _filled(data)

    assert canonical_bytes(definition_data(framework)) == canonical_bytes(data)
    assert canonical_bytes(definition_data(_opened(framework))) == canonical_bytes(data)
    assert {"work.late_bands[0]", "work.late_bands[1]"} <= places(framework).keys()


def test_conditions_on_scores_pass_through_the_blocks_unchanged() -> None:
    data = write_definition(shipped.load("nd335"))
    scores = [
        {"of": "section", "code": "common", "operator": ">=", "value": "25", "unit": "points"},
        {"of": "criterion", "code": "I.1", "operator": "=", "value": "99.5", "unit": "percent"},
    ]
    condition = {"title": "Điểm tiêu chí chung từ 25", "any": [], "roles": ["staff"], "citation": "", "scores": scores}
    data["classification"]["levels"][0]["conditions"] = [condition]

    framework = _filled(data)

    assert canonical_bytes(definition_data(framework)) == canonical_bytes(data)
    assert canonical_bytes(definition_data(_opened(framework))) == canonical_bytes(data)


def _asking() -> dict[str, Any]:
    data = write_definition(shipped.load("nd335"))
    common = data["sections"][0] | {"asks_when_cut": "comment"}
    first = common["criteria"][0] | {"asks_when_cut": "both"}
    common["criteria"] = [first, *common["criteria"][1:]]
    citation = "Kế hoạch của tỉnh, mục II"
    return data | {
        "sections": [common, *data["sections"][1:]],
        "marks": {"asks_when_cut": {"value": "evidence", "citation": citation}},
    }


def test_what_is_asked_where_points_are_cut_passes_through_the_blocks_unchanged() -> None:
    framework = _filled(_asking())

    assert canonical_bytes(definition_data(framework)) == canonical_bytes(_asking())
    assert canonical_bytes(definition_data(_opened(framework))) == canonical_bytes(_asking())


def test_a_framework_that_asks_nothing_has_no_block_of_it() -> None:
    framework = _filled(write_definition(shipped.load("nd335")))

    assert "marks" not in [each.block_type for each in framework.rules]
    assert "marks" in [each.block_type for each in _filled(_asking()).rules]


def test_numbers_keep_their_digits_and_lose_idle_zeros() -> None:
    framework = _filled(decree_data(sections=[{**DECREE["sections"][0], "max": "0.1250"}]))

    assert framework.sections[0].value["max"] == Decimal("0.125")
    assert definition_data(framework)["sections"][0]["max"] == "0.125"


def test_a_metric_of_the_frameworks_own_is_kept_beside_the_menu() -> None:
    own = {"title": "PAR Index", "any": [{"metric": "par_index", "operator": ">=", "value": "80"}]}
    known = {"title": "Đúng hạn", "any": [{"metric": "on_time_pct", "operator": "=", "value": "100"}]}
    levels = [{"level": "excellent", "title": "Xuất sắc", "from": "90", "conditions": [own, known]}]

    framework = _filled(decree_data(classification={"levels": levels}))
    first, second = (condition["any"][0] for condition in framework.classification[0].value["conditions"])

    assert (first["metric"], first["own_metric"]) == ("", "par_index")
    assert (second["metric"], second["own_metric"]) == ("on_time_pct", None)
    conditions = definition_data(framework)["classification"]["levels"][0]["conditions"]
    assert [each["any"][0]["metric"] for each in conditions] == ["par_index", "on_time_pct"]


def test_what_an_editor_left_blank_is_told_by_its_path() -> None:
    framework = _filled(DECREE)
    framework.sections = [("criteria", {**framework.sections[0].value, "max": None, "code": ""})]

    definition, problems = read_definition(definition_data(framework))

    assert definition is None
    assert {(each.path, each.code) for each in problems} == {
        ("sections[0].code", "blank"),
        ("sections[0].max", "missing"),
    }


def test_an_empty_draft_is_told_and_never_raises() -> None:
    _definition, problems = read_definition(definition_data(CriteriaFramework()))

    assert {each.path for each in problems} >= {"code", "name"}


@pytest.mark.parametrize("data", [None, [], "x", {}, {"sections": "x"}, {"sections": [None, {"criteria": 3}]}])
def test_filling_from_nonsense_leaves_what_cannot_be_read_empty(data: Any) -> None:
    assert read_definition(definition_data(_filled(data)))[0] is None


def test_every_place_knows_its_block() -> None:
    framework = _filled(DECREE)

    found = places(framework)

    assert found["sections[1].indicators[3]"] == framework.sections[1].value["indicators"][3].id
    assert found["classification.levels[0]"] == framework.classification[0].id
    assert found["work"] == framework.rules[0].id
