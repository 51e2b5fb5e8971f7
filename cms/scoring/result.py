"""The figures of a score as they are given out: decimals in text, rounded half up only here."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from cms.scoring.criteria import OUTSIDE
from cms.scoring.engine import Score
from cms.scoring.exact import to_text
from cms.scoring.scored import SectionScore
from cms.scoring.vocabulary import vocabulary_of
from cms.scoring.wording import reason_text

SHOWN_PLACES = 2


def result_of(score: Score) -> dict[str, Any]:
    """Return the result of one subject, all but its receipt; what could not be computed is null.

    ``components`` are the percentages of the indicators for the subject's role, ``common`` the points of the common
    section, ``result`` those of all other sections within the 100 points.
    """
    common = vocabulary_of(score.plan.definition).common
    within = [each for each in score.sections if each.section.kind not in OUTSIDE]
    return {
        "id": score.subject.id,
        "components": {each.plan.indicator.code: shown(each.percent) for each in score.components},
        "sections": {each.section.code: shown(each.points) for each in score.sections},
        "common": shown(_added(each for each in within if each.section is common)),
        "result": shown(_added(each for each in within if each.section is not common)),
        "total": None if score.total is None else to_text(score.total, score.plan.places),
        "level": score.level,
        "status": score.status,
        "reasons": reasons_of(score),
    }


def reasons_of(score: Score) -> list[dict[str, str]]:
    """Return why there is no total, or what is to be said about the level: codes, and sentences in Vietnamese."""
    if score.outcome:
        return [dict(each) for each in score.explanation["reasons"]]
    return [{"code": each.code, "message": reason_text(each.code, each.what, each.title)} for each in score.reasons]


def shown(value: Fraction | None) -> str | None:
    """Return a number rounded half up to two decimals."""
    return None if value is None else to_text(value, SHOWN_PLACES)


def _added(sections: Iterable[SectionScore]) -> Fraction | None:
    """Add up sections; None where there are none or one of them has no points."""
    points = [each.points for each in sections]
    if not points or None in points:
        return None
    return sum((each for each in points if each is not None), Fraction(0))
