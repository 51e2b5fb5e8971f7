"""Levels without gap or overlap, conditions on figures that are known, disqualifiers and caps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cms.scoring.definition.classification import Cap, Classification, Comparison, Condition, Disqualifier, LevelRule
from cms.scoring.definition.words import KNOWN_METRICS, LEVELS
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem
from cms.scoring.shape import Code
from cms.scoring.validation.parts import coded, is_meaningless, repeated, roles_outside

_PATH = "classification"


def check_classification(own: Classification, roles: tuple[str, ...]) -> Iterator[Problem]:
    """Check levels, conditions, disqualifiers, figures and caps."""
    conditions = _Conditions(own, roles)
    yield from _check_metrics(own)
    yield from _check_levels(own.levels)
    for index, rule in enumerate(own.levels):
        yield from conditions.check(rule.conditions, f"{_PATH}.levels[{index}].conditions")
    yield from repeated(coded(own.disqualifiers, f"{_PATH}.disqualifiers"))
    levels = [rule.level for rule in own.levels]
    for index, disqualifier in enumerate(own.disqualifiers):
        path = f"{_PATH}.disqualifiers[{index}]"
        yield from _check_disqualifier(disqualifier, levels, path)
        yield from _check_unless(disqualifier, {each.code for each in own.disqualifiers}, path)
        yield from roles_outside(disqualifier.roles, roles, path)
        yield from conditions.check(disqualifier.when, f"{path}.when")
    yield from _check_caps(own.caps, levels)


def _check_metrics(own: Classification) -> Iterator[Problem]:
    yield from repeated(coded(own.metrics, f"{_PATH}.metrics"))
    for index, metric in enumerate(own.metrics):
        if metric.code in KNOWN_METRICS:
            yield Problem(f"{_PATH}.metrics[{index}].code", "metric_already_known", {"code": metric.code})


def _check_levels(rules: tuple[LevelRule, ...]) -> Iterator[Problem]:
    """Check that every total has exactly one level: thresholds go strictly down, and the last begins at 0."""
    if len(rules) < 2:
        yield Problem(f"{_PATH}.levels", "no_levels")
    for index, rule in enumerate(rules):
        path = f"{_PATH}.levels[{index}]"
        if is_meaningless(rule.citation):
            yield Problem(f"{path}.citation", "no_citation")
        if index:
            yield from _check_order(rules[index - 1], rule, path)
        if rule.level in {above.level for above in rules[:index]}:
            yield Problem(f"{path}.level", "level_twice", {"level": rule.level})
        if rule.title.strip().casefold() in {above.title.strip().casefold() for above in rules[:index]}:
            yield Problem(f"{path}.title", "level_title_twice", {"title": rule.title})
    if rules and rules[-1].from_:
        yield Problem(f"{_PATH}.levels[{len(rules) - 1}].from", "lowest_not_from_zero")
    if rules and rules[-1].conditions:
        yield Problem(f"{_PATH}.levels[{len(rules) - 1}].conditions", "lowest_has_conditions")


def _check_order(above: LevelRule, rule: LevelRule, path: str) -> Iterator[Problem]:
    if LEVELS.index(rule.level) < LEVELS.index(above.level):
        yield Problem(f"{path}.level", "levels_not_in_order", {"level": rule.level})
    if rule.from_ >= above.from_:
        yield Problem(f"{path}.from", "thresholds_not_descending", {"above": to_text(above.from_)})


class _Conditions:
    """Conditions ask only for figures that are known, and compare them with what such a figure can be."""

    def __init__(self, own: Classification, roles: tuple[str, ...]) -> None:
        self.kinds = {each.code: each.kind for each in own.metrics} | KNOWN_METRICS
        self.roles = roles

    def check(self, conditions: tuple[Condition, ...], path: str) -> Iterator[Problem]:
        """Check each condition and its comparisons."""
        for index, condition in enumerate(conditions):
            place = f"{path}[{index}]"
            yield from roles_outside(condition.roles, self.roles, place)
            if not condition.comparisons:
                yield Problem(f"{place}.any", "condition_empty")
            for number, comparison in enumerate(condition.any):
                yield from self.compared(comparison, f"{place}.any[{number}]")

    def compared(self, comparison: Comparison, path: str) -> Iterator[Problem]:
        kind = self.kinds.get(comparison.metric)
        if kind is None:
            yield Problem(f"{path}.metric", "condition_metric_unknown", {"metric": comparison.metric})
        elif kind == "yes_no" and (comparison.operator not in ("=", "!=") or comparison.value not in (0, 1)):
            yield Problem(f"{path}.value", "yes_no_value")
        elif kind == "count" and (comparison.value < 0 or comparison.value.denominator != 1):
            yield Problem(f"{path}.value", "count_value")
        elif kind == "percent" and not 0 <= comparison.value <= 100:
            yield Problem(f"{path}.value", "percent_value")


def _check_disqualifier(rule: Disqualifier, levels: list[str], path: str) -> Iterator[Problem]:
    if is_meaningless(rule.citation) and is_meaningless(rule.document):
        yield Problem(f"{path}.citation", "no_citation")
    if rule.level not in levels:
        yield Problem(f"{path}.level", "level_not_defined", {"level": rule.level})
    elif rule.level == levels[0]:
        yield Problem(f"{path}.level", "disqualifier_does_nothing", {"level": rule.level})


def _check_unless(rule: Disqualifier, codes: set[str], path: str) -> Iterator[Problem]:
    """Check that the flag that leaves a case to the authority is a code, and not that of a case itself."""
    problems: list[Problem] = []
    if rule.unless:
        Code().read(rule.unless, f"{path}.unless", problems)
    yield from problems
    if rule.unless in codes:
        yield Problem(f"{path}.unless", "flag_has_two_meanings", {"code": rule.unless})


def _check_caps(caps: tuple[Cap, ...], levels: list[str]) -> Iterator[Problem]:
    for index, cap in enumerate(caps):
        path = f"{_PATH}.caps[{index}]"
        if cap.level not in levels:
            yield Problem(f"{path}.level", "level_not_defined", {"level": cap.level})
        elif cap.level == levels[-1]:
            yield Problem(f"{path}.level", "cap_on_lowest", {"level": cap.level})
        if cap.level in {other.level for other in caps[:index]}:
            yield Problem(f"{path}.level", "cap_twice", {"level": cap.level})
        yield from _check_rates(cap, path)


def _check_rates(cap: Cap, path: str) -> Iterator[Problem]:
    rate: Fraction = cap.rate.value
    if not rate:
        yield Problem(f"{path}.rate.value", "cap_rate_zero")
    if cap.exception_rate.value < rate:
        yield Problem(f"{path}.exception_rate.value", "exception_below_rate", {"rate": to_text(rate)})
