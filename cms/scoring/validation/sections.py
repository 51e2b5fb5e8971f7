"""Sections and criteria: maxima that add up for every role, and markings that have what their kind needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from cms.scoring.asked import is_asked_in
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Section
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem
from cms.scoring.validation.indicators import check_indicators
from cms.scoring.validation.parts import (
    bands,
    coded,
    coded_inside,
    is_meaningless,
    not_descending,
    repeated,
    roles_outside,
    roles_within,
    sums,
)

BASE_KINDS = ("criteria", "indicators")


def check_sections(definition: Definition) -> Iterator[Problem]:
    """Check every section with all that is in it."""
    base = sum((each.max for each in definition.sections if each.kind in BASE_KINDS), Fraction(0))
    if base != 100:
        yield Problem("sections", "sections_do_not_add_up", {"sum": to_text(base)})
    yield from repeated(coded(definition.sections, "sections"))
    yield from repeated(_codes_inside(definition))
    for index, section in enumerate(definition.sections):
        yield from _check_section(section, f"sections[{index}]", definition)


def _codes_inside(definition: Definition) -> Iterator[tuple[str, str]]:
    """Return the codes of criteria and indicators: inputs and results name both, so they share one set."""
    for index, section in enumerate(definition.sections):
        yield from coded_inside(section.criteria, f"sections[{index}].criteria", "criteria")
        yield from coded_inside(section.indicators, f"sections[{index}].indicators", "indicators")


def _check_section(section: Section, path: str, definition: Definition) -> Iterator[Problem]:
    if is_meaningless(section.citation):
        yield Problem(f"{path}.citation", "no_citation")
    if not section.max:
        yield Problem(f"{path}.max", "max_zero")
    of_indicators = section.kind == "indicators"
    if not (section.indicators if of_indicators else section.criteria):
        yield Problem(path, "section_empty")
    if of_indicators and section.criteria:
        yield Problem(f"{path}.criteria", "criteria_misplaced")
    if not is_asked_in(section):
        yield from _asked(section, path)
    if not of_indicators and section.indicators:
        yield Problem(f"{path}.indicators", "indicators_misplaced")
    if section.kind == "criteria" and section.criteria:
        yield from sums(section.criteria, section.max, definition.roles, f"{path}.criteria")
    if of_indicators:
        yield from check_indicators(section, path, definition)
    else:
        yield from _check_criteria(section.criteria, f"{path}.criteria", definition.roles)


def _check_criteria(criteria: tuple[Criterion, ...], path: str, roles: tuple[str, ...]) -> Iterator[Problem]:
    for index, criterion in enumerate(criteria):
        place = f"{path}[{index}]"
        yield from roles_outside(criterion.roles, roles, place)
        if not criterion.max:
            yield Problem(f"{place}.max", "max_zero")
        if criterion.criteria:
            own = roles_within(criterion.roles, roles)
            yield from sums(criterion.criteria, criterion.max, own, f"{place}.criteria")
            yield from _check_criteria(criterion.criteria, f"{place}.criteria", own)
        else:
            yield from _MARKINGS[criterion.marking.kind](criterion, place)


def _asked(part: Section | Criterion, path: str) -> Iterator[Problem]:
    """Find what asks for something in a section where no points are cut."""
    if part.asks_when_cut is not None:
        yield Problem(f"{path}.asks_when_cut", "nothing_is_cut")
    for index, each in enumerate(part.criteria):
        yield from _asked(each, f"{path}.criteria[{index}]")


def _points(criterion: Criterion, path: str) -> Iterator[Problem]:
    if not criterion.step:
        yield Problem(f"{path}.step", "step_zero")
    elif (criterion.max / criterion.step).denominator != 1:
        params = {"max": to_text(criterion.max), "step": to_text(criterion.step)}
        yield Problem(f"{path}.step", "step_does_not_divide", params)


def _levels(criterion: Criterion, path: str) -> Iterator[Problem]:
    levels = criterion.marking.levels
    if not levels:
        yield Problem(f"{path}.marking.levels", "needs_levels")
    yield from repeated(coded(levels, f"{path}.marking.levels"))
    place = not_descending([level.percent for level in levels])
    if place is not None:
        yield Problem(f"{path}.marking.levels[{place}].percent", "mark_levels_not_descending")


def _bands(criterion: Criterion, path: str) -> Iterator[Problem]:
    if not criterion.marking.bands:
        yield Problem(f"{path}.marking.bands", "needs_bands")
    yield from bands(criterion.marking.bands, criterion.max, f"{path}.marking")


def _each(criterion: Criterion, path: str) -> Iterator[Problem]:
    each = criterion.marking.each
    if each is None:
        yield Problem(f"{path}.marking.each", "needs_each")
    elif not each:
        yield Problem(f"{path}.marking.each", "each_zero")
    elif each > criterion.max:
        yield Problem(f"{path}.marking.each", "each_over_max", {"max": to_text(criterion.max)})


def _nothing(criterion: Criterion, path: str) -> Iterator[Problem]:
    return iter(())


_MARKINGS: dict[str, Callable[[Criterion, str], Iterator[Problem]]] = {
    "points": _points,
    "levels": _levels,
    "bands": _bands,
    "points_off": _each,
    "points_each": _each,
    "yes_no": _nothing,
}
