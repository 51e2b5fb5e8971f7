"""Scoring a set of inputs under two frameworks, a chunk at a time, so that progress shows and memory stays small."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cms.frameworks.trials.comparison import Pair, Scored
from cms.frameworks.trials.fitting import Fitting
from cms.scoring import answer, engine, inputs
from cms.scoring.definition import Definition

CHUNK = 500


def score_pairs(
    subjects: Sequence[dict[str, Any]], before: Definition, after: Definition, progress: Callable[[int], None]
) -> list[Pair]:
    """Return each subject under both frameworks; ``progress`` is told how many are done after each chunk."""
    pairs: list[Pair] = []
    sides = (Side(before), Side(after))
    for start in range(0, len(subjects), CHUNK):
        chunk = subjects[start : start + CHUNK]
        scored = [side.score(chunk) for side in sides]
        pairs += [
            Pair(str(subject["id"]), subject.get("agency", ""), subject.get("position_group", ""), old, new)
            for subject, old, new in zip(chunk, *scored, strict=True)
        ]
        progress(len(pairs))
    return pairs


class Side:
    """One framework, ready to score many subjects."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.fitting = Fitting(definition)

    def score(self, chunk: Sequence[dict[str, Any]]) -> list[Scored]:
        """Return what the framework says of each subject; one whose inputs cannot be read has no score."""
        return [self._one(self.fitting.fit(subject)) for subject in chunk]

    def _one(self, subject: dict[str, Any]) -> Scored:
        read, problems = inputs.read_subjects([subject], self.definition)
        if problems:
            return Scored(None, None, "unreadable", problems[0].path.partition(".")[2])
        score = engine.score(self.definition, read[0])
        why = "" if score.level else _first(answer.answer(score)["reasons"])
        return Scored(score.total, score.level, score.status, why)


def receipts_of(subject: dict[str, Any], sides: Sequence[Side]) -> Iterator[dict[str, Any] | None]:
    """Yield the answer for one subject under each framework; None where its inputs cannot be read."""
    for side in sides:
        read, problems = inputs.read_subjects([side.fitting.fit(subject)], side.definition)
        yield None if problems else answer.answer(engine.score(side.definition, read[0]))


def _first(reasons: Sequence[dict[str, Any]]) -> str:
    return str(reasons[0]["message"]) if reasons else ""
