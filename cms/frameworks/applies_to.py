"""For whom a framework is, beside what the definition can know: names of the codes, and codes that nothing has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.frameworks.blocks.position_groups import position_groups
from cms.organisations.models import Agency
from cms.scoring.problems import Problem, gettext_noop

CODES = {
    "agency_unknown": gettext_noop("No agency of the province has the code “%(value)s”. Choose one that there is."),
}
_NAMING_AGENCIES = ("subtrees", "agencies")


def names_in(*definitions: Any) -> dict[str, dict[str, str]]:
    """Return the names by code of ``groups`` of positions, and of the ``agencies`` that definitions as data name."""
    codes = {code for data in definitions for _place, code in _named(data)}
    found = Agency.objects.filter(code__in=codes).values_list("code", "name") if codes else ()
    return {"groups": dict(position_groups()), "agencies": dict(found)}


def agency_choices() -> list[tuple[str, str]]:
    """Return the agencies that stand, in the order of the tree and set in by their depth."""
    found = Agency.objects.active().values_list("code", "name", "depth")
    return [(code, f"{'– ' * (depth - 1)}{name}") for code, name, depth in found]


def check(data: Any) -> list[Problem]:
    """Return a problem for each code of an agency that the province does not have."""
    named = list(_named(data))
    known = set(Agency.objects.filter(code__in={code for _place, code in named}).values_list("code", flat=True))
    return [Problem(place, "agency_unknown", {"value": code}) for place, code in named if code not in known]


def _named(data: Any) -> Iterator[tuple[str, str]]:
    applies = data.get("applies_to") if isinstance(data, dict) else None
    for name in _NAMING_AGENCIES:
        codes = applies.get(name) if isinstance(applies, dict) else None
        for index, code in enumerate(codes if isinstance(codes, list) else ()):
            if isinstance(code, str):
                yield f"applies_to.{name}[{index}]", code
