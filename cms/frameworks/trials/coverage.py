"""Whether a trial met everybody whom a framework speaks of: each role, each position group, each set of weights.

Pure. A weighting that nobody in the sample falls under was not tried, whatever the trial says of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from cms.scoring.definition import Definition
from cms.scoring.engine import plan_for
from cms.scoring.indicators import IndicatorsPlan
from cms.scoring.scored import IndicatorPlan
from cms.scoring.vocabulary import vocabulary_of

# A role and a position group, "" where the framework names none.
Cell = tuple[str, str]


def groups_named(definition: Definition) -> tuple[str, ...]:
    """Return the position groups that the framework is for, or else those by which its indicators weigh differently."""
    return definition.applies_to.position_groups or vocabulary_of(definition).weighed_groups


def missing(definition: Definition, covered: Collection[Cell]) -> dict[str, Any]:
    """Return what none of the covered cells falls under: ``roles``, ``position_groups`` and ``weights``, all by code.

    ``weights`` are sets of weights of which the role and the group are met with, but never together: a list of the
    cells that have the set, of which one would do.
    """
    named = groups_named(definition)
    met_roles, met_groups = {role for role, _group in covered}, {group for _role, group in covered}
    roles = [role for role in definition.roles if role not in met_roles]
    groups = [group for group in named if group not in met_groups]
    met = {_weights(definition, role, group if named else "") for role, group in covered if role in definition.roles}
    open_: dict[Any, list[Cell]] = {}
    for cell in cells(definition):
        if (weights := _weights(definition, *cell)) not in met:
            open_.setdefault(weights, []).append(cell)
    untold = [each for each in open_.values() if not any(role in roles or group in groups for role, group in each)]
    return {"roles": roles, "position_groups": groups, "weights": [[list(cell) for cell in each] for each in untold]}


def is_complete(missed: dict[str, Any]) -> bool:
    """Return whether ``missing`` found nothing."""
    return not any(missed.values())


def cells(definition: Definition) -> list[Cell]:
    """Return every role with every position group that the framework names."""
    return [(role, group) for role in definition.roles for group in groups_named(definition) or ("",)]


def _weights(definition: Definition, role: str, group: str) -> tuple[Any, ...]:
    """Return by what weights this role and group are scored; equal ones are one set."""
    sections = plan_for(definition, role, group, ()).sections
    return tuple(
        tuple(_of_parts(section.parts)) if isinstance(section, IndicatorsPlan) else section.section.code
        for section in sections
    )


def _of_parts(parts: tuple[IndicatorPlan, ...]) -> Iterator[tuple[Any, ...]]:
    for each in parts:
        yield (each.indicator.code, each.weight, each.points, tuple(_of_parts(each.parts)))
