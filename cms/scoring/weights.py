"""By which weight an indicator counts: of several that fit a role and a position group, the most specific one.

A weight for the role within the position group stands before one for the group, that before one for the role, and that
before the indicator's own (ADR 0041).
"""

from __future__ import annotations

from fractions import Fraction

from cms.scoring.definition.sections import Indicator, WeightFor


def weight_for(indicator: Indicator, role: str, position_group: str) -> WeightFor | None:
    """Return the special weight that holds for a role and position group; None where the indicator's own does."""
    fitting = (each for each in indicator.weights if _fits(each, role, position_group))
    return max(fitting, key=_specificity, default=None)


def weight_of(indicator: Indicator, role: str, position_group: str) -> Fraction:
    """Return the weight of an indicator for a role and position group ("" where none is named)."""
    own = weight_for(indicator, role, position_group)
    return own.weight if own else indicator.weight


def knows_roles(indicator: Indicator) -> bool:
    """Say whether some weight of the indicator is for certain roles."""
    return any(each.roles for each in indicator.weights)


def _fits(own: WeightFor, role: str, position_group: str) -> bool:
    # One that names neither is for nobody, not for everybody.
    named = bool(own.roles or own.position_groups)
    in_group = not own.position_groups or position_group in own.position_groups
    return named and in_group and (not own.roles or role in own.roles)


def _specificity(own: WeightFor) -> tuple[bool, bool]:
    return bool(own.position_groups), bool(own.roles)
