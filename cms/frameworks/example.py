"""One made-up subject that fills everything a form asks for: what the preview of a draft shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.definition.words import ORGANISATION
from cms.scoring.engine import Score
from cms.scoring.exact import to_text
from cms.scoring.inputs import read_subjects
from cms.scoring.supplied import score_supplied

_WORK = [
    {"title": "Sản phẩm thứ nhất", "assigned": "10", "completed": "8", "coefficient": "1.0", "quality_failures": 1},
    {
        "title": "Sản phẩm thứ hai",
        "assigned": "2",
        "completed": "2",
        "coefficient": "1.9",
        "late_occurrences": 1,
        "days_late": 2,
    },
    {"title": "Công việc đột xuất", "assigned": "1", "completed": "1", "coefficient": "1.4"},
]
_METRICS = {
    "tasks_done_pct": "100", "on_time_pct": "100", "quality_pct": "100", "exceeded_pct": "32", "late_pct": "0",
    "subordinate_not_completed": 0, "members_disciplined": 0, "not_completed_quarters": 0,
    "shortcomings_remedied": 1,
}  # fmt: skip
# A framework's own figures, by their kind.
_GOOD = {"percent": "100", "count": "0", "yes_no": "1"}
_OUTSIDE = ("bonus", "deduction")


def example_score(definition: Definition, role: str) -> Score | None:
    """Return an example's score in a role, None where the definition lets no example through."""
    subjects, _problems = read_subjects([_example(definition, role)], definition)
    return score_supplied(definition, subjects[0]) if subjects else None


def _example(definition: Definition, role: str) -> dict[str, Any]:
    marked = [each for each in definition.sections if each.kind not in _OUTSIDE]
    measured = [each for section in marked for each in _leaves(section.indicators, role)]
    organisation = role == ORGANISATION
    return {
        "role": role,
        "criteria": {each.code: _mark(each) for section in marked for each in _leaves(section.criteria, role)},
        "work": None if organisation else _WORK,
        "indicators": {
            each.code: _figure(each) for each in measured if organisation or not each.measure.startswith("work_")
        },
        "metrics": _METRICS | {each.code: _GOOD[each.kind] for each in definition.classification.metrics},
    }


def _leaves(parts: tuple[Any, ...], role: str) -> Iterator[Any]:
    for each in parts:
        if each.roles and role not in each.roles:
            continue
        inner = getattr(each, "criteria", None) or getattr(each, "indicators", None)
        yield from _leaves(inner, role) if inner else (each,)


def _mark(criterion: Criterion) -> Any:
    """Return nine tenths of the points in whole steps, or what stands for a good mark of another kind."""
    kind = criterion.marking.kind
    if kind == "levels":
        return max(criterion.marking.levels, key=lambda level: level.percent).code
    if kind == "bands":
        return "95"
    if kind == "yes_no":
        return True
    if kind != "points":
        return 1
    steps = criterion.max * Fraction(9, 10) // criterion.step if criterion.step else Fraction(0)
    return to_text(steps * criterion.step)


def _figure(indicator: Indicator) -> str:
    return to_text(max(indicator.steps) if indicator.steps else indicator.full * Fraction(95, 100))
