"""Definitions on the way in and out: nothing is lost, the schema agrees, and nothing that is sent breaks the reader."""

import copy
import dataclasses
import json
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.definition import Definition, definition_schema, read_definition, write_definition
from cms.scoring.definition.words import OFFICER_ROLES
from cms.scoring.exact import to_text
from cms.scoring.problems import CODES
from cms.scoring.shape import Choice, Code, Day, Many, Maybe, Number, Part, Shape, Sourced, Text, YesNo, key_of
from cms.scoring.validation import CODES as SENSE_CODES
from cms.scoring.validation import check
from tests.unit.scoring.definitions import decree, decree_data, define

SCHEMA = jsonschema.Draft202012Validator(definition_schema())
LETTERS = "aAđĐ1.-_ "
slow_to_draw = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])


def numbers(shape: Number) -> st.SearchStrategy[str]:
    scale = 10**shape.places
    units = st.integers(shape.at_least * scale, shape.at_most * scale)
    return units.map(lambda count: to_text(Fraction(count, scale)))


def part_data(part: type, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    fields = dataclasses.fields(part)
    drawn = {key_of(field): data_of(field.metadata["shape"], depth) for field in fields}
    needed = {key_of(field) for field in fields if field.default is dataclasses.MISSING}
    return st.fixed_dictionaries(
        {key: value for key, value in drawn.items() if key in needed},
        optional={key: value for key, value in drawn.items() if key not in needed},
    )


def data_of(shape: Shape, depth: int = 0) -> st.SearchStrategy[Any]:
    """Return what the shape takes, as JSON data; lists get shorter and then empty further down."""
    if isinstance(shape, Part):
        return part_data(shape.of(), depth)
    if isinstance(shape, Many):
        most = 2 if depth < 2 else 1 if depth < 4 else 0
        return st.lists(data_of(shape.of, depth + 1), max_size=min(most, shape.limit)) if most else st.just([])
    if isinstance(shape, Maybe):
        return st.none() | data_of(shape.of, depth)
    if isinstance(shape, Sourced):
        return st.fixed_dictionaries({"value": data_of(shape.of, depth)}, optional={"citation": st.text(LETTERS)})
    simple = {
        Text: lambda: st.text(LETTERS, max_size=min(5, shape.limit)).map(
            lambda text: text if shape.blank else f"x{text}"
        ),
        Code: lambda: st.text("aAđĐ1.-_", min_size=1, max_size=5),
        Number: lambda: numbers(shape),
        Choice: lambda: st.sampled_from(shape.values),
        YesNo: st.booleans,
        Day: lambda: st.dates().map(lambda day: day.isoformat()),
    }
    return simple[type(shape)]()


DEFINITIONS = part_data(Definition, 0)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def places_in(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in the data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [way, *(found for key, value in inside for found in places_in(value, (*way, key)))]


PLACES = places_in(write_definition(decree()))[1:]


@slow_to_draw
@given(DEFINITIONS)
def test_what_is_written_reads_back_equal_and_the_schema_agrees(data):
    definition = define(data)
    written = write_definition(definition)
    SCHEMA.validate(data)
    SCHEMA.validate(written)
    assert define(json.loads(json.dumps(written))) == definition
    assert write_definition(define(written)) == written


@slow_to_draw
@given(DEFINITIONS)
def test_whatever_can_be_read_can_be_checked_and_told(data):
    for problem in check(define(data)):
        assert SENSE_CODES.get(problem.code, CODES.get(problem.code)) % problem.params


@settings(max_examples=80)
@given(JSON)
def test_no_json_breaks_the_reader(data):
    definition, problems = read_definition(data)
    assert definition is None
    assert problems


@settings(max_examples=150)
@given(st.sampled_from(PLACES), JSON)
def test_any_json_in_any_place_is_read_or_told(way, value):
    data = write_definition(decree())
    target = data
    for step in way[:-1]:
        target = target[step]
    target[way[-1]] = value
    definition, problems = read_definition(data)
    assert (definition is None) == bool(problems)
    assert all(CODES[problem.code] % problem.params for problem in problems)
    if definition:
        check(definition)
    else:
        json.dumps([[problem.path, problem.params] for problem in problems]).encode()


def test_the_schema_refuses_what_the_reader_refuses():
    for edit in (
        {"schema": "thuocdo.framework/2"},
        {"code": "có dấu cách"},
        {"sections": None},
        {"effective_from": 2026},
        {"rounding": {"places": {"value": "7"}}},
        {"more": 1},
    ):
        data = decree_data(**edit)
        assert read_definition(data)[0] is None
        assert not SCHEMA.is_valid(data)


@pytest.mark.parametrize(
    ("subject", "roles", "scored"),
    [
        ("officer", [], OFFICER_ROLES),
        ("officer", ["deputy", "staff"], ("staff", "deputy")),
        ("organisation", [], ("organisation",)),
        ("organisation", ["staff"], ()),
    ],
)
def test_a_framework_scores_the_roles_of_its_subject(subject, roles, scored):
    data = decree_data(subject=subject, applies_to={"roles": roles})
    assert define(data).roles == scored


def test_the_same_content_has_the_same_hash_in_whatever_order_it_was_sent():
    data = decree_data()
    backwards = {key: data[key] for key in reversed(data)}
    assert content_hash(write_definition(define(data))) == content_hash(write_definition(define(backwards)))
    other = copy.deepcopy(data)
    other["sections"][0]["max"] = "31"
    assert content_hash(write_definition(define(other))) != content_hash(write_definition(define(data)))


def test_canonical_bytes_have_one_form_and_no_floats_that_are_none():
    assert canonical_bytes({"b": "đ", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"đ"}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical_bytes({"a": float("nan")})
