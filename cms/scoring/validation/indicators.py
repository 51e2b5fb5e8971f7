"""Indicators: each has what its measure needs, and for everybody some of them weighs something."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Indicator, Section
from cms.scoring.problems import Problem
from cms.scoring.validation.parts import bands, not_descending, roles_outside, roles_within, sums
from cms.scoring.validation.weights import check_weights
from cms.scoring.weights import weight_of

_PERCENT = Fraction(100)
_FIGURES = ("survey", "outside")


def check_indicators(section: Section, path: str, definition: Definition) -> Iterator[Problem]:
    """Check the indicators of a section that takes their mean or adds up their points."""
    adds_points = section.combine.value == "points"
    place = f"{path}.indicators"
    if adds_points:
        yield from sums(section.indicators, section.max, definition.roles, place)
        for index, each in enumerate(section.indicators):
            if each.max is None and not each.bands:
                yield Problem(f"{place}[{index}].max", "indicator_needs_max")
    walk = _Walk(definition.applies_to.position_groups)
    yield from walk.check(section.indicators, place, definition.roles, adds_points)


class _Walk:
    """Goes down the groups of indicators of one section."""

    def __init__(self, position_groups: tuple[str, ...]) -> None:
        self.position_groups = frozenset(position_groups)

    def check(
        self, indicators: tuple[Indicator, ...], path: str, roles: tuple[str, ...], adds_points: bool
    ) -> Iterator[Problem]:
        """Check the indicators that stand side by side, then those inside each."""
        if indicators and not adds_points:
            for role in roles:
                yield from self.weigh([each for each in indicators if not each.roles or role in each.roles], path, role)
        for index, each in enumerate(indicators):
            place = f"{path}[{index}]"
            yield from roles_outside(each.roles, roles, place)
            yield from check_weights(each, place, roles_within(each.roles, roles), self.position_groups)
            yield from _measured(each, place)
            most = each.max if adds_points and each.max is not None else _PERCENT
            yield from bands(each.bands, most, place)
            yield from self.check(each.indicators, f"{place}.indicators", roles_within(each.roles, roles), False)

    def weigh(self, indicators: list[Indicator], path: str, role: str) -> Iterator[Problem]:
        """Check that something weighs more than 0 for the role, in every position group."""
        if not indicators:
            yield Problem(path, "nothing_for_role", {"role": role})
            return
        groups = {group for each in indicators for other in each.weights for group in other.position_groups}
        all_named = bool(self.position_groups) and self.position_groups <= groups
        if not all_named and not any(weight_of(each, role, "") for each in indicators):
            yield Problem(path, "no_weight", {"role": role})
            return
        for group in sorted(groups):
            if not any(weight_of(each, role, group) for each in indicators):
                yield Problem(path, "no_weight_for_group", {"role": role, "group": group})


def _measured(indicator: Indicator, path: str) -> Iterator[Problem]:
    """Check that an indicator has what its measure needs."""
    is_group = indicator.measure == "group"
    if is_group and not indicator.indicators:
        yield Problem(f"{path}.indicators", "group_needs_indicators")
    if indicator.indicators and not is_group:
        yield Problem(f"{path}.measure", "only_groups_have_indicators")
    if indicator.measure in _FIGURES and not indicator.full:
        yield Problem(f"{path}.full", "full_zero")
    if indicator.measure in ("mark", "subordinates"):
        yield from _steps(indicator, path)
    if indicator.measure == "subordinates" and indicator.threshold is None:
        yield Problem(f"{path}.threshold", "needs_threshold")


def _steps(indicator: Indicator, path: str) -> Iterator[Problem]:
    if not indicator.steps:
        yield Problem(f"{path}.steps", "needs_steps")
    elif indicator.measure == "subordinates" and len(indicator.steps) == 1:
        yield Problem(f"{path}.steps", "needs_two_steps")
    place = not_descending(indicator.steps)
    if place is not None:
        yield Problem(f"{path}.steps[{place}]", "steps_not_descending")
