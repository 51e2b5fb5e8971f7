"""The limits of an agency's own framework: what it may say otherwise than the province's.

The plans ask for a shared frame with the agencies' own indicators in it.

Source: plan of Nghệ An, I.2 and III.2.1; plan of Đắk Lắk (the common frame is specialised by agencies).
"""

from __future__ import annotations

from typing import Any

from cms.scoring.definition import Definition, write_definition
from cms.scoring.problems import Problem, gettext_noop

CODES = {
    "outside_limits": gettext_noop("The province's framework keeps this as it is; an agency cannot change it."),
    "section_outside_limits": gettext_noop(
        "The province's framework keeps the section “%(code)s” as it is; an agency cannot change it."
    ),
    "not_a_slug": gettext_noop(
        "The code of a framework is made of plain letters, digits, hyphens and underscores: “%(value)s” is not."
    ),
    "before_last_version": gettext_noop("The day of effect must not be before that of the last version, %(limit)s."),
}

# What is an agency's own in any case: its names and dates, for whom it is, and the documents it rests on.
_FREE = {"schema", "code", "name", "applies_to", "legal_basis", "effective_from", "effective_to",
         "overridable", "open_to_agencies", "sections", "work"}  # fmt: skip
_FIXED_IN_OPEN_SECTIONS = ("code", "kind", "max", "combine", "not_applicable")


def check(own: Definition, base: Definition) -> list[Problem]:
    """Return a problem for each place where the agency's framework goes beyond the limits of its base."""
    mine, shared = write_definition(own), write_definition(base)
    problems = [Problem(key, "outside_limits") for key in shared if key not in _FREE and mine[key] != shared[key]]
    problems += _work(mine["work"], shared["work"], base.open_to_agencies.settings)
    return problems + _sections(mine["sections"], shared["sections"], base.open_to_agencies.sections)


def _work(mine: dict[str, Any], shared: dict[str, Any], open_settings: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(f"work.{key}", "outside_limits")
        for key in shared
        if key not in open_settings and mine[key]["value"] != shared[key]["value"]
    ]


def _sections(
    mine: list[dict[str, Any]], shared: list[dict[str, Any]], open_sections: tuple[str, ...]
) -> list[Problem]:
    if [each["code"] for each in mine] != [each["code"] for each in shared]:
        return [Problem("sections", "outside_limits")]
    problems = []
    for index, (own, base) in enumerate(zip(mine, shared, strict=True)):
        keys = _FIXED_IN_OPEN_SECTIONS if base["code"] in open_sections else tuple(base)
        if any(own[key] != base[key] for key in keys):
            problems.append(Problem(f"sections[{index}]", "section_outside_limits", {"code": base["code"]}))
    return problems
