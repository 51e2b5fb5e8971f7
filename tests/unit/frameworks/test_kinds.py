"""What a kind does not use: no fault is found with it, and the definition does not say it."""

from __future__ import annotations

import dataclasses
import json

import pytest
from django.utils.datastructures import MultiValueDict

from cms.frameworks import limits
from cms.frameworks.conversion import definition_data, fill
from cms.frameworks.kinds import USES, drop_unused, unused
from cms.frameworks.models import CriteriaFramework
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.definition.classification import Comparison
from cms.scoring.definition.whole import Definition
from cms.scoring.definition.words import KNOWN_METRICS
from cms.scoring.shape import Sourced
from cms.scoring.validation import check
from scripts import kind_styles
from tests.unit.frameworks.test_deferred_blocks import sent_unopened

LEVELS = [{"code": "tot", "label": "Tốt", "percent": "100"}]
BANDS = [{"from": "90", "points": "2"}]
WEIGHTS = [{"position_groups": ["van-thu"], "weight": "3"}]


def shapes_of(part):
    return {field.name: field.metadata["shape"] for field in dataclasses.fields(part)}


def data_with(criterion=None, indicator=None):
    """Return the decree's definition with changes to its first criterion and first indicator."""
    data = write_definition(shipped.load("nd335"))
    data["sections"][0]["criteria"][0]["criteria"][0] |= criterion or {}
    data["sections"][1]["indicators"][0] |= indicator or {}
    return data


def converted(data):
    framework = CriteriaFramework()
    fill(framework, data)
    return definition_data(framework)


def first_criterion(data):
    return data["sections"][0]["criteria"][0]["criteria"][0]


def saved(framework, change):
    """Send the form of the sections as the screen does, after ``change`` of the fields that are sent."""
    stream = framework.sections
    sent = {}
    sent_unopened(stream.stream_block, stream.stream_block.get_form_state(stream), "sections", sent)
    change(sent)
    framework.sections = stream.stream_block.clean(
        stream.stream_block.value_from_datadict(MultiValueDict(sent), {}, "sections")
    )
    return definition_data(framework)


@pytest.mark.parametrize("code", shipped.codes())
def test_what_is_shipped_says_nothing_that_would_be_dropped(code):
    data = write_definition(shipped.load(code))
    before = canonical_bytes(data)
    drop_unused(data)
    assert canonical_bytes(write_definition(read_definition(data)[0])) == before


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("points", set()),
        ("levels", {"levels"}),
        ("bands", {"bands"}),
        ("points_off", {"each"}),
        ("points_each", {"each"}),
        ("yes_no", set()),
    ],
)
def test_a_marking_says_what_its_kind_uses(kind, kept):
    marking = {"kind": kind, "levels": LEVELS, "bands": BANDS, "each": "1"}
    said = first_criterion(converted(data_with({"marking": marking})))["marking"]
    assert {name for name in ("levels", "bands", "each") if said[name]} == kept


def test_an_indicator_says_what_its_measure_and_section_use():
    everything = {"steps": ["100", "50"], "threshold": "50", "max": "10", "work": {"floor": "5"}, "weights": WEIGHTS}
    said = converted(data_with(indicator=everything | {"measure": "survey"}))["sections"][1]["indicators"][0]
    assert (said["steps"], said["threshold"], said["max"], said["work"]["floor"]) == ([], None, None, None)
    assert [each["weight"] for each in said["weights"]] == ["3"]

    data = data_with(indicator=everything | {"measure": "work_quality"})
    data["sections"][1]["combine"]["value"] = "points"
    said = converted(data)["sections"][1]["indicators"][0]
    assert (said["max"], said["work"]["floor"], said["weights"], said["threshold"]) == ("10", "5", [], None)


def test_a_number_that_every_definition_says_stays_as_it_was_published():
    data = data_with({"step": "0.7", "marking": {"kind": "yes_no"}}, {"full": "250"})
    expected = canonical_bytes(write_definition(read_definition(data)[0]))
    assert canonical_bytes(converted(data)) == expected


def test_a_number_that_cannot_be_read_is_dropped_where_it_is_not_used():
    data = data_with({"step": "-1", "marking": {"kind": "yes_no"}})
    drop_unused(data)
    assert "step" not in first_criterion(data)
    data = data_with({"step": "-1"})
    drop_unused(data)
    assert first_criterion(data)["step"] == "-1"


def test_the_form_finds_no_fault_with_what_is_not_shown():
    framework = CriteriaFramework()
    fill(framework, data_with())

    def change(sent):
        key = next(each for each in sent if each.endswith("-unopened"))
        state = json.loads(sent[key][0])
        leaf = state["criteria"][0]["value"]
        leaf["step"] = "một nửa"
        leaf["marking"] |= {"kind": "yes_no", "each": "hai", "levels": [{"value": {"code": "có trống"}, "id": "x"}]}
        leaf["marking"]["levels"][0]["value"] |= {"label": "", "percent": "ba"}
        sent[key] = [json.dumps(state)]

    said = saved(framework, change)
    criterion = first_criterion(said)
    assert (criterion["marking"]["kind"], criterion["marking"]["levels"], criterion["step"]) == ("yes_no", [], "0.25")
    assert not check(read_definition(said)[0])


def test_who_changes_the_kind_back_finds_what_was_there():
    framework = CriteriaFramework()
    fill(framework, data_with({"marking": {"kind": "levels", "levels": LEVELS}}))

    def chosen(kind):
        def change(sent):
            key = next(each for each in sent if each.endswith("-unopened"))
            state = json.loads(sent[key][0])
            state["criteria"][0]["value"]["marking"]["kind"] = kind
            sent[key] = [json.dumps(state)]

        return first_criterion(saved(framework, change))["marking"]["levels"]

    assert chosen("yes_no") == []
    assert chosen("levels") == LEVELS


def test_an_agency_may_publish_beside_a_base_with_leftovers():
    data = data_with({"marking": {"kind": "yes_no", "levels": LEVELS}})
    base = read_definition(data)[0]
    own = read_definition(converted(data))[0]
    assert own != base
    assert limits.check(own, base) == []


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.part.__name__}.{use.field}")
def test_every_row_of_the_table_names_kinds_that_there_are(use):
    part = use.part
    *path, name = use.by.split(".")
    for step in path:
        part = shapes_of(part)[step].of()
    shape = shapes_of(part)[name]
    choice = shape.of if isinstance(shape, Sourced) else shape
    words = ("", *KNOWN_METRICS) if use.part is Comparison else choice.values
    assert set(use.kinds) <= set(words)


def test_what_cannot_be_read_is_passed_over():
    for data in (None, [], {"sections": 3}, {"sections": [None, {"indicators": "x"}]}):
        assert list(unused(Definition, data)) == []


def test_the_styles_of_the_screen_are_those_of_the_table():
    assert kind_styles.FILE.read_text(encoding="utf-8") == kind_styles.styles()
