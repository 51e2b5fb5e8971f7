"""Where a framework departs from the decree, wherever it is shown: draft, trial, approval, version, public page."""

from __future__ import annotations

import json
from functools import singledispatch
from typing import Any

from django import template

from cms.frameworks.conversion import definition_data
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, Trial
from cms.scoring import conformity
from cms.scoring.definition import Definition, read_definition

register = template.Library()


@register.inclusion_tag("frameworks/_departures.html")
def departures(shown: Any, *, closed: bool = False) -> dict[str, Any]:
    """Tell the departures of a draft, its definition as data, a version or what a trial tried.

    Nothing is told of what cannot be read yet.
    ``closed`` leaves it to the reader to open them.
    """
    definition = definition_of(shown)
    return {
        "closed": closed,
        "is_bound": definition is None or conformity.is_bound(definition),
        "departures": conformity.departures(definition) if definition else [],
    }


@singledispatch
def definition_of(shown: Any) -> Definition | None:
    """Return the definition of what a screen is about; None for a draft that cannot be read."""
    raise TypeError(f"no definition in {type(shown).__name__}")


@definition_of.register
def _(shown: FrameworkVersion) -> Definition | None:
    return shown.definition


@definition_of.register(dict)
def _(shown: dict[str, Any]) -> Definition | None:
    return read_definition(shown)[0]


@definition_of.register
def _(shown: CriteriaFramework) -> Definition | None:
    return read_definition(definition_data(shown))[0]


@definition_of.register
def _(shown: Trial) -> Definition | None:
    return read_definition(json.loads(shown.content))[0]
