"""The list of settings that nothing carries out yet is true: on it is what has no reader, and nothing else."""

from __future__ import annotations

import ast
import dataclasses
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from cms.frameworks.not_carried_out import is_carried_out
from cms.scoring.definition import Definition
from cms.scoring.shape import Choice, Many, Maybe, Part, Sourced

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = ("cms", "catalog_pages", "importers", "api")
# These declare, check, compare, show and explain settings; none of them does what a setting states.
NO_READERS = (
    "cms/frameworks/", "cms/scoring/definition/", "cms/scoring/validation/", "cms/scoring/conformity/",
    "cms/scoring/provenance/", "cms/scoring/receipt", "cms/scoring/periods_explained", "cms/scoring/explaining",
    "cms/scoring/wording", "cms/scoring/document", "importers/demo/",
)  # fmt: skip


def _parts(part: type) -> dict[type, None]:
    """Return the part and all that it holds, however deep."""
    found, waiting = {part: None}, [part]
    while waiting:
        for each in dataclasses.fields(waiting.pop()):
            shape: Any = each.metadata["shape"]
            while isinstance(shape, Many | Maybe):
                shape = shape.of
            if isinstance(shape, Part) and shape.of() not in found:
                found[shape.of()] = None
                waiting.append(shape.of())
    return found


def _settings() -> list[tuple[type, str]]:
    """Return the settings between which there is a choice: a single value is what the programs do anyway."""
    return [
        (part, each.name)
        for part in _parts(Definition)
        for each in dataclasses.fields(part)
        if isinstance(shape := each.metadata["shape"], Sourced)
        and not (isinstance(shape.of, Choice) and len(shape.of.values) == 1)
    ]


def _readers() -> dict[str, set[str]]:
    """Return the files that take the value of a setting (``….name.value``), by the setting's name."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (each for package in PACKAGES for each in (ROOT / package).rglob("*.py")):
        place = str(path.relative_to(ROOT))
        if not place.startswith(NO_READERS):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr == "value" and isinstance(node.value, ast.Attribute):
                    found[node.value.attr].add(place)
    return found


READERS = _readers()


def test_the_settings_are_found():
    names = {f"{part.__name__}.{name}" for part, name in _settings()}

    assert {"WorkRules.denominator", "Procedure.several_posts", "Cap.rate", "Section.combine"} <= names
    assert "cms/scoring/work.py" in READERS["denominator"]


@pytest.mark.parametrize(("part", "name"), _settings(), ids=lambda each: getattr(each, "__name__", each))
def test_a_setting_is_on_the_list_where_nothing_reads_it(part: type, name: str):
    readers = sorted(READERS[name]) or "nothing"
    reported = f"{part.__name__}.{name} is read by {readers}: mend cms/frameworks/not_carried_out.py"
    assert is_carried_out(part, name) == bool(READERS[name]), reported
