"""Why somebody's level is another under the second framework: found from the two scores by code, not guessed.

Pure: JSON-able codes, titles and numbers, which ``cause_words`` tells in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.scoring.classification import ClassificationOutcome, Tried
from cms.scoring.definition.classification import LevelRule
from cms.scoring.definition.words import LEVELS
from cms.scoring.engine import Score
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem
from cms.scoring.result import reasons_of
from cms.scoring.scored import SectionScore

BEFORE, AFTER = "before", "after"
ZERO = Fraction(0)
Cause = dict[str, Any]


@dataclass(frozen=True)
class ScoredPart:
    """What a section, or a criterion or indicator in one, adds to the total (takes off, below 0)."""

    title: str
    points: Fraction
    weight: Fraction | None = None
    inside: Mapping[str, ScoredPart] | None = None


_ABSENT = ScoredPart("", ZERO)


def cause_of(before: Score | Problem, after: Score | Problem) -> Cause:
    """Return what moved the level; ``kind`` says which of the other keys there are.

    ``unreadable`` (side, path, code, params) and ``no_total`` (side, text): one side has no score. ``disqualifier``,
    ``condition``, ``unknown`` and ``doubtful`` (side, title): what holds the level on that side and not on the other.
    ``threshold`` (level, before, after): the total would have done under the other side's threshold. ``part`` (section,
    title, before, after, weights): the part of the total that moves most. ``rounding``: none of these.
    """
    sides: tuple[tuple[str, Score | Problem], ...] = ((AFTER, after), (BEFORE, before))
    for side, each in sides:
        if isinstance(each, Problem):
            return {"kind": "unreadable", "side": side, "path": each.path, "code": each.code, "params": each.params}
        if each.outcome is None:
            text = next((reason["message"] for reason in reasons_of(each)), "")
            return {"kind": "no_total", "side": side, "text": text}
    if isinstance(before, Problem) or isinstance(after, Problem) or before.outcome is None or after.outcome is None:
        raise AssertionError("both sides were looked at")
    return _held(before.outcome, after.outcome) or _threshold(before, after) or _part(before, after)


def _held(before: ClassificationOutcome, after: ClassificationOutcome) -> Cause | None:
    """Return what holds the lower of the two levels down, unless it holds the other side just as well."""
    old, new = _limit(before), _limit(after)
    if old == new:
        return None
    side, limit = (AFTER, new) if _rank(after.level) >= _rank(before.level) else (BEFORE, old)
    return limit and {"kind": limit[0], "side": side, "title": limit[1]}


def _limit(outcome: ClassificationOutcome) -> tuple[str, str] | None:
    """Return what keeps a level from being the one of the points: its kind and title."""
    if outcome.doubtful:
        return "doubtful", outcome.doubtful[0].rule.title
    if outcome.level == outcome.points_level:
        return None
    if outcome.level and outcome.level == outcome.at_most:
        held_by = next(each for each in outcome.disqualifiers if each.rule.level == outcome.at_most)
        return "disqualifier", held_by.rule.title
    # The highest level that was missed is the first that was tried; without a level, the last one stopped the walk.
    failed = [each for each in outcome.tried if not each.held]
    if not failed:
        return None
    stopped = failed[0] if outcome.level else failed[-1]
    return "unknown" if stopped.held is None else "condition", _title_of(stopped)


def _title_of(tried: Tried) -> str:
    return tried.condition.title or " / ".join(each.comparison.metric for each in tried.compared)


def _threshold(before: Score, after: Score) -> Cause | None:
    """Return the threshold that moved, where the totals alone would not have made the difference."""
    old_rules, new_rules = (each.plan.definition.classification.levels for each in (before, after))
    old, new = (each.outcome.points_level if each.outcome else None for each in (before, after))
    if old == new or before.total is None or after.total is None or _reached(old_rules, after.total) == new:
        return None
    level = new if _rank(new) < _rank(old) else old
    sides = [next((each.from_ for each in rules if each.level == level), None) for rules in (old_rules, new_rules)]
    if sides[0] == sides[1]:
        return None
    points = [None if each is None else to_text(each) for each in sides]
    return {"kind": "threshold", "level": level, "before": points[0], "after": points[1]}


def _reached(rules: tuple[LevelRule, ...], total: Fraction) -> str | None:
    return next((rule.level for rule in rules if total >= rule.from_), None)


def _rank(level: str | None) -> int:
    """Return how low a level stands; without one it is lowest."""
    return LEVELS.index(level) if level else len(LEVELS)


def _part(before: Score, after: Score) -> Cause:
    """Return the section that moves the total most, and in it what moves most, where the points inside tell."""
    old, new = ({each.section.code: _section(each) for each in score.sections} for score in (before, after))
    code = _most(old, new)
    if code is None:
        return {"kind": "rounding"}
    pair = old.get(code, _ABSENT), new.get(code, _ABSENT)
    section = (pair[1].title or pair[0].title).strip()
    inside = [each.inside or {} for each in pair]
    # Points given for a section as a whole say nothing of its parts.
    own = _most(*inside) if all(each.inside or each is _ABSENT for each in pair) else None
    if own is None:
        return {"kind": "part", "section": section, "title": "", **_as_data(*pair)}
    parts = [each.get(own, _ABSENT) for each in inside]
    return {"kind": "part", "section": section, "title": parts[1].title or parts[0].title, **_as_data(*parts)}


def _most(old: Mapping[str, ScoredPart], new: Mapping[str, ScoredPart]) -> str | None:
    """Return the code of what moves most: the first of those that move alike, in the order of the form."""
    moves = {
        code: abs(new.get(code, _ABSENT).points - old.get(code, _ABSENT).points) for code in dict.fromkeys([*new, *old])
    }
    code = max(moves, key=lambda each: moves[each], default=None)
    return code if code is not None and moves[code] else None


def _as_data(before: ScoredPart, after: ScoredPart) -> dict[str, Any]:
    weights = before.weight, after.weight
    moved = None not in weights and weights[0] != weights[1]
    return {
        "before": to_text(before.points, 2),
        "after": to_text(after.points, 2),
        "weights": [to_text(each) if each is not None else None for each in weights] if moved else None,
    }


def _section(score: SectionScore) -> ScoredPart:
    sign = -1 if score.section.kind == "deduction" else 1
    inside = {code: ScoredPart(part.title, sign * part.points, part.weight) for code, part in _inside(score)}
    return ScoredPart(score.section.title, sign * (score.points or ZERO), inside=inside)


def _inside(score: SectionScore) -> Iterator[tuple[str, ScoredPart]]:
    """Walk the marks, or the indicators with what each adds: its points, or its share of the weighted mean."""
    for mark in score.marks:
        yield mark.criterion.code, ScoredPart(mark.criterion.title, mark.points or ZERO)
    counted = [each for each in score.components if each.counted is not None]
    weights = sum((each.plan.weight for each in counted), ZERO)
    for each in counted:
        points = each.counted or ZERO
        if each.plan.points is None:
            points = score.section.max * each.plan.weight * points / weights / 100
        yield each.plan.indicator.code, ScoredPart(each.plan.indicator.title, points, each.plan.weight)
