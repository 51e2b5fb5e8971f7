"""What sections and criteria scored, as figures for the conditions that ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cms.scoring.criteria import OUTSIDE
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Condition
from cms.scoring.definition.scores import PERCENT, SECTION, ScoreComparison
from cms.scoring.definition.sections import Criterion
from cms.scoring.scored import Marked, SectionScore
from cms.scoring.vocabulary import every_criterion


def scores_asked(definition: Definition) -> tuple[ScoreComparison, ...]:
    """Return the scores that some condition of a level or disqualifier asks for."""
    return tuple(each for condition in conditions_of(definition) for each in condition.scores)


def conditions_of(definition: Definition) -> Iterator[Condition]:
    """Walk the conditions of levels, then those of disqualifiers."""
    for level in definition.classification.levels:
        yield from level.conditions
    for rule in definition.classification.disqualifiers:
        yield from rule.when


def title_of(asked: ScoreComparison, definition: Definition) -> str:
    """Return the title of the section or criterion that is asked for; its code where there is none."""
    criteria = (each for section in definition.sections for each in every_criterion(section.criteria))
    parts = definition.sections if asked.of == SECTION else criteria
    return next((each.title for each in parts if each.code == asked.code), asked.code)


def part_figures(asked: Sequence[ScoreComparison], sections: Sequence[SectionScore]) -> dict[str, Fraction]:
    """Return the scores that are asked for and known, by the name of their figure.

    Not known is a criterion without points of its own: one that does not apply and is left out, that is not for the
    role, or whose section was given as a whole.
    """
    found = {}
    for each in asked:
        scored = _of_section(each.code, sections) if each.of == SECTION else _of_criterion(each.code, sections)
        if scored:
            points, most = scored
            found[each.metric] = 100 * points / most if each.unit == PERCENT else points
    return found


def _of_section(code: str, sections: Sequence[SectionScore]) -> tuple[Fraction, Fraction] | None:
    """Return the points of a section and its maximum."""
    score = next((each for each in sections if each.section.code == code), None)
    return (score.points, score.section.max) if score and score.points is not None else None


def _of_criterion(code: str, sections: Sequence[SectionScore]) -> tuple[Fraction, Fraction] | None:
    """Return the points of a criterion, or of all in a group, and the maximum."""
    for score in sections:
        criterion = next((each for each in every_criterion(score.section.criteria) if each.code == code), None)
        if criterion:
            points = _added(criterion, score)
            return None if points is None else (points, criterion.max)
    return None


def _added(criterion: Criterion, score: SectionScore) -> Fraction | None:
    codes = {each.code for each in every_criterion((criterion,))}
    points = [_points(each, score) for each in score.marks if each.criterion.code in codes]
    known = [each for each in points if each is not None]
    return sum(known, Fraction(0)) if points and len(known) == len(points) else None


def _points(marked: Marked, score: SectionScore) -> Fraction | None:
    # Outside the 100 points a mark that is missing is nothing, and so is one that does not apply.
    return Fraction(0) if marked.points is None and score.section.kind in OUTSIDE else marked.points
