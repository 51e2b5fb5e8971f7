"""Declared shapes: what each takes, what it says of the rest, and that it stops at nothing."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

import pytest

from cms.scoring.problems import CODES, Problem
from cms.scoring.shape import (
    Choice,
    Code,
    Day,
    Many,
    Maybe,
    Number,
    Part,
    Setting,
    Sourced,
    Text,
    YesNo,
    cited,
    declare,
    part_schema,
    read_part,
    shortened,
    write_part,
)


@dataclass(frozen=True)
class Leaf:
    """A leaf.

    More about it.
    """

    code: str = declare(Code())
    from_: Fraction = declare(Number(places=2), Fraction(1, 2), note="Where it begins")
    kind: Setting[str] = declare(Sourced(Choice(("a", "b"))), cited("a", "Điều 1"))
    leaves: tuple["Leaf", ...] = declare(Many(Part(lambda: Leaf), 3), ())


def read(shape, data):
    problems: list[Problem] = []
    return shape.read(data, "x", problems), [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("shape", "data", "value"),
    [
        (Text(3), "abc", "abc"),
        (Text(3), "", ""),
        (Code(), "đ.1-a_B", "đ.1-a_B"),
        (Number(), "2.5", Fraction(5, 2)),
        (Number(), 7, Fraction(7)),
        (Number(at_least=-5), "-5", Fraction(-5)),
        (Choice(("a", "b")), "b", "b"),
        (YesNo(), False, False),
        (Day(), "2026-02-28", datetime.date(2026, 2, 28)),
        (Maybe(Text()), None, None),
        (Maybe(Text()), "a", "a"),
        (Many(Code()), ["a", "b"], ("a", "b")),
        (Sourced(YesNo()), {"value": True}, Setting(True, "")),
        (Sourced(YesNo()), {"value": True, "citation": "Điều 2"}, Setting(True, "Điều 2")),
    ],
)
def test_a_shape_takes_what_it_declares(shape, data, value):
    assert read(shape, data) == (value, [])


@pytest.mark.parametrize(
    ("shape", "data", "code"),
    [
        (Text(3), "abcd", "too_long"),
        (Text(3), 5, "not_text"),
        (Text(3, blank=False), " ", "blank"),
        (Text(), "a\x00", "not_characters"),
        (Text(), "\ud800", "not_characters"),
        (Code(), "", "blank"),
        (Code(), "a b", "not_a_code"),
        (Code(), "a/b", "not_a_code"),
        (Number(), 2.5, "not_a_number"),
        (Number(), True, "not_a_number"),
        (Number(), "2,5", "not_a_number"),
        (Number(places=2), "0.125", "too_many_decimals"),
        (Number(), "-1", "too_small"),
        (Number(at_most=100), "100.01", "too_large"),
        (Choice(("a",)), "b", "not_a_choice"),
        (Choice(("a",)), ["a"], "not_a_choice"),
        (YesNo(), 1, "not_yes_no"),
        (YesNo(), "true", "not_yes_no"),
        (Day(), "2026-02-29", "not_a_day"),
        (Day(), "2026-W01-1", "not_a_day"),
        (Day(), "28/02/2026", "not_a_day"),
        (Many(Code(), 2), ["a", "b", "c"], "too_many"),
        (Many(Code()), "ab", "not_a_list"),
        (Part(lambda: Leaf), [], "not_an_object"),
        (Sourced(YesNo()), True, "not_an_object"),
        (Sourced(YesNo()), {}, "missing"),
        (Sourced(YesNo()), {"value": True, "note": ""}, "unknown_key"),
        (Sourced(YesNo()), {"value": True, "citation": 5}, "not_text"),
    ],
)
def test_a_shape_says_what_is_wrong_with_the_rest(shape, data, code):
    problems: list[Problem] = []
    shape.read(data, "x", problems)
    assert [problem.code for problem in problems] == [code]
    assert CODES[code] % problems[0].params


def test_every_problem_of_a_part_is_told_with_its_path():
    problems: list[Problem] = []
    data = {"from": "x", "kind": {"value": "c"}, "leaves": [{"code": "a"}, {"code": "?"}, 5], "more": 1}
    read_part(Leaf, data, "", problems)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("more", "unknown_key"),
        ("code", "missing"),
        ("from", "not_a_number"),
        ("kind.value", "not_a_choice"),
        ("leaves[1].code", "not_a_code"),
        ("leaves[2]", "not_an_object"),
    ]


def test_what_is_left_out_takes_its_default_and_is_written_out():
    leaf = read_part(Leaf, {"code": "a"}, "", [])
    assert leaf == Leaf("a")
    assert write_part(leaf) == {
        "code": "a",
        "from": "0.5",
        "kind": {"value": "a", "citation": "Điều 1"},
        "leaves": [],
    }


def test_a_part_is_described_by_its_fields_and_first_sentence():
    definitions: dict = {}
    described = part_schema(Leaf, definitions)
    assert (described["description"], described["required"], described["additionalProperties"]) == (
        "A leaf.",
        ["code"],
        False,
    )
    assert described["properties"]["from"]["description"] == "Where it begins"
    assert described["properties"]["leaves"]["items"] == {"$ref": "#/$defs/Leaf"}
    assert list(definitions) == ["Leaf"]


def test_parts_in_parts_end_somewhere():
    data: dict = {"code": "a"}
    for _ in range(400):
        data = {"code": "a", "leaves": [data]}
    problems: list[Problem] = []
    read_part(Leaf, data, "", problems)
    assert [problem.code for problem in problems] == ["too_deep"]


def test_what_was_sent_is_shown_only_as_far_as_it_can_be():
    assert shortened("ngắn") == "ngắn"
    assert shortened("a" * 500) == "a" * 60 + "…"
    assert shortened("a\ud800\x00") == "a\ufffd\ufffd"
