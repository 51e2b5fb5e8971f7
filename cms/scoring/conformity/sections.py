"""Articles 12 and 17: two sections of 30 and 70 points, the three groups of the first, and nothing outside them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cms.scoring.conformity import words
from cms.scoring.conformity.departure import Departure, listed, number
from cms.scoring.criteria import is_for
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Section

_OUTSIDE = ("bonus", "deduction")


def sections(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare the points of both sections, how many sections there are, and look for points outside them."""
    actual, meant = _split(definition), _split(decree)
    if actual != meant:
        yield Departure("split", words.POINTS_ARTICLE, words.split(meant), words.split(actual), "sections")
    inside = [each for each in definition.sections if each.kind not in _OUTSIDE]
    if sorted(each.kind for each in inside) != sorted(each.kind for each in decree.sections):
        titles = listed(f"“{each.title}”" for each in inside)
        here = words.SECTIONS.format(count=len(inside), titles=titles)
        yield Departure("sections", words.POINTS_ARTICLE, words.TWO_SECTIONS, here, "sections")
    for index, each in enumerate(definition.sections):
        if each.kind in _OUTSIDE:
            here = words.OUTSIDE[each.kind].format(title=each.title, max=number(each.max))
            yield Departure(each.kind, words.TOTAL_ARTICLE, words.TOTAL, here, f"sections[{index}]")


def groups(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare the groups of criteria and their points, for each role."""
    meant = _maxima(decree.sections, decree.roles[0])
    places = [index for index, each in enumerate(definition.sections) if each.kind == "criteria"]
    for role in definition.roles:
        actual = _maxima(definition.sections, role)
        if places and sorted(actual) != sorted(meant):
            here = words.GROUPS.format(count=len(actual), points=listed(map(number, actual)))
            path = f"sections[{places[0]}].criteria"
            yield Departure("groups", words.GROUPS_ARTICLE, words.THREE_GROUPS.format(max=number(meant[0])), here, path)
            return


def _split(definition: Definition) -> tuple[Fraction, Fraction]:
    def points(kind: str) -> Fraction:
        return sum((each.max for each in definition.sections if each.kind == kind), Fraction(0))

    return points("criteria"), points("indicators")


def _maxima(found: tuple[Section, ...], role: str) -> list[Fraction]:
    criteria = (each for section in found if section.kind == "criteria" for each in section.criteria)
    return [each.max for each in criteria if is_for(each.roles, role)]
