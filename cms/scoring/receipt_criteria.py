"""The step of a receipt for a section of criteria: every mark, its points, the groups added up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from cms.scoring import wording as words
from cms.scoring.arithmetic import chain, number, percent, raw_expression
from cms.scoring.articles import cited
from cms.scoring.criteria import is_for
from cms.scoring.definition.sections import Criterion
from cms.scoring.exact import to_text
from cms.scoring.inputs import Subject
from cms.scoring.marks import NOT_APPLICABLE
from cms.scoring.receipt_beside import BesideMarks
from cms.scoring.receipt_rules import section_rule
from cms.scoring.scored import Marked, SectionScore
from cms.scoring.vocabulary import COMMON

_COLUMNS = [{"code": code, "title": title} for code, title in words.CRITERIA_COLUMNS]
_SHOWN_PLACES = 2


def criteria_step(score: SectionScore, subject: Subject) -> dict[str, Any]:
    """Return the step of a section of criteria."""
    section = score.section
    step: dict[str, Any] = {
        "code": section.code,
        "kind": "section",
        "title": section.title,
        "rule": section_rule(section),
        **cited(section.citation),
        "arithmetic": "",
        "value": None,
        "unit": "points",
        "note": "",
    }
    beside = BesideMarks(score, subject)
    if score.given is None:
        rows = _Rows({each.criterion.code: each for each in score.marks}, subject.role, beside)
        tops = rows.add(section.criteria)
        step |= {"columns": [dict(each) for each in (*_COLUMNS, *beside.columns)], "rows": rows.rows}
        step["arithmetic"] = _arithmetic(score, tops)
    else:
        step |= {"arithmetic": number(score.given), "note": words.COMMON_GIVEN_NOTE}
        step |= {"columns": beside.columns, "rows": [beside.cells(COMMON)]} if beside.columns else {}
    if score.points is not None:
        step["value"] = to_text(score.points, _SHOWN_PLACES)
        step["note"] = step["note"] or _note(score)
    return step


def _arithmetic(score: SectionScore, tops: list[Fraction]) -> str:
    if score.points is None or score.raw is None:
        return ""
    held = [number(score.points)] if score.raw != score.points else []
    return chain(raw_expression(score, tops), value=score.raw, becomes=held)


def _note(score: SectionScore) -> str:
    notes = []
    if score.share:
        whole, applied = score.share
        notes.append(words.RESCALED_NOTE.format(whole=number(whole), applied=number(applied)))
    if score.raw != score.points:
        notes.append(words.LIMITED_NOTE.format(max=number(score.section.max)))
    return " ".join(notes)


class _Rows:
    """Rows of the table of criteria; a group stands after its criteria, with what they add up to."""

    def __init__(self, marks: Mapping[str, Marked], role: str, beside: BesideMarks) -> None:
        self.marks = marks
        self.role = role
        self.beside = beside
        self.rows: list[list[str]] = []

    def add(self, criteria: tuple[Criterion, ...]) -> list[Fraction]:
        """Add the rows of criteria and return the points of each that has any."""
        points = []
        for each in criteria:
            if is_for(each.roles, self.role):
                own = self._group(each) if each.criteria else self._leaf(self.marks[each.code])
                points += [own] if own is not None else []
        return points

    def _group(self, criterion: Criterion) -> Fraction | None:
        parts = self.add(criterion.criteria)
        total = sum(parts, Fraction(0)) if parts else None
        added = "" if total is None else chain(" + ".join(number(each) for each in parts), value=total)
        self._row(criterion, "", added, total)
        return total

    def _leaf(self, marked: Marked) -> Fraction | None:
        mark = _mark_text(marked)
        self._row(marked.criterion, mark, _leaf_arithmetic(marked, mark), marked.points)
        return marked.points

    def _row(self, criterion: Criterion, mark: str, arithmetic: str, points: Fraction | None) -> None:
        shown = "" if points is None else number(points)
        own = [criterion.code, criterion.title, mark, arithmetic, shown, number(criterion.max)]
        self.rows.append([*own, *self.beside.cells(criterion.code)])


def _mark_text(marked: Marked) -> str:
    """Write a mark as the person who gave it would read it."""
    mark, marking = marked.mark, marked.criterion.marking
    if mark is None:
        return words.NOT_MARKED
    if mark == NOT_APPLICABLE:
        return words.NOT_APPLICABLE
    if isinstance(mark, bool):
        return words.YES_NO[mark]
    if isinstance(mark, int):
        return words.TIMES.format(count=mark)
    if isinstance(mark, str):
        return next(level.label for level in marking.levels if level.code == mark)
    return percent(mark) if marking.kind == "bands" else number(mark)


def _leaf_arithmetic(marked: Marked, mark: str) -> str:
    """Write how a mark becomes points, where it is not points itself.

    What a limit, a band or yes and no make of it stands after the arrow.
    """
    points, criterion = marked.points, marked.criterion
    kind, each = criterion.marking.kind, criterion.marking.each or Fraction(0)
    if points is None or marked.mark is None or (kind == "points" and marked.mark != NOT_APPLICABLE):
        return ""
    if marked.mark == NOT_APPLICABLE or kind in ("bands", "yes_no"):
        return f"{mark} → {number(points)}"
    if kind == "levels":
        level = next(level for level in criterion.marking.levels if level.code == marked.mark)
        return chain(f"{number(criterion.max)} × {percent(level.percent)}", value=points)
    count = Fraction(marked.mark)
    raw = criterion.max - count * each if kind == "points_off" else count * each
    expression = f"{number(count)} × {number(each)}"
    expression = f"{number(criterion.max)} − {expression}" if kind == "points_off" else expression
    return chain(expression, value=points) if raw == points else f"{expression} → {number(points)}"
