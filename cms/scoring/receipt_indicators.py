"""The steps of a receipt for a section of indicators: the lines, every indicator, and the section they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.scoring import wording as words
from cms.scoring.arithmetic import chain, mean_expression, number, percent, raw_expression
from cms.scoring.articles import cited
from cms.scoring.engine import walk
from cms.scoring.exact import to_text
from cms.scoring.indicators import FIGURES, HUNDRED, reaches
from cms.scoring.inputs import Subject, WorkLine
from cms.scoring.marks import WORK_MEASURES
from cms.scoring.receipt_lines import LineTable
from cms.scoring.receipt_rules import section_rule
from cms.scoring.receipt_weights import weight_rule
from cms.scoring.scored import (
    GIVEN,
    LED,
    NOT_APPLICABLE,
    NOTHING_ASSIGNED,
    PARTS,
    WORK,
    Component,
    IndicatorPlan,
    SectionScore,
)
from cms.scoring.weights import knows_roles
from cms.scoring.wording_rules import LEVEL_TITLES
from cms.scoring.work import COMPLETED, LineRules, Ratio

# The sum of more lines than this is told by the totals of their table.
MOST_IN_FULL = 4
_SHOWN_PLACES = 2
_KIND = {"work_quantity": "counted", "work_quality": "quality", "work_progress": "progress"}
_GIVEN_NOTES = {**dict.fromkeys(WORK_MEASURES, words.GIVEN_NOTE), "subordinates": words.GIVEN_LED_NOTE}
_LED_COLUMNS = [{"code": code, "title": title} for code, title in words.LED_COLUMNS]


@dataclass(frozen=True)
class IndicatorExplainer:
    """Tells the indicators of one subject: with their rules, and the tables of lines that they rest on."""

    subject: Subject
    rules: dict[str, str]
    tables: dict[LineRules, LineTable]

    def steps(self, score: SectionScore) -> Iterator[dict[str, Any]]:
        """Walk the steps of a section: every indicator, those of a group before it, and the section."""
        yield from self._components(score.components, score.section.citation)
        yield _section_step(score)

    def rules_used(self, score: SectionScore) -> list[LineRules]:
        """Return the ways in which lines count for the indicators of a section."""
        components = (each.plan.rules for each in walk(score.components) if each.source == WORK and each.plan.rules)
        return list(dict.fromkeys(each.lines for each in components))

    def _components(self, components: tuple[Component, ...], citation: str) -> Iterator[dict[str, Any]]:
        for each in components:
            own = each.plan.indicator.citation or citation
            yield from self._components(each.parts, own)
            yield self._step(each, own)

    def _step(self, component: Component, citation: str) -> dict[str, Any]:
        plan = component.plan
        step: dict[str, Any] = {
            "code": plan.indicator.code,
            "kind": "indicator",
            "title": plan.indicator.title,
            "rule": self.rules[plan.indicator.code],
            **cited(citation),
            "arithmetic": self._arithmetic(component),
            "value": None if component.percent is None else to_text(component.percent, _SHOWN_PLACES),
            "unit": "percent",
            "note": _note(component),
        }
        if plan.points is not None or plan.indicator.bands:
            step["counted"] = None if component.counted is None else to_text(component.counted, _SHOWN_PLACES)
        if plan.weight != 1 and plan.points is None:
            step["weight"] = to_text(plan.weight)
        if knows_roles(plan.indicator) and plan.points is None:
            step["weight_rule"] = weight_rule(plan.indicator, self.subject)
        if component.source == WORK and plan.rules:
            step["table"] = self.tables[plan.rules.lines].code
        return step | _led_table(component)

    def _arithmetic(self, component: Component) -> str:
        """Write how the percentage comes about, and what bands make of it."""
        becomes = _becomes(component)
        if component.percent is None:
            return ""
        if component.source == WORK and component.ratio:
            return self._work_arithmetic(component, component.ratio, becomes)
        if component.source == PARTS:
            return chain(mean_expression(component.parts), value=component.percent, unit="%", becomes=becomes)
        full = component.plan.indicator.full
        if component.source == GIVEN and component.plan.indicator.measure in FIGURES and full != HUNDRED:
            figure = number(component.percent * full / 100)
            return chain(f"{figure} : {number(full)}", value=component.percent, unit="%", becomes=becomes)
        return chain(value=component.percent, unit="%", becomes=becomes)

    def _work_arithmetic(self, component: Component, ratio: Ratio, becomes: list[str]) -> str:
        """Write the sums of few lines in full; those of many stand in the totals of the table."""
        if not ratio.denominator:
            return chain(value=Fraction(0), unit="%", becomes=becomes)
        short = f"{number(ratio.numerator)} : {number(ratio.denominator)}"
        raw = HUNDRED * ratio.numerator / ratio.denominator if ratio.over else ratio.value
        limits = ["100%"] if ratio.over else []
        return chain(
            self._in_full(component.plan, self.subject.work or ()),
            short,
            value=raw,
            unit="%",
            becomes=limits + becomes,
        )

    def _in_full(self, plan: IndicatorPlan, lines: tuple[WorkLine, ...]) -> str:
        if plan.rules is None or not 1 < len(lines) <= MOST_IN_FULL:
            return ""
        table = self.tables[plan.rules.lines]
        kind = _KIND[plan.indicator.measure]
        below = "counted" if kind != "counted" and plan.rules.denominator == COMPLETED else "assigned"
        return f"({' + '.join(table.terms(lines, kind))}) : ({' + '.join(table.terms(lines, below))})"


def _section_step(score: SectionScore) -> dict[str, Any]:
    section, points, raw = score.section, score.points, score.raw
    arithmetic, notes = "", []
    if points is not None and raw is not None:
        held = [number(points)] if raw != points else []
        arithmetic = chain(raw_expression(score), value=raw, becomes=held)
        notes += [words.LIMITED_NOTE.format(max=number(section.max))] if held else []
    if score.share:
        notes.append(words.RESCALED_NOTE.format(whole=number(score.share[0]), applied=number(score.share[1])))
    return {
        "code": section.code,
        "kind": "section",
        "title": section.title,
        "rule": section_rule(section, weighted=any(each.plan.weight != 1 for each in score.components)),
        **cited(section.citation),
        "arithmetic": arithmetic,
        "value": None if points is None else to_text(points, _SHOWN_PLACES),
        "unit": "points",
        "note": " ".join(notes),
    }


def _becomes(component: Component) -> list[str]:
    """Return what bands make of a percentage."""
    if not component.plan.indicator.bands or component.counted is None or component.source == NOT_APPLICABLE:
        return []
    return [percent(component.counted) if component.plan.points is None else number(component.counted)]


def _note(component: Component) -> str:
    """Say what the arithmetic alone does not."""
    plan = component.plan
    if component.source == NOT_APPLICABLE:
        return words.NOT_APPLICABLE_NOTE[plan.indicator.when_not_applicable]
    if component.source == NOTHING_ASSIGNED and component.percent is not None:
        return words.NOTHING_ASSIGNED_NOTE
    if component.reasons:
        return " ".join(words.reason_text(each.code, each.what, each.title) for each in component.reasons)
    if component.source == GIVEN:
        return _GIVEN_NOTES.get(plan.indicator.measure, "")
    if component.source == LED:
        return _led_note(component)
    if component.ratio and not component.ratio.denominator:
        return words.NOTHING_COMPLETED_NOTE
    return words.OVER_NOTE if component.ratio and component.ratio.over else ""


def _led_note(component: Component) -> str:
    reached = sum(1 for each in component.led if reaches(component.plan, each))
    threshold = number(component.plan.indicator.threshold or Fraction(0))
    note = words.LED_NOTE.format(reached=reached, count=len(component.led), threshold=threshold)
    unclassified = sum(1 for each in component.led if each.level is None)
    return f"{note} {words.UNCLASSIFIED_NOTE.format(count=unclassified)}" if unclassified else note


def _level_title(level: str | None) -> str:
    return LEVEL_TITLES[level] if level else words.UNCLASSIFIED


def _led_table(component: Component) -> dict[str, Any]:
    """Return the people led and whether each reaches what is asked, in the order of their identifiers."""
    if not component.led:
        return {}
    rows = []
    for each in sorted(component.led, key=lambda each: str(each.id)):
        held = None if each.total is None else reaches(component.plan, each)
        total = "" if each.total is None else number(each.total)
        rows.append([str(each.id), total, _level_title(each.level), "; ".join(each.fields), words.REACHED[held]])
    return {"columns": [dict(each) for each in _LED_COLUMNS], "rows": rows}
