"""The blocks offer everything that a definition can say, in words, and no more."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.frameworks.blocks.classification import CapBlock
from cms.frameworks.blocks.inputs import CodeBlock, NumberBlock, NumbersBlock, TextAreaBlock
from cms.frameworks.blocks.rules import MarksBlock, PeriodsBlock, ProcedureBlock, RoundingBlock, WorkBlock
from cms.frameworks.blocks.streams import SectionsStream
from cms.frameworks.blocks.words import CHOICES, METRICS
from cms.frameworks.stored import item_data
from cms.scoring import shape as shapes
from cms.scoring import shipped
from cms.scoring.definition import write_definition
from cms.scoring.definition.classification import Cap
from cms.scoring.definition.marks import MarkRules
from cms.scoring.definition.periods import Periods, Procedure, Rounding
from cms.scoring.definition.sections import Section
from cms.scoring.definition.whole import Definition
from cms.scoring.definition.words import KNOWN_METRICS
from cms.scoring.definition.work import WorkRules


def _choices(part: type, seen: set[type]) -> dict[str, set[str]]:
    """Every menu that a definition declares: the field and its words."""
    found: dict[str, set[str]] = {}
    for field in dataclasses.fields(part):
        shape = field.metadata["shape"]
        while isinstance(shape, shapes.Sourced | shapes.Maybe | shapes.Many):
            shape = shape.of
        if isinstance(shape, shapes.Choice):
            found[f"{part.__name__}.{field.name}"] = set(shape.values)
        elif isinstance(shape, shapes.Part) and shape.of() not in seen:
            seen.add(shape.of())
            found |= _choices(shape.of(), seen)
    return found


def test_every_word_of_every_menu_is_said_in_words() -> None:
    declared = _choices(Definition, {Definition})
    # What is written at the head of the file, and nowhere else.
    del declared["Definition.schema"]

    assert {key: set(words) for key, words in CHOICES.items()} == declared
    assert set(METRICS) == set(KNOWN_METRICS)


@pytest.mark.parametrize(
    ("block", "part"),
    [
        (WorkBlock, WorkRules),
        (PeriodsBlock, Periods),
        (RoundingBlock, Rounding),
        (ProcedureBlock, Procedure),
        (MarksBlock, MarkRules),
        (CapBlock, Cap),
    ],
)
def test_every_setting_can_be_set(block: Any, part: type) -> None:
    fields = {field.name for field in dataclasses.fields(part)} - {"longer"}

    assert set(block.base_blocks) == fields


def test_a_setting_begins_as_declared_and_says_its_source() -> None:
    setting = WorkBlock.base_blocks["points_off"]

    assert setting.get_default() == {"value": Decimal("25"), "citation": "Nghị định 335/2025/NĐ-CP, Điều 14"}
    assert "25" in str(setting.meta.default_source)
    assert "Điều 14" in str(setting.meta.default_source)


def test_a_number_is_typed_with_a_comma_and_kept_exactly() -> None:
    block = NumberBlock(places=4)

    assert block.clean("0,25") == Decimal("0.25")
    assert block.get_prep_value(Decimal("0.2500")) == "0.2500"
    assert block.get_form_state(block.to_python("2.5")) == "2,5"
    assert block.clean("") is None


def test_a_number_beyond_its_bounds_is_refused() -> None:
    with pytest.raises(ValidationError):
        NumberBlock(at_most=100).clean("100,5")


def test_steps_are_typed_in_one_line() -> None:
    block = NumbersBlock(at_most=100)

    assert block.clean("100; 66,67  50") == [Decimal("100"), Decimal("66.67"), Decimal("50")]
    assert block.get_form_state([Decimal("100"), Decimal("0.5")]) == "100; 0,5"
    with pytest.raises(ValidationError):
        block.clean("100; nhiều")


def test_saving_again_in_a_browser_changes_no_line_end() -> None:
    assert TextAreaBlock(required=False, keeps_lines=True).clean("một\r\nhai") == "một\nhai"
    assert TextAreaBlock(required=False).clean("một \r\nhai") == "một hai"


def test_a_code_with_a_space_is_refused_at_once() -> None:
    with pytest.raises(ValidationError):
        CodeBlock(required=False).clean("I 1")


@pytest.mark.parametrize(("kind", "index"), [("criteria", 0), ("indicators", 1)])
def test_a_new_section_begins_with_what_the_decree_says(kind: str, index: int) -> None:
    block = SectionsStream().child_blocks[kind]
    begun = {"type": kind, "value": block.get_prep_value(block.get_default())}

    data = item_data(Section, begun, "sections[0]", {})

    expected = write_definition(shipped.load("nd335"))["sections"][index]
    assert {**expected, **data} == expected
    assert data[kind]


def test_a_bonus_section_begins_empty() -> None:
    begun = SectionsStream().child_blocks["bonus"].get_default()

    assert not begun["criteria"]
    assert begun["max"] is None
