"""The receipt of a score: every number with its inputs, its rule and its source, so that the person can follow it.

It is a document of record: the same inputs, definition and engine make the same bytes on every machine and at any
time, and its hash covers everything else in it. Texts are Vietnamese; ``inputs`` can be sent to the engine again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.scoring import wording as words
from cms.scoring.arithmetic import chain, total_expression
from cms.scoring.articles import DECREE, cited, place_in_decree, without_files
from cms.scoring.canonical import content_hash
from cms.scoring.criteria import OUTSIDE
from cms.scoring.definition import Definition
from cms.scoring.definition.work import WorkRules
from cms.scoring.engine import ENGINE_VERSION, Plan, Score, plan_for
from cms.scoring.exact import to_text, to_vietnamese
from cms.scoring.inputs import write_subject
from cms.scoring.once import once_per_definition
from cms.scoring.receipt_criteria import criteria_step
from cms.scoring.receipt_indicators import IndicatorExplainer
from cms.scoring.receipt_left_out import left_out
from cms.scoring.receipt_lines import LineTable
from cms.scoring.receipt_rules import indicator_rules, settings_used
from cms.scoring.result import SHOWN_PLACES, result_of
from cms.scoring.work import LineRules

SCHEMA = "thuocdo.receipt/1"


@dataclass(frozen=True)
class _Common:
    """What the receipts of one plan have in common."""

    settings: list[dict[str, str]]
    rules: dict[str, str]
    tables: dict[LineRules, LineTable]
    thresholds: list[dict[str, str]]


def receipt(score: Score) -> dict[str, Any]:
    """Return the receipt as JSON data (schema ``thuocdo.receipt/1``)."""
    plan = score.plan
    common = _common(plan.definition, plan.role, plan.position_group, tuple(sorted(plan.settings.items())))
    result = result_of(score)
    document = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "framework": framework_of(score) | {"legal_basis": _legal_basis(plan.definition)},
        "settings": [dict(each) for each in common.settings],
        "inputs": write_subject(score.subject),
        "steps": list(_steps(score, common)),
        "left_out": _left_out(score, common),
        "rounding": _rounding(plan),
        "classification": {"thresholds": [dict(each) for each in common.thresholds], **score.explanation},
        "result": result,
        "summary": _summary(score, result["reasons"]),
    }
    return {**document, "hash": content_hash(document)}


def framework_of(score: Score) -> dict[str, Any]:
    """Return which framework a score follows: code, name, version (None: not published), hash, days of effect."""
    return reference(score.plan.definition, score.version, score.definition_hash)


def reference(definition: Definition, version: int | None, definition_hash: str) -> dict[str, Any]:
    """Return how a framework is named beside what was calculated by it."""
    first, last = definition.effective_from, definition.effective_to
    return {
        "code": definition.code,
        "name": definition.name,
        "version": version,
        "hash": definition_hash,
        "effective_from": first and first.isoformat(),
        "effective_to": last and last.isoformat(),
    }


@once_per_definition
def _common(definition: Definition, role: str, position_group: str, settings: tuple[tuple[str, str], ...]) -> _Common:
    plan = plan_for(definition, role, position_group, settings)
    work = definition.work
    codes = [f"lines-{no}" for no in range(1, len(plan.line_rules) + 1)] if len(plan.line_rules) > 1 else ["lines"]
    levels = definition.classification.levels
    return _Common(
        settings=settings_used(plan),
        rules=indicator_rules(plan),
        tables={rules: LineTable(code, rules, work) for code, rules in zip(codes, plan.line_rules, strict=False)},
        thresholds=[{"level": each.level, "title": each.title, "from": to_text(each.from_)} for each in levels],
    )


def _legal_basis(definition: Definition) -> list[str]:
    named = (f"{each.document}, {without_files(each.place)}" for each in definition.legal_basis)
    return [each.rstrip(", ") for each in named]


def _steps(score: Score, common: _Common) -> Iterator[dict[str, Any]]:
    """Walk the steps in the order of the form; a table of lines stands before what first rests on it."""
    explainer = IndicatorExplainer(score.subject, common.rules, common.tables)
    lines, deduction = score.subject.work or (), _deduction_citation(score.plan.definition.work)
    for each in score.sections:
        if each.section.kind != "indicators":
            yield criteria_step(each, score.subject)
            continue
        for rules in explainer.rules_used(each) if lines else ():
            yield common.tables[rules].step(lines, score.sums[rules], deduction or each.section.citation)
        yield from explainer.steps(each)
    yield _total_step(score)


def _deduction_citation(work: WorkRules) -> str:
    """Return on what it rests that points go off lines: for failures, and for being late where bands say how much."""
    sources = [work.points_off.citation, work.late_counted.citation if work.late_bands else ""]
    return "; ".join(filter(None, dict.fromkeys(sources)))


def _total_step(score: Score) -> dict[str, Any]:
    places, exact, total = score.plan.places, score.exact, score.total
    arithmetic, note = "", ""
    if exact is not None and total is not None:
        in_range = exact if 0 <= exact <= 100 else None
        limits = [] if in_range is not None else [to_vietnamese(total, places)]
        arithmetic = chain(total_expression(score.sections), value=exact, places=places, becomes=limits)
        note = "" if in_range is not None else words.OVER_100_NOTE if exact > 100 else words.UNDER_0_NOTE
    outside = any(each.section.kind in OUTSIDE for each in score.sections)
    return {
        "code": "total",
        "kind": "total",
        "title": words.TOTAL_TITLE,
        "rule": words.TOTAL_RULE_OUTSIDE if outside else words.TOTAL_RULE,
        **cited(_total_citation(score.plan.definition)),
        "arithmetic": arithmetic,
        "value": None if total is None else to_text(total, places),
        "exact": None if exact is None else str(exact),
        "unit": "points",
        "note": note,
    }


def _total_citation(definition: Definition) -> str:
    """Return on what adding up rests: Article 17 for officers judged by the decree, else the framework's own basis."""
    basis = _legal_basis(definition)
    if definition.subject == "officer" and any(DECREE in each for each in basis):
        return place_in_decree(17)
    return basis[0] if basis else definition.rounding.places.citation


def _left_out(score: Score, common: _Common) -> list[dict[str, str]]:
    """Return what was left out and why, once each."""
    lines = score.subject.work or ()
    entries = [entry for table in common.tables.values() for entry in table.left_out(lines)]
    return [{"what": what, "why": why} for what, why in dict.fromkeys([*entries, *left_out(score)])]


def _rounding(plan: Plan) -> dict[str, Any]:
    rounding = plan.definition.rounding
    return {
        "places": plan.places,
        "mode": rounding.mode.value,
        "text": words.ROUNDING.format(places=plan.places),
        **cited(rounding.places.citation),
    }


def _summary(score: Score, reasons: list[dict[str, str]]) -> str:
    """Say in Vietnamese what came of it."""
    messages = " ".join(each["message"] for each in reasons)
    if score.total is None:
        return words.SUMMARY_NONE.format(reasons=messages)
    parts = []
    for each in score.sections:
        if each.section.kind in OUTSIDE and not each.points:
            continue
        template = words.SUMMARY_DEDUCTION if each.section.kind == "deduction" else words.SUMMARY_PART
        points = to_vietnamese(each.points or Fraction(0), SHOWN_PLACES)
        parts.append(template.format(title=each.section.title, points=points))
    conclusion = f"{score.explanation['sentence']} {messages}".strip()
    total = to_vietnamese(score.total, score.plan.places)
    return words.SUMMARY.format(total=total, parts="; ".join(parts), conclusion=conclusion)
