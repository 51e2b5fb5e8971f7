"""A result as its officer reads it: where the points came from, and what would have changed it.

Everything is calculated from the receipt that was kept, by the framework that was pinned, as it was then.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from cms.evaluations.models import Evaluation, Result
from cms.scoring import engine
from cms.scoring.alternatives import CASES, alternatives
from cms.scoring.articles import articles_of
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Section
from cms.scoring.engine import ENGINE_VERSION
from cms.scoring.exact import read_number, to_vietnamese
from cms.scoring.inputs import read_subjects

# Alternatives that a page shows; the sum of all work is among the first.
MOST_SHOWN = 12


@dataclass(frozen=True)
class Part:
    """A section of the form: its points of how many, and which article says so."""

    title: str
    points: str
    most: str
    # How much of it was reached, in whole percent, for a bar.
    percent: int
    citation: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One thing that would have changed the result: by how much, and to what."""

    sentence: str
    gain: str
    total: str
    level: str


@dataclass(frozen=True)
class Explained:
    """A result explained; ``changes`` is empty with ``why_not`` where it cannot be calculated again."""

    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    next_level: str
    why_not: str
    left_out: tuple[tuple[str, str], ...]


def explained(evaluation: Evaluation, result: Result | None) -> Explained | None:
    """Explain the result of one period; None where there is no total, and of a longer period.

    What a longer period is made of is explained period by period.
    """
    receipt = result.receipt if result is not None else {}
    if result is None or evaluation.framework is None or "steps" not in receipt or result.total is None:
        return None
    definition = evaluation.framework.definition
    changes, why_not = _changes(definition, receipt, result)
    return Explained(
        parts=tuple(_parts(definition, receipt)),
        changes=changes,
        next_level=_next_level(definition, result),
        why_not=why_not,
        left_out=tuple((each["what"], each["why"]) for each in receipt["left_out"]),
    )


def applied_lines(evaluation: Evaluation) -> list[str]:
    """Return the sentences that say which settings of the framework were applied to this person."""
    return [line for line in evaluation.applied.splitlines() if line.strip()]


def case_title(evaluation: Evaluation, code: str) -> str:
    """Return how the framework calls a case that holds the level down."""
    rules = evaluation.framework.definition.classification.disqualifiers if evaluation.framework else ()
    return next((each.title for each in rules if each.code == code), code)


def _parts(definition: Definition, receipt: dict[str, Any]) -> list[Part]:
    points = receipt["result"]["sections"]
    return [_part(each, points[each.code]) for each in definition.sections if points.get(each.code) is not None]


def _part(section: Section, points: str) -> Part:
    reached = read_number(points) or Fraction(0)
    percent = int(100 * reached / section.max) if section.max else 0
    return Part(
        title=section.title,
        points=to_vietnamese(reached, 2),
        most=to_vietnamese(section.max),
        percent=min(max(percent, 0), 100),
        citation=section.citation,
        articles=tuple(articles_of(section.citation)),
    )


def _changes(definition: Definition, receipt: dict[str, Any], result: Result) -> tuple[tuple[Change, ...], str]:
    """Return what would have changed the result, or why that cannot be said."""
    subjects, problems = read_subjects([receipt["inputs"]], definition)
    if problems or receipt["engine"] != ENGINE_VERSION:
        return (), _("This was calculated by an earlier version of the engine; what would have changed it is not said.")
    score = engine.score(definition, subjects[0])
    if score.total is None or Decimal(receipt["result"]["total"]) != result.total:
        return (), _("The receipt and the result do not agree; what would have changed it is not said.")
    titles = {each.level: each.title for each in definition.classification.levels}
    found = alternatives(score)
    shown = [each for each in found if each.kind != CASES][:MOST_SHOWN] + [each for each in found if each.kind == CASES]
    places = score.plan.places
    return tuple(
        Change(
            each.sentence, to_vietnamese(each.gain, places), to_vietnamese(each.total, places),
            titles.get(each.level or "", ""),
        )
        for each in shown
    ), ""  # fmt: skip


def _next_level(definition: Definition, result: Result) -> str:
    """Say how many points are missing to the next level up; nothing at the highest."""
    total = read_number(result.total) or Fraction(0)
    above = [each for each in definition.classification.levels if each.from_ > total]
    if not above:
        return ""
    following = min(above, key=lambda each: each.from_)
    missing = {"points": to_vietnamese(following.from_ - total, 2), "level": following.title}
    return _("%(points)s points are missing to “%(level)s”.") % missing
