"""Arithmetic as a Vietnamese person writes it, exact and recomputable from its text alone.

Points part thousands and a comma begins decimals; ``×``, ``:`` and ``/`` are as on paper. ``=`` joins what is exactly
the same; after ``≈`` stands the number rounded half up to the decimals that are shown; after ``→`` stands what a limit
or a table of bands makes of it, as the rule beside it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from cms.scoring.exact import decimals_of, to_vietnamese
from cms.scoring.scored import Component, SectionScore

SHOWN_PLACES = 2
_CACHED = 20_000


def number(value: Fraction) -> str:
    """Write a number exactly, as short as can be; a fraction that has no exact decimals as numerator/denominator."""
    return _number(value.numerator, value.denominator)


@lru_cache(_CACHED)
def _number(numerator: int, denominator: int) -> str:
    value = Fraction(numerator, denominator)
    if decimals_of(value) is None:
        return f"{to_vietnamese(Fraction(numerator))}/{to_vietnamese(Fraction(denominator))}"
    return to_vietnamese(value)


@lru_cache(_CACHED)
def scaled(value: int, places: int) -> str:
    """Write a whole number of so many decimals, exactly and as short as can be."""
    whole, decimals = divmod(value, 10**places)
    tail = f"{decimals:0{places}d}".rstrip("0")
    text = f"{whole:,}".replace(",", ".")
    return f"{text},{tail}" if tail else text


def percent(value: Fraction) -> str:
    return f"{number(value)}%"


def chain(
    *expressions: str, value: Fraction, unit: str = "", becomes: Sequence[str] = (), places: int | None = None
) -> str:
    """Join expressions that are the same and end with their value, and with what limits or bands make of that.

    A value is written as short as can be with at most two decimals, or with as many as ``places`` says.
    """
    needed, most = decimals_of(value), SHOWN_PLACES if places is None else places
    rounded = needed is None or needed > most
    shown = (to_vietnamese(value, most) if rounded or places is not None else number(value)) + unit
    parts = [each for each in expressions if each and each != shown]
    text = f"{' = '.join(parts)} {'≈' if rounded else '='} {shown}" if parts else shown
    return " → ".join([text, *becomes])


def mean_expression(components: Sequence[Component]) -> str:
    """Write the weighted mean of what is counted, without a division where there is only one."""
    counted = [each for each in components if each.counted is not None]
    weights = [each.plan.weight for each in counted]
    if len(counted) == 1:
        return component_expression(counted[0])
    if all(weight == 1 for weight in weights):
        terms: Iterable[str] = (component_expression(each) for each in counted)
    else:
        terms = (f"{number(each.plan.weight)} × {component_expression(each)}" for each in counted)
    return f"({' + '.join(terms)}) : {number(sum(weights, Fraction(0)))}"


def component_expression(component: Component) -> str:
    """Write what a component counts as, exactly: a ratio, a percentage, or points."""
    points, value = component.plan.points, component.percent or Fraction(0)
    if component.plan.indicator.bands or not value:
        return _plain(component)
    if component.parts:
        expression = f"({mean_expression(component.parts)})"
    elif component.ratio and not component.ratio.over:
        expression = f"{number(component.ratio.numerator)}/{number(component.ratio.denominator)}"
    elif decimals_of(value) is None:
        expression = number(value / 100)
    else:
        expression = percent(value)
    return expression if points is None else f"{number(points)} × {expression}"


def section_expression(score: SectionScore) -> str:
    """Write the points of a section exactly; its maximum where that holds them."""
    return raw_expression(score) if score.raw == score.points else number(score.points or Fraction(0))


def raw_expression(score: SectionScore, tops: Sequence[Fraction] = ()) -> str:
    """Write how the points of a section come about, before its maximum holds them.

    ``tops`` are the points of what stands first in a section of criteria; without them their sum is written.
    """
    if score.given is not None:
        return number(score.given)
    if score.components and score.section.combine.value == "mean":
        return f"{number(score.section.max)} × {mean_expression(score.components)}"
    terms = [component_expression(each) for each in score.components if each.counted is not None]
    terms = terms or [number(each) for each in tops or [_marks_added(score)]]
    added = " + ".join(terms)
    if not score.share:
        return added
    bracketed = f"({added})" if len(terms) > 1 else added
    return f"{bracketed} × {number(score.share[0])} : {number(score.share[1])}"


def total_expression(sections: Sequence[SectionScore]) -> str:
    """Write the total: sections added up, what is deducted taken off."""
    text = ""
    for each in sections:
        sign = " − " if each.section.kind == "deduction" else " + "
        text += (sign if text else sign.strip(" +")) + section_expression(each)
    return text


def _marks_added(score: SectionScore) -> Fraction:
    return sum((each.points for each in score.marks if each.points is not None), Fraction(0))


def _plain(component: Component) -> str:
    """Write what a band or a zero counts as."""
    counted = component.counted or Fraction(0)
    return percent(counted) if component.plan.points is None else number(counted)
