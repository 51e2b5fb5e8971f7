"""The whole framework: for whom it is, on what it rests, its sections and rules; the way in and the way out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from cms.scoring.definition.classification import Classification
from cms.scoring.definition.marks import MarkRules
from cms.scoring.definition.periods import Periods, Procedure, Rounding
from cms.scoring.definition.sections import Section
from cms.scoring.definition.words import (
    AGENCY_BLOCKS,
    AGENCY_KINDS,
    CATEGORIES,
    OFFICER_ROLES,
    ORGANISATION,
    ROLES,
    SCHEMA,
    WORK_SETTINGS,
)
from cms.scoring.definition.work import WorkRules
from cms.scoring.problems import Problem
from cms.scoring.shape import Choice, Code, Day, Many, Maybe, Part, Text, declare, part_schema, read_part, write_part


@dataclass(frozen=True)
class LegalBasis:
    """A document on which the framework rests, and the place in it."""

    document: str = declare(Text(300, blank=False))
    place: str = declare(Text(300), "")


@dataclass(frozen=True)
class AppliesTo:
    """For whom the framework is: whoever fits every list; an empty list means everybody of its subject.

    An officer fits the agency of the main posting, an organisation itself. Agencies are named by code.
    """

    categories: tuple[str, ...] = declare(Many(Choice(CATEGORIES)), ())
    roles: tuple[str, ...] = declare(Many(Choice(ROLES)), ())
    position_groups: tuple[str, ...] = declare(Many(Code()), ())
    kinds: tuple[str, ...] = declare(Many(Choice(AGENCY_KINDS)), (), note="Kinds of agency", omit_default=True)
    blocks: tuple[str, ...] = declare(Many(Choice(AGENCY_BLOCKS)), (), omit_default=True)
    subtrees: tuple[str, ...] = declare(
        Many(Code()), (), note="Codes of agencies: these, and all below them", omit_default=True
    )
    agencies: tuple[str, ...] = declare(
        Many(Code(), 2000), (), note="Codes of agencies: these alone", omit_default=True
    )


@dataclass(frozen=True)
class OpenToAgencies:
    """The limits of an agency's own framework: which sections it may fill itself, which settings it may choose."""

    sections: tuple[str, ...] = declare(Many(Code()), ())
    settings: tuple[str, ...] = declare(Many(Choice(WORK_SETTINGS)), ())


@dataclass(frozen=True)
class Definition:
    """A whole criteria framework, ready to score with."""

    schema: str = declare(Choice((SCHEMA,)))
    code: str = declare(Code())
    name: str = declare(Text(300, blank=False))
    subject: str = declare(Choice(("officer", "organisation")))
    sections: tuple[Section, ...] = declare(Many(Part(lambda: Section), 12))
    classification: Classification = declare(Part(lambda: Classification))
    applies_to: AppliesTo = declare(Part(lambda: AppliesTo), AppliesTo())
    legal_basis: tuple[LegalBasis, ...] = declare(Many(Part(lambda: LegalBasis), 30), ())
    effective_from: datetime.date | None = declare(Maybe(Day()), None)
    effective_to: datetime.date | None = declare(Maybe(Day()), None)
    work: WorkRules = declare(Part(lambda: WorkRules), WorkRules())
    periods: Periods = declare(Part(lambda: Periods), Periods())
    rounding: Rounding = declare(Part(lambda: Rounding), Rounding())
    procedure: Procedure = declare(Part(lambda: Procedure), Procedure())
    overridable: tuple[str, ...] = declare(
        Many(Choice(WORK_SETTINGS)), (), note="Settings that a caller of the API may choose for one calculation"
    )
    open_to_agencies: OpenToAgencies = declare(Part(lambda: OpenToAgencies), OpenToAgencies())
    marks: MarkRules = declare(Part(lambda: MarkRules), MarkRules(), omit_default=True)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the roles that are scored by this framework, in their usual order."""
        own = (ORGANISATION,) if self.subject == "organisation" else OFFICER_ROLES
        return tuple(role for role in own if not self.applies_to.roles or role in self.applies_to.roles)


def read_definition(data: Any) -> tuple[Definition | None, list[Problem]]:
    """Return the definition, or None with every problem of its shape. Whether it makes sense: see ``validation``."""
    problems: list[Problem] = []
    definition = read_part(Definition, data, "", problems)
    return (None, problems) if problems else (definition, [])


def write_definition(definition: Definition) -> dict[str, Any]:
    """Return the definition as JSON data, defaults written out: the bytes of it are what is hashed and frozen."""
    return write_part(definition)


def definition_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a definition."""
    definitions: dict[str, Any] = {}
    root = part_schema(Definition, definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **root, "$defs": definitions}
