"""Special weights of an indicator: for roles and position groups that it knows, one weight for each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cms.scoring.definition.sections import Indicator, WeightFor
from cms.scoring.problems import Problem
from cms.scoring.validation.parts import roles_outside


def check_weights(
    indicator: Indicator, path: str, roles: tuple[str, ...], position_groups: Collection[str]
) -> Iterator[Problem]:
    """Check the special weights; ``roles`` are those of the indicator, ``position_groups`` the framework's, if any."""
    seen: set[tuple[str, str]] = set()
    for index, other in enumerate(indicator.weights):
        place = f"{path}.weights[{index}]"
        if not other.position_groups and not other.roles:
            yield Problem(place, "weight_for_nobody")
        yield from roles_outside(other.roles, roles, place)
        yield from _unknown_groups(other, place, position_groups)
        yield from _twice(other, place, seen)


def _unknown_groups(other: WeightFor, path: str, known: Collection[str]) -> Iterator[Problem]:
    for index, group in enumerate(other.position_groups):
        if known and group not in known:
            yield Problem(f"{path}.position_groups[{index}]", "position_group_unknown", {"group": group})


def _twice(other: WeightFor, path: str, seen: set[tuple[str, str]]) -> Iterator[Problem]:
    """Find what another weight, just as specific, is already for; what was looked at is added to ``seen``."""
    for place, group in enumerate(other.position_groups or ("",)):
        for number, role in enumerate(other.roles or ("",)):
            if (group, role) == ("", ""):
                continue
            if (group, role) not in seen:
                seen.add((group, role))
            elif not role:
                yield Problem(f"{path}.position_groups[{place}]", "position_group_twice", {"group": group})
            elif not group:
                yield Problem(f"{path}.roles[{number}]", "role_weight_twice", {"role": role})
            else:
                params = {"role": role, "group": group}
                yield Problem(f"{path}.roles[{number}]", "role_in_group_weight_twice", params)
