"""The form that an officer will see, filled with an example: what a draft looks like before anybody is judged by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.frameworks.block_labels import label_of
from cms.frameworks.blocks.words import CHOICES
from cms.frameworks.conversion import definition_data
from cms.frameworks.enums import ScoredRole, SubjectKind
from cms.frameworks.example import example_score
from cms.frameworks.messages import described
from cms.frameworks.models import CriteriaFramework
from cms.scoring import validation
from cms.scoring.asked import NOTHING as NOTHING_ASKED
from cms.scoring.asked import asked_in, is_asked_in
from cms.scoring.definition import Definition, read_definition
from cms.scoring.definition.classification import Cap, LevelRule
from cms.scoring.definition.sections import Criterion, Indicator, Section
from cms.scoring.definition.words import OFFICER_ROLES, ORGANISATION
from cms.scoring.engine import Score, walk
from cms.scoring.exact import to_vietnamese
from cms.scoring.receipt import receipt
from cms.scoring.scored import SectionScore

PLACES = 2


@dataclass(frozen=True)
class FormRow:
    """A line of the form; numbers as people read them, empty where there is none. ``depth`` 0 is the outermost."""

    depth: int
    is_group: bool
    code: str
    title: str
    note: str
    maximum: str
    weight: str
    figure: str
    points: str


@dataclass(frozen=True)
class FormSection:
    """A part of the form: its rows, and how the example's points come about."""

    section: Section
    rows: tuple[FormRow, ...]
    maximum: str
    points: str
    weighted: bool

    @property
    def measures(self) -> bool:
        """Return whether its rows are measured rather than marked."""
        return self.section.kind == "indicators"


def modes(framework: CriteriaFramework) -> list[tuple[str, Any]]:
    """Return the roles for which the form can be looked at."""
    own = (ORGANISATION,) if framework.subject == SubjectKind.ORGANISATION else OFFICER_ROLES
    chosen = [role for role in own if not framework.roles or role in framework.roles] or list(own)
    return [(role, ScoredRole(role).label) for role in chosen]


def context(framework: CriteriaFramework, role: str) -> dict[str, Any]:
    """Return what the preview shows: the form for a role, or all that is missing before there can be one."""
    data = definition_data(framework)
    definition, problems = read_definition(data)
    found = problems if definition is None else validation.check(definition)
    shown: dict[str, Any] = {"framework": framework, "problems": described(found, data), "role": role}
    if definition is None:
        return shown
    score = None if found else example_score(definition, role)
    explained = receipt(score) if score else None
    return shown | {
        "definition": definition,
        "role_label": ScoredRole(role).label if role in ScoredRole.values else role,
        "sections": _sections(definition, role, score),
        "levels": [_level(each, role) for each in definition.classification.levels],
        "caps": [_cap(each, definition) for each in definition.classification.caps],
        "score": score,
        "receipt": explained,
        "total": to_vietnamese(score.total, score.plan.places) if score and score.total is not None else "",
        "disqualifiers": [each for each in definition.classification.disqualifiers if _is_for(each, role)],
        "lines": _lines(explained),
    }


def _sections(definition: Definition, role: str, score: Score | None) -> list[FormSection]:
    scored = score.sections if score else (None,) * len(definition.sections)
    return [_section(each, role, own, definition) for each, own in zip(definition.sections, scored, strict=True)]


def _section(section: Section, role: str, scored: SectionScore | None, definition: Definition) -> FormSection:
    if section.kind == "indicators":
        rows = tuple(_measured_rows(section, role, scored))
    else:
        asked = asked_in(section, definition) if is_asked_in(section) else NOTHING_ASKED
        rows = tuple(_marked_rows(section, role, scored, asked))
    points = "" if scored is None or scored.points is None else to_vietnamese(scored.points, PLACES)
    return FormSection(section, rows, to_vietnamese(section.max), points, any(row.weight for row in rows))


def _marked_rows(section: Section, role: str, scored: SectionScore | None, asked: str) -> Iterator[FormRow]:
    points = {each.criterion.code: each.points for each in scored.marks} if scored else {}
    return _criteria(section.criteria, role, points, 0, asked)


def _criteria(
    criteria: tuple[Criterion, ...], role: str, points: dict[str, Fraction | None], depth: int, asked: str
) -> Iterator[FormRow]:
    for each in criteria:
        if not _is_for(each, role):
            continue
        given = points.get(each.code)
        own = each.asks_when_cut or asked
        yield FormRow(
            depth=depth,
            is_group=bool(each.criteria),
            code=each.code,
            title=each.title,
            note="" if each.criteria else "; ".join(_marked_by(each, own)),
            maximum=to_vietnamese(each.max),
            weight="",
            figure="",
            points="" if given is None else to_vietnamese(given),
        )
        yield from _criteria(each.criteria, role, points, depth + 1, own)


def _marked_by(criterion: Criterion, asked: str) -> Iterator[str]:
    if criterion.marking.kind != "points":
        yield str(CHOICES["Marking.kind"][criterion.marking.kind])
    if asked != NOTHING_ASKED:
        yield f"{label_of(Criterion, 'asks_when_cut')}: {CHOICES['Criterion.asks_when_cut'][asked]}"


def _measured_rows(section: Section, role: str, scored: SectionScore | None) -> Iterator[FormRow]:
    found = {each.plan.indicator.code: each for each in walk(scored.components)} if scored else {}
    return _indicators(section.indicators, role, found, 0)


def _indicators(indicators: tuple[Indicator, ...], role: str, found: dict[str, Any], depth: int) -> Iterator[FormRow]:
    shown = [each for each in indicators if _is_for(each, role)]
    weighted = len({each.weight for each in shown}) > 1
    for each in shown:
        component = found.get(each.code)
        percent = component.percent if component else None
        yield FormRow(
            depth=depth,
            is_group=bool(each.indicators),
            code=each.code,
            title=each.title,
            note=str(CHOICES["Indicator.measure"][each.measure]),
            maximum="" if each.max is None else to_vietnamese(each.max),
            weight=to_vietnamese(each.weight) if weighted else "",
            figure="" if percent is None else f"{to_vietnamese(percent, PLACES)}%",
            points="",
        )
        yield from _indicators(each.indicators, role, found, depth + 1)


def _level(level: LevelRule, role: str) -> dict[str, Any]:
    conditions = [each.title for each in level.conditions if _is_for(each, role)]
    return {"title": level.title, "from": to_vietnamese(level.from_), "conditions": conditions}


def _cap(cap: Cap, definition: Definition) -> dict[str, Any]:
    titles = {each.level: each.title for each in definition.classification.levels}
    return {
        "title": titles.get(cap.level, cap.level),
        "rate": to_vietnamese(cap.rate.value),
        "base": CHOICES["Cap.base"][cap.base.value],
        "groups": ", ".join(str(CHOICES["Cap.groups"][each]) for each in cap.groups.value),
        "exception_rate": to_vietnamese(cap.exception_rate.value),
        "exception_needs": cap.exception_needs,
        "citation": cap.rate.citation,
    }


def _lines(explained: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the table of work of the example, where the form has one."""
    steps = explained["steps"] if explained else []
    return next((each for each in steps if each["kind"] == "lines"), None)


def _is_for(part: Any, role: str) -> bool:
    return not part.roles or role in part.roles
