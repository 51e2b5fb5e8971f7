"""The frameworks that come with the platform, as data: each file stands alone, every default written out.

The five provincial plans, the decree by itself and with Regulation 366, its Form 01, and a school's banded form. What a
citation quotes from a plan stands in ``docs/plans``. A province copies one and makes it its own.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from cms.scoring.definition import Definition, read_definition
from cms.scoring.definition.words import OFFICER_ROLES, ORGANISATION

_ENDING = ".json"
_DEFAULTS = {**dict.fromkeys(OFFICER_ROLES, "nd335"), ORGANISATION: "nd335-to-chuc"}


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the shipped frameworks in alphabetical order; a file is named by its code."""
    names = (each.name for each in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


@cache
def load(code: str) -> Definition:
    """Return a shipped framework. Raises KeyError for a code that is not shipped."""
    if code not in codes():
        raise KeyError(code)
    text = files(__name__).joinpath(code + _ENDING).read_text(encoding="utf-8")
    definition, problems = read_definition(json.loads(text))
    if definition is None:
        raise ValueError(f"{code}{_ENDING}: {problems}")
    return definition


def default_for(role: str) -> str:
    """Return the code of the decree's default for a role. Raises KeyError for a role that is none."""
    return _DEFAULTS[role]
