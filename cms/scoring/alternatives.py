"""What would have made a score another one: each fault taken away by itself, and the whole calculated again.

Nothing is estimated: an alternative is the same subject with one input changed, sent through the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from cms.scoring import engine
from cms.scoring import wording_alternatives as words
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.definition.words import LEVELS
from cms.scoring.engine import Score
from cms.scoring.exact import to_vietnamese
from cms.scoring.inputs import Subject, WorkLine
from cms.scoring.marks import Mark
from cms.scoring.vocabulary import vocabulary_of

# Lines that are tried one by one: those whose fault weighs most. All of them together are always tried.
MOST_LINES = 40
WORK, MARKS, CASES = "work", "marks", "cases"


@dataclass(frozen=True)
class Alternative:
    """One thing that was otherwise (``kind`` is work, marks or cases), and what the score would then have been.

    ``gain`` is the difference of the rounded totals; a case that holds the level down changes the level alone.
    """

    kind: str
    sentence: str
    total: Fraction
    gain: Fraction
    level: str | None


def alternatives(score: Score) -> list[Alternative]:
    """Return what would have made a score higher, or its level, what gains most first; nothing without a total."""
    if score.total is None:
        return []
    found = [_tried(score, *each) for each in _changes(score.plan.definition, score.subject)]
    better = [each for each in found if each is not None]
    return sorted(better, key=lambda each: (each.kind == CASES, -each.gain, each.sentence))


def _tried(score: Score, kind: str, sentence: str, subject: Subject) -> Alternative | None:
    """Return what comes of another input; None where neither points nor level are better."""
    other = engine.score(
        score.plan.definition, subject, version=score.version, definition_hash=score.definition_hash,
        settings=score.plan.settings,
    )  # fmt: skip
    if other.total is None or score.total is None:
        return None
    if other.total <= score.total and (kind != CASES or other.level == score.level):
        return None
    return Alternative(kind, sentence, other.total, other.total - score.total, other.level)


def _changes(definition: Definition, subject: Subject) -> Iterator[tuple[str, str, Subject]]:
    yield from _of_work(subject)
    yield from _of_criteria(definition, subject)
    yield from _of_indicators(definition, subject)
    cases = {rule.code for rule in definition.classification.disqualifiers}
    if cases & set(subject.flags):
        without = tuple(code for code in subject.flags if code not in cases)
        yield CASES, words.CASE, replace(subject, flags=without)


# Work ------------------------------------------------------------------------------------------------------------


def _on_time(line: WorkLine) -> WorkLine:
    return replace(line, late_occurrences=0, days_late=None if line.days_late is None else 0)


def _without_failures(line: WorkLine) -> WorkLine:
    return replace(line, quality_failures=0)


def _completed(line: WorkLine) -> WorkLine:
    return replace(line, completed=max(line.assigned, line.completed))


_FAULTS: tuple[tuple[str, Callable[[WorkLine], bool], Callable[[WorkLine], WorkLine]], ...] = (
    (words.ON_TIME, lambda line: line.is_late and not line.late_exempt, _on_time),
    (words.QUALITY, lambda line: line.quality_failures > 0 and not line.quality_exempt, _without_failures),
    (words.COMPLETED, lambda line: line.completed < line.assigned, _completed),
)


def _of_work(subject: Subject) -> Iterator[tuple[str, str, Subject]]:
    lines = subject.work or ()
    faulty = [
        (line.coefficient * line.assigned, no, sentence, mended)
        for no, line in enumerate(lines)
        for sentence, is_there, mended in _FAULTS
        if is_there(line)
    ]
    for _weight, no, sentence, mended in sorted(faulty, key=lambda each: (-each[0], each[1]))[:MOST_LINES]:
        title = lines[no].title or words.LINE.format(no=no + 1)
        changed = (*lines[:no], mended(lines[no]), *lines[no + 1 :])
        yield WORK, sentence.format(title=title), replace(subject, work=changed)
    if len(faulty) > 1:
        everything = tuple(_completed(_without_failures(_on_time(line))) for line in lines)
        yield WORK, words.ALL_WORK, replace(subject, work=everything)


# Marks -----------------------------------------------------------------------------------------------------------


def _of_criteria(definition: Definition, subject: Subject) -> Iterator[tuple[str, str, Subject]]:
    known = vocabulary_of(definition)
    for code, mark in subject.criteria.items():
        criterion, full = known.criteria[code], full_mark(known.criteria[code])
        if mark not in (full, "n/a"):
            most = to_vietnamese(criterion.max)
            sentence = words.CRITERION.format(code=code, title=criterion.title, most=most)
            yield MARKS, sentence, replace(subject, criteria={**subject.criteria, code: full})
    if subject.common is not None and known.common is not None:
        sentence = words.COMMON.format(most=to_vietnamese(known.common.max))
        yield MARKS, sentence, replace(subject, common=known.common.max)


def full_mark(criterion: Criterion) -> Mark:
    """Return the mark that gives all points of a criterion, by its kind of marking."""
    marking = criterion.marking
    if marking.kind == "levels":
        return max(marking.levels, key=lambda each: each.percent).code
    if marking.kind == "bands":
        return max(marking.bands, key=lambda each: each.points).from_
    if marking.kind == "points_off":
        return 0
    if marking.kind == "points_each":
        return ceil(criterion.max / marking.each) if marking.each else 0
    return True if marking.kind == "yes_no" else criterion.max


def _of_indicators(definition: Definition, subject: Subject) -> Iterator[tuple[str, str, Subject]]:
    known = vocabulary_of(definition).indicators
    for code, mark in subject.indicators.items():
        if mark != "n/a":
            sentence = words.INDICATOR.format(title=known[code].title, code=code)
            full = {**subject.indicators, code: _full_figure(known[code])}
            yield MARKS, sentence, replace(subject, indicators=full)
    if subject.subordinates:
        reached = tuple(replace(each, total=Fraction(100), level=LEVELS[0]) for each in subject.subordinates)
        led = next((each for each in known.values() if each.measure == "subordinates"), None)
        if led is not None:
            sentence = words.SUBORDINATES.format(title=led.title, code=led.code)
            yield MARKS, sentence, replace(subject, subordinates=reached)


def _full_figure(indicator: Indicator) -> Fraction:
    if indicator.measure in ("survey", "outside"):
        return indicator.full
    return max(indicator.steps, default=Fraction(100))
