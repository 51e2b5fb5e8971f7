"""What two frameworks cannot be compared in: what only one of them asks for, and one code that means two things.

Pure. Subjects are scored by both on the same inputs; what one does not know is left out there (``fitting``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cms.frameworks.trials.coverage import groups_named
from cms.scoring.definition import Definition
from cms.scoring.vocabulary import vocabulary_of

SIDES = ("before", "after")


def apart(before: Definition, after: Definition) -> dict[str, Any]:
    """Return, JSON-able, what only ``before`` and what only ``after`` has, and ``renamed``: one code, two titles.

    Of each side ``roles``, ``position_groups`` (where both name any) and ``asked``: titles of criteria and indicators.
    """
    sides = before, after
    asked = [_asked(each) for each in sides]
    roles = [dict.fromkeys(each.roles) for each in sides]
    groups = [dict.fromkeys(groups_named(each)) for each in sides]
    if not all(groups):
        groups = [{}, {}]
    data: dict[str, Any] = {
        side: {
            "roles": _only(roles, index),
            "position_groups": _only(groups, index),
            "asked": [asked[index][code] for code in _only(asked, index)],
        }
        for index, side in enumerate(SIDES)
    }
    both = (code for code in asked[1] if code in asked[0])
    return data | {"renamed": [[asked[0][code], asked[1][code]] for code in both if asked[0][code] != asked[1][code]]}


def _asked(definition: Definition) -> dict[str, str]:
    known = vocabulary_of(definition)
    criteria = {code: each.title for code, each in known.criteria.items()}
    return criteria | {code: each.title for code, each in known.indicators.items()}


def _only(sides: list[dict[str, Any]] | list[dict[str, str]], index: int) -> list[str]:
    other: Mapping[str, Any] = sides[1 - index]
    return [code for code in sides[index] if code not in other]
