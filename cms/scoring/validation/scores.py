"""Conditions on scores: of sections and criteria that are there for whom the condition is, and that can tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Condition
from cms.scoring.definition.scores import PERCENT, SECTION, ScoreComparison
from cms.scoring.definition.sections import Criterion
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem
from cms.scoring.validation.parts import roles_within

# The maximum of a criterion and the roles for which it is.
_Asked = tuple[Fraction, tuple[str, ...]]


def check_scores(definition: Definition) -> Iterator[Problem]:
    """Check the conditions on scores of levels and disqualifiers."""
    criteria = {code: asked for each in definition.sections for code, asked in _every(each.criteria, definition.roles)}
    sections = {each.code: (each.max, definition.roles) for each in definition.sections}
    for path, condition, roles in _conditions(definition):
        for index, each in enumerate(condition.scores):
            known = sections if each.of == SECTION else criteria
            yield from _check(each, known.get(each.code), roles, f"{path}.scores[{index}]")


def _conditions(definition: Definition) -> Iterator[tuple[str, Condition, tuple[str, ...]]]:
    """Walk the conditions with their paths and the roles for which they are."""
    own, roles = definition.classification, definition.roles
    for index, level in enumerate(own.levels):
        for number, each in enumerate(level.conditions):
            yield f"classification.levels[{index}].conditions[{number}]", each, roles_within(each.roles, roles)
    for index, rule in enumerate(own.disqualifiers):
        of = roles_within(rule.roles, roles)
        for number, each in enumerate(rule.when):
            yield f"classification.disqualifiers[{index}].when[{number}]", each, roles_within(each.roles, of)


def _every(criteria: tuple[Criterion, ...], roles: tuple[str, ...]) -> Iterator[tuple[str, _Asked]]:
    for each in criteria:
        own = roles_within(each.roles, roles)
        yield each.code, (each.max, own)
        yield from _every(each.criteria, own)


def _check(each: ScoreComparison, asked: _Asked | None, roles: tuple[str, ...], path: str) -> Iterator[Problem]:
    if asked is None:
        yield Problem(f"{path}.code", f"score_{each.of}_unknown", {"code": each.code})
        return
    most, known_roles = asked
    for role in roles:
        if role not in known_roles:
            yield Problem(f"{path}.code", "score_not_for_role", {"code": each.code, "role": role})
    limit = Fraction(100) if each.unit == PERCENT else most
    if not _can_hold(each, limit):
        yield Problem(f"{path}.value", "score_unreachable", {"max": to_text(limit)})
    elif not _can_fail(each, limit):
        yield Problem(f"{path}.value", "score_always_holds", {"max": to_text(limit)})


def _can_hold(each: ScoreComparison, most: Fraction) -> bool:
    """Say whether some score from 0 to the maximum makes the comparison hold."""
    return {
        ">=": each.value <= most,
        ">": each.value < most,
        "<=": True,
        "<": each.value > 0,
        "=": each.value <= most,
        "!=": True,
    }[each.operator]


def _can_fail(each: ScoreComparison, most: Fraction) -> bool:
    return {
        ">=": each.value > 0,
        ">": True,
        "<=": each.value < most,
        "<": each.value <= most,
        "=": True,
        "!=": each.value <= most,
    }[each.operator]
