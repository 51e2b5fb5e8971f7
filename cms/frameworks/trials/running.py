"""Scoring a set of inputs under two frameworks, a chunk at a time, so that progress shows and memory stays small."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cms.frameworks.trials.causes import cause_of
from cms.frameworks.trials.fitting import Fitting
from cms.frameworks.trials.pairs import Pair, Scored
from cms.scoring import engine, inputs
from cms.scoring.definition import Definition
from cms.scoring.exact import decimals_of, to_text
from cms.scoring.problems import Problem
from cms.scoring.result import reasons_of
from cms.scoring.supplied import score_supplied
from cms.scoring.vocabulary import vocabulary_of

CHUNK = 500
UNREADABLE = "unreadable"
_DECODER = json.JSONDecoder()

Outcome = engine.Score | Problem


class Side:
    """One framework, ready to score many subjects; ``version`` and its hash where it is a published one."""

    def __init__(self, definition: Definition, version: int | None = None, definition_hash: str | None = None) -> None:
        self.definition = definition
        self.version = version
        self.definition_hash = definition_hash
        self.fitting = Fitting(definition)

    def score(self, subject: dict[str, Any], common: str | None = None) -> Outcome:
        """Return the score, or the first problem of inputs that this framework cannot read."""
        read, problems = inputs.read_subjects([self.fitting.fit(subject, common)], self.definition)
        if problems:
            return problems[0]
        return score_supplied(self.definition, read[0], version=self.version, definition_hash=self.definition_hash)


Sides = tuple[Side, Side]


def subjects_in(content: str) -> Iterator[dict[str, Any]]:
    """Walk the subjects of a set as it is kept: canonical JSON, one at a time, so that a province needs no memory."""
    place = 1
    while place < len(content) - 1:
        subject, end = _DECODER.raw_decode(content, place)
        yield subject
        place = end + 1


def score_pairs(subjects: Iterable[dict[str, Any]], sides: Sides, progress: Callable[[int], None]) -> list[Pair]:
    """Return each subject under both frameworks; ``progress`` is told how many are done after each chunk."""
    pairs: list[Pair] = []
    for subject in subjects:
        pairs.append(_pair(len(pairs) + 1, subject, scores_of(subject, sides)))
        if len(pairs) % CHUNK == 0:
            progress(len(pairs))
    return pairs


def scores_of(subject: dict[str, Any], sides: Sides) -> tuple[Outcome, Outcome]:
    """Return one subject under both frameworks.

    Where one of the two has common criteria of its own and the subject no mark for any of them, the points of the
    common criteria under the other stand for them: the same part of the form, marked in other words.
    """
    before, after = sides
    if before.fitting.lacks_common(subject):
        other = after.score(subject)
        return before.score(subject, _lent(other, before)), other
    first = before.score(subject)
    return first, after.score(subject, _lent(first, after) if after.fitting.lacks_common(subject) else None)


def _pair(place: int, subject: dict[str, Any], outcomes: tuple[Outcome, Outcome]) -> Pair:
    before, after = (_scored(each) for each in outcomes)
    own = subject.get("common") is not None
    return Pair(
        place=place,
        id=str(subject["id"]),
        agency=subject.get("agency") or "",
        position_group=subject.get("position_group") or "",
        before=before,
        after=after,
        lent=not own and any(not isinstance(each, Problem) and each.subject.common is not None for each in outcomes),
        role=subject.get("role") or "",
        category=subject.get("category") or "",
        cause=None if before.level == after.level else cause_of(*outcomes),
    )


def _lent(score: Outcome, to: Side) -> str | None:
    """Return the points of the common criteria, where the other framework gives as many at the most."""
    if isinstance(score, Problem):
        return None
    common, own = vocabulary_of(score.plan.definition).common, vocabulary_of(to.definition).common
    if common is None or own is None or common.max != own.max:
        return None
    points = next((each.points for each in score.sections if each.section is common), None)
    return None if points is None or decimals_of(points) is None else to_text(points)


def _scored(outcome: Outcome) -> Scored:
    if isinstance(outcome, Problem):
        return Scored(None, None, UNREADABLE, problem=outcome)
    why = "" if outcome.level else next((each["message"] for each in reasons_of(outcome)), "")
    return Scored(outcome.total, outcome.level, outcome.status, why)
