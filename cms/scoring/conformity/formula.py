"""Articles 15 and 16: which ratios make up the result, each with the same weight, and how leaders are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cms.scoring.conformity import words
from cms.scoring.conformity.departure import Departure, listed, number
from cms.scoring.criteria import is_for
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Indicator, Section
from cms.scoring.definition.words import STAFF
from cms.scoring.weights import weight_of

ZERO = Fraction(0)
# An indicator, its path, and its share of the section's points.
Share = tuple[Indicator, str, Fraction]


def formula(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare the shares of the ratios for staff and for leaders, in every position group that weighs differently."""
    found = [index for index, each in enumerate(definition.sections) if each.kind == "indicators"]
    formulas: dict[str, dict[str, None]] = {}
    for role in definition.roles:
        if parts := _made_of(definition, decree, role):
            formulas.setdefault(parts, {})[words.STAFF if role == STAFF else words.LEADERS] = None
    if found and formulas:
        here = listed(words.MADE_OF.format(who=" và ".join(who), parts=parts) for parts, who in formulas.items())
        path = f"sections[{found[0]}].indicators"
        yield Departure("formula", words.FORMULA_ARTICLE, words.FORMULA, here, path)
    for index in found:
        for place, each in _walk(definition.sections[index].indicators, f"sections[{index}].indicators"):
            if each.bands:
                here = words.BANDED.format(title=each.title)
                yield Departure("bands", words.FORMULA_ARTICLE, words.AS_MEASURED, here, f"{place}.bands")


def marks(definition: Definition, decree: Definition) -> Iterator[Departure]:
    """Compare the percentages that d, đ and e may take, and what everybody led has to reach."""
    meant = {each.code: each for each in _leaders(decree)}
    led = next(each for each in meant.values() if each.measure == "subordinates")
    for index, section in enumerate(definition.sections):
        for place, each in _walk(section.indicators, f"sections[{index}].indicators"):
            same = led if each.measure == "subordinates" else meant.get(each.code)
            if same is None or same.measure != each.measure:
                continue
            if each.steps != same.steps:
                actual = words.STEPS.format(title=each.title, steps=_percents(each.steps))
                yield Departure(
                    "steps", words.LEADERS_ARTICLE, words.TWO_STEPS.format(steps=_percents(same.steps)), actual,
                    f"{place}.steps",
                )  # fmt: skip
            if each.threshold != same.threshold and each.threshold is not None and same.threshold is not None:
                decreed, here = (words.THRESHOLD.format(points=number(one.threshold or ZERO)) for one in (same, each))
                yield Departure("threshold", words.LEADERS_ARTICLE, decreed, here, f"{place}.threshold")


def leaves(definition: Definition, role: str, position_group: str = "") -> Iterator[Share]:
    """Walk the indicators that count for a role and position group, with their share of all points of results."""
    for index, section in enumerate(definition.sections):
        if section.kind == "indicators":
            yield from _shares(section, f"sections[{index}].indicators", role, position_group)


def _made_of(definition: Definition, decree: Definition, role: str) -> str:
    """Return what a role's result is made of where that is not what the decree makes it of, in the first such group."""
    meant = _pattern(decree, role)
    patterns = {group: _pattern(definition, role, group) for group in ("", *_groups(definition))}
    group = next((each for each, pattern in patterns.items() if pattern != meant), None)
    if group is None:
        return ""
    parts = listed(f"{title} {number(100 * share)}%" for title, share in _outer(definition, role, group))
    among = words.IN_GROUP.format(group=group) if group else ""
    others = "" if all(each == patterns[group] for each in patterns.values()) else words.OTHER_WEIGHTS
    return f"{parts or words.NOTHING}{among}{others}"


def _pattern(definition: Definition, role: str, group: str = "") -> list[tuple[str, Fraction]]:
    return sorted((each.measure, share) for each, _place, share in leaves(definition, role, group))


def _outer(definition: Definition, role: str, group: str) -> Iterator[tuple[str, Fraction]]:
    """Yield what the result is made of as it is seen first: groups by their title, or what is in the only one."""
    for section in definition.sections:
        if section.kind == "indicators":
            parts = _weighed(section.indicators, role, group, section.combine.value == "points")
            while len(parts) == 1 and parts[0][0].indicators:
                parts = _weighed(parts[0][0].indicators, role, group, False)
            yield from ((each.title, share) for each, share in parts)


def _shares(section: Section, path: str, role: str, group: str) -> Iterator[Share]:
    def inside(indicators: Sequence[Indicator], place: str, whole: Fraction, adds: bool) -> Iterator[Share]:
        places = {id(each): f"{place}[{index}]" for index, each in enumerate(indicators)}
        for each, share in _weighed(indicators, role, group, adds):
            here = places[id(each)]
            if each.indicators:
                yield from inside(each.indicators, f"{here}.indicators", whole * share, False)
            else:
                yield each, here, whole * share

    yield from inside(section.indicators, path, Fraction(1), section.combine.value == "points")


def _weighed(indicators: Sequence[Indicator], role: str, group: str, adds: bool) -> list[tuple[Indicator, Fraction]]:
    """Return the indicators that count, with their shares of what they stand in."""
    own = [(each, _weight(each, role, group, adds)) for each in indicators if is_for(each.roles, role)]
    whole = sum((weight for _each, weight in own), ZERO)
    return [(each, weight / whole) for each, weight in own if weight]


def _weight(indicator: Indicator, role: str, group: str, adds: bool) -> Fraction:
    if adds:
        return indicator.max or max((each.points for each in indicator.bands), default=ZERO)
    return weight_of(indicator, role, group)


def _groups(definition: Definition) -> Iterator[str]:
    walked = (each for section in definition.sections for _place, each in _walk(section.indicators, ""))
    yield from dict.fromkeys(group for each in walked for other in each.weights for group in other.position_groups)


def _walk(indicators: Sequence[Indicator], path: str) -> Iterator[tuple[str, Indicator]]:
    for index, each in enumerate(indicators):
        place = f"{path}[{index}]"
        yield place, each
        yield from _walk(each.indicators, f"{place}.indicators")


def _leaders(decree: Definition) -> Iterator[Indicator]:
    for section in decree.sections:
        yield from (each for _place, each in _walk(section.indicators, "") if each.steps)


def _percents(steps: Sequence[Fraction]) -> str:
    return listed(f"{number(each)}%" for each in steps)
