"""A definition as people read it: everything that it says is on the page, in words."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.utils import translation

from cms.frameworks.presenters import describe
from cms.scoring import shipped
from cms.scoring.definition import read_definition, write_definition


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list | tuple):
        for each in data:
            yield from texts(each)
    elif isinstance(data, str):
        yield data


def citations(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if data.get("citation"):
            yield data["citation"]
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from citations(each)


@pytest.mark.parametrize("code", shipped.codes())
def test_every_source_and_every_title_is_shown(code):
    definition = shipped.load(code)
    shown = "\n".join(texts(asdict(describe(definition, groups={}))))

    data = write_definition(definition)
    data["sections"] = [
        each | ({"combine": {}} if each["kind"] != "indicators" else {}) for each in data["sections"]
    ]  # points of criteria are always added up: the page does not say so
    missing = {each for each in citations(data) if each not in shown}
    assert not missing


def test_no_code_of_a_menu_is_left_in_the_words():
    shown = set(texts(asdict(describe(shipped.load("nghe-an"), groups={}))))

    assert not shown & {"leave_out", "work_quantity", "half_up", "good_only", "both", "mean", "quarter", "officer"}


def test_bands_levels_and_steps_of_a_mark_are_told():
    said = describe(shipped.load("truong-hoc"), groups={})

    reported = [each for section in said.sections for row in section.rows for each in row.how]
    assert any(each.startswith("from 100 %: ") for each in reported)
    assert "Points typed in steps: 0,25" in reported


def test_bands_of_days_late_are_told_with_the_source_of_how_lateness_is_counted():
    data = write_definition(shipped.load("nd335"))
    data["work"]["late_counted"] = {"value": "days", "citation": "Kế hoạch, mục II"}
    offs = (("1", "2.5"), ("2", "10"), ("8", "25"))
    data["work"]["late_bands"] = [{"from_days": first, "points_off": off} for first, off in offs]

    lines = describe(read_definition(data)[0], groups={}).rules[0].lines

    labels = [each.label for each in lines]
    assert labels.index("Bands of days late") == labels.index("Lateness is counted by") + 1
    reported = lines[labels.index("Bands of days late")]
    assert reported.text == "1 days: 2,5 % off; 2–7 days: 10 % off; ≥ 8 days: 25 % off"
    assert reported.citation == "Kế hoạch, mục II"


def test_weights_of_position_groups_bear_their_names():
    said = describe(shipped.load("nghe-an"), groups={"mot-cua": "Bộ phận một cửa"})

    result = next(section for section in said.sections if section.measured)
    assert result.with_weights
    assert any(each.startswith("Weight for Bộ phận một cửa: ") for row in result.rows for each in row.how)


def test_weights_of_roles_are_told_with_their_groups():
    data = write_definition(shipped.load("nd335"))
    data["sections"][1]["indicators"][0]["weights"] = [
        {"position_groups": [], "roles": ["head"], "weight": "2"},
        {"position_groups": ["mot-cua"], "roles": ["head", "deputy"], "weight": "3"},
    ]

    said = describe(read_definition(data)[0], groups={"mot-cua": "Bộ phận một cửa"})

    how = [each for section in said.sections if section.measured for row in section.rows for each in row.how]
    assert "Weight for Head: 2" in how
    assert "Weight for Head, Deputy · Bộ phận một cửa: 3" in how


def test_conditions_on_scores_are_told_in_words():
    data = write_definition(shipped.load("nd335"))
    scores = [
        {"of": "section", "code": data["sections"][0]["code"], "operator": ">=", "value": "25"},
        {"of": "section", "code": data["sections"][0]["code"], "operator": ">", "value": "90.5", "unit": "percent"},
    ]
    data["classification"]["levels"][0]["conditions"] = [{"title": "Tiêu chí chung", "any": [], "scores": scores}]

    said = describe(read_definition(data)[0], groups={})

    name = f"Points of “{data['sections'][0]['title']}”"
    assert said.levels[0].conditions[0].exactly == f"{name} ≥ 25 or {name} (% of the maximum) > 90,5"


def test_what_is_asked_where_points_are_cut_is_told_where_it_is_said():
    data = write_definition(shipped.load("nd335"))
    data["sections"][0]["asks_when_cut"] = "comment"
    data["sections"][0]["criteria"][0]["asks_when_cut"] = "nothing"
    data["marks"] = {"asks_when_cut": {"value": "both", "citation": "Kế hoạch của tỉnh"}}

    said = describe(read_definition(data)[0], groups={})

    assert "Where points are cut, ask for: nothing more" in said.sections[0].rows[0].how
    assert said.sections[0].settings[-1].text == "a comment"
    reported = next(group for group in said.rules if group.title == "Rules of marking")
    assert [(line.text, line.citation) for line in reported.lines] == [("a comment and evidence", "Kế hoạch của tỉnh")]
    silent = describe(shipped.load("nd335"), groups={})
    assert "Rules of marking" not in [group.title for group in silent.rules]
    assert not [text for text in texts(asdict(silent)) if "points are cut" in text]


def test_conditions_are_told_in_words_and_exactly():
    said = describe(shipped.load("nghe-an"), groups={})

    exactly = [each.exactly for each in said.levels[0].conditions]
    assert "Tasks done (%) = 100" in exactly
    assert "Tỷ lệ nhiệm vụ hoàn thành của cơ quan, đơn vị phụ trách = 100" in exactly
