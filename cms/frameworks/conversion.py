"""A framework in the hands of its editors to and from the definition that the engine reads.

Both ways follow the declared parts of ``cms.scoring.definition``, whose fields the blocks are named after. Neither way
raises: a draft may be incomplete, and what is wrong with it is told by ``read_definition`` and by the validation.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from cms.frameworks.kinds import drop_unused
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.stored import Places, data_of, item_data, raw_items, raw_part
from cms.scoring.definition import Definition, read_definition, write_definition
from cms.scoring.definition.classification import Cap, Classification, Disqualifier, LevelRule, Metric
from cms.scoring.definition.marks import MarkRules
from cms.scoring.definition.periods import LongerPeriod, Periods, Procedure, Rounding
from cms.scoring.definition.sections import Section
from cms.scoring.definition.whole import AppliesTo, LegalBasis, OpenToAgencies
from cms.scoring.definition.words import SCHEMA
from cms.scoring.definition.work import WorkRules
from cms.scoring.shape import read_part

_RULES: dict[str, type] = {
    "work": WorkRules, "periods": Periods, "rounding": Rounding, "procedure": Procedure, "marks": MarkRules,
}  # fmt: skip
# Columns of the framework that say for whom it is, called as the definition calls them.
APPLIES_TO_COLUMNS = tuple(each.name for each in dataclasses.fields(AppliesTo))
# Rules that came later: a framework that says nothing of them has no block of them.
_UNUSED = {"marks": MarkRules()}
# Blocks of the stream, each with its key among the classification's.
_CLASSIFICATION: dict[str, tuple[str, type]] = {
    "level": ("levels", LevelRule),
    "disqualifier": ("disqualifiers", Disqualifier),
    "metric": ("metrics", Metric),
    "cap": ("caps", Cap),
}


def definition_data(framework: CriteriaFramework) -> dict[str, Any]:
    """Return the framework as definition JSON: complete and canonical when it can be read, as it stands otherwise."""
    data, _places = _draft(framework)
    definition, _problems = read_definition(data)
    return data if definition is None else write_definition(definition)


def places(framework: CriteriaFramework) -> Places:
    """Return the id of the block that stands for each path (``sections[0].criteria[2]``), for links to it."""
    return _draft(framework)[1]


def fill(framework: CriteriaFramework, data: Any) -> None:
    """Set the framework's fields and streams to what the definition JSON says; nothing is saved.

    What cannot be read is left empty. The agency and the base of the framework stay as they are.
    """
    definition = read_part(Definition, data, "", [])
    if definition is None:
        return
    _fill_fields(framework, definition)
    streams = {
        "basis": raw_items(definition.legal_basis, "legal_basis", "document"),
        "sections": raw_items(definition.sections, "sections"),
        "rules": _raw_rules(definition),
        "classification": _raw_classification(definition.classification),
    }
    for name, raw in streams.items():
        setattr(framework, name, raw)


# To the definition ----------------------------------------------------------------------------------------------


def _draft(framework: CriteriaFramework) -> tuple[dict[str, Any], Places]:
    found: Places = {}
    data = {
        "schema": SCHEMA,
        **_fields(framework),
        "legal_basis": _items(framework.basis, "document", LegalBasis, "legal_basis", found),
        "sections": [
            item_data(Section, each, f"sections[{index}]", found) | {"kind": each["type"]}
            for index, each in enumerate(framework.sections.get_prep_value())
        ],
        **_rules(framework.rules, found),
        "classification": _classification(framework.classification, found),
    }
    drop_unused(data)
    return data, found


def _fields(framework: CriteriaFramework) -> dict[str, Any]:
    return {
        "code": framework.code,
        "name": framework.name,
        "subject": framework.subject,
        "effective_from": _day(framework.effective_from),
        "effective_to": _day(framework.effective_to),
        "applies_to": {name: getattr(framework, name) for name in APPLIES_TO_COLUMNS},
        "overridable": framework.overridable,
        "open_to_agencies": {"sections": framework.open_sections, "settings": framework.open_settings},
    }


def _items(stream: Any, kind: str, part: type, path: str, found: Places) -> list[dict[str, Any]]:
    chosen = [each for each in stream.get_prep_value() if each["type"] == kind]
    return [item_data(part, each, f"{path}[{index}]", found) for index, each in enumerate(chosen)]


def _rules(stream: Any, found: Places) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for each in stream.get_prep_value():
        if part := _RULES.get(each["type"]):
            data[each["type"]] = item_data(part, each, each["type"], found)
    if longer := _items(stream, "longer", LongerPeriod, "periods.longer", found):
        data["periods"] = {**data.get("periods", {}), "longer": longer}
    return data


def _classification(stream: Any, found: Places) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for kind, (key, part) in _CLASSIFICATION.items():
        data[key] = _items(stream, kind, part, f"classification.{key}", found)
    for each in stream.get_prep_value():
        if each["type"] == "when_conditions_fail":
            data |= data_of(Classification, each["value"], "classification", found)
            found["classification.when_conditions_fail"] = each["id"]
    return data


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


# From the definition --------------------------------------------------------------------------------------------


def _fill_fields(framework: CriteriaFramework, definition: Definition) -> None:
    applies, opened = definition.applies_to or AppliesTo(), definition.open_to_agencies or OpenToAgencies()
    framework.code = definition.code or ""
    framework.name = definition.name or ""
    framework.subject = definition.subject or framework.subject
    framework.effective_from, framework.effective_to = definition.effective_from, definition.effective_to
    for name in APPLIES_TO_COLUMNS:
        setattr(framework, name, list(getattr(applies, name) or ()))
    framework.overridable = list(definition.overridable or ())
    framework.open_sections, framework.open_settings = list(opened.sections or ()), list(opened.settings or ())


def _raw_rules(definition: Definition) -> list[dict[str, Any]]:
    raw = []
    for name in _RULES:
        part = getattr(definition, name)
        raw += raw_items([] if part == _UNUSED.get(name) else [part], name, name)
    longer = definition.periods.longer if definition.periods else ()
    return raw + raw_items(longer, "periods.longer", "longer")


def _raw_classification(classification: Classification | None) -> list[dict[str, Any]]:
    if classification is None:
        return []
    raw: list[dict[str, Any]] = []
    for kind, (key, _part) in _CLASSIFICATION.items():
        raw += raw_items(getattr(classification, key), f"classification.{key}", kind)
    fail = raw_part(classification, only=("when_conditions_fail",))
    return [*raw, {"type": "when_conditions_fail", "value": fail, "id": None}]
