"""The framework as a whole: for whom, on what it rests, its dates, and that every choice names its source."""

from __future__ import annotations

import dataclasses
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Any

from cms.scoring.definition import Definition
from cms.scoring.definition.words import OFFICER_ROLES, ORGANISATION
from cms.scoring.problems import Problem
from cms.scoring.shape import Setting, key_of
from cms.scoring.validation.parts import is_meaningless

_DAY_AND_MONTH = re.compile(r"(\d\d)/(\d\d)", re.ASCII)
_NO_LEAP_YEAR = 2001
_OUTSIDE_SECTIONS = ("classification", "work", "periods", "rounding", "procedure", "marks")


def check_whole(definition: Definition) -> Iterator[Problem]:
    """Check what concerns no single part."""
    if not definition.legal_basis:
        yield Problem("legal_basis", "no_legal_basis")
    yield from _check_roles(definition)
    first, last = definition.effective_from, definition.effective_to
    if first and last and last <= first:
        yield Problem("effective_to", "ends_before_it_begins", {"first": first.isoformat()})
    sections = {section.code for section in definition.sections}
    for index, code in enumerate(definition.open_to_agencies.sections):
        if code not in sections:
            yield Problem(f"open_to_agencies.sections[{index}]", "open_section_unknown", {"code": code})
    for name in ("classified_before", "special_before"):
        if not _is_day_of_every_year(getattr(definition.procedure, name).value):
            yield Problem(f"procedure.{name}.value", "not_day_and_month")
    for name in _OUTSIDE_SECTIONS:
        yield from _uncited(getattr(definition, name), name)


def _is_day_of_every_year(text: str) -> bool:
    found = _DAY_AND_MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return False
    return 1 <= int(found[1]) <= monthrange(_NO_LEAP_YEAR, int(found[2]))[1]


def _check_roles(definition: Definition) -> Iterator[Problem]:
    possible = (ORGANISATION,) if definition.subject == "organisation" else OFFICER_ROLES
    for index, role in enumerate(definition.applies_to.roles):
        if role not in possible:
            yield Problem(f"applies_to.roles[{index}]", "role_not_of_subject", {"role": role})
    if not definition.roles:
        yield Problem("applies_to.roles", "no_role_left")


def _uncited(part: Any, path: str) -> Iterator[Problem]:
    """Find the settings that do not say on what they rest."""
    for field in dataclasses.fields(part):
        value, place = getattr(part, field.name), f"{path}.{key_of(field)}"
        if isinstance(value, Setting):
            if is_meaningless(value.citation):
                yield Problem(f"{place}.citation", "no_citation")
        elif dataclasses.is_dataclass(value):
            yield from _uncited(value, place)
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                if dataclasses.is_dataclass(each):
                    yield from _uncited(each, f"{place}[{index}]")
