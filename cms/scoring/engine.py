"""Definition and inputs in, score out: exact all the way, rounded half up once, and that number decides the level.

``score`` says what comes of it; ``receipt.receipt`` explains it and ``answer.answer`` puts it as the API does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from cms.scoring.asked import asked_by_code
from cms.scoring.canonical import content_hash
from cms.scoring.classification import ClassificationOutcome, classify, explain
from cms.scoring.criteria import CriteriaPlan, plan_criteria, score_criteria
from cms.scoring.definition import Definition, write_definition
from cms.scoring.definition.scores import ScoreComparison
from cms.scoring.definition.words import WORK_SETTINGS
from cms.scoring.exact import half_up
from cms.scoring.indicators import IndicatorsPlan, line_rules, plan_indicators, score_indicators
from cms.scoring.inputs import SUBORDINATES_FIGURE, Subject
from cms.scoring.once import once_per_definition
from cms.scoring.part_scores import conditions_of, part_figures, scores_asked
from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.scored import INSUFFICIENT, Component, Reason, SectionScore
from cms.scoring.shape import Choice, Maybe, declare, read_part, unknown_keys, write_part
from cms.scoring.vocabulary import common_section
from cms.scoring.work import LineRules, Sums, add_up, figures

ENGINE_VERSION = "2"
INSUFFICIENT_DATA, BLOCKED = "insufficient_data", "blocked"
CODES: dict[str, str] = {
    "not_overridable": gettext_noop("The framework does not let a calculation choose “%(key)s”."),
}


@dataclass(frozen=True)
class WorkSettings:
    """What a call may choose, as far as the framework leaves it open; null leaves the framework's own."""

    denominator: str | None = declare(Maybe(Choice(("assigned", "completed"))), None)
    failure_scope: str | None = declare(Maybe(Choice(("unit", "line"))), None)
    over_100: str | None = declare(Maybe(Choice(("line", "aggregate"))), None)


@dataclass(frozen=True)
class Plan:
    """A definition prepared for one role, position group and choice of settings."""

    definition: Definition
    role: str
    position_group: str
    settings: Mapping[str, str]
    sections: tuple[CriteriaPlan | IndicatorsPlan, ...]
    line_rules: tuple[LineRules, ...]
    metrics: frozenset[str]
    scores: tuple[ScoreComparison, ...]
    places: int


@dataclass(frozen=True)
class Score:
    """What comes of scoring one subject. ``exact`` is the total before it is kept within 0 to 100 and rounded.

    ``total`` is None unless the status is scored or needs_decision; ``reasons`` say why there is none.
    """

    plan: Plan
    subject: Subject
    version: int | None
    definition_hash: str
    sums: Mapping[LineRules, Sums]
    sections: tuple[SectionScore, ...]
    exact: Fraction | None
    total: Fraction | None
    outcome: ClassificationOutcome | None
    reasons: tuple[Reason, ...]

    @property
    def status(self) -> str:
        """Return scored, needs_decision, insufficient_data or blocked."""
        if self.outcome:
            return self.outcome.status
        return INSUFFICIENT_DATA if any(each.code in INSUFFICIENT for each in self.reasons) else BLOCKED

    @property
    def level(self) -> str | None:
        """Return the level that follows, None where there is none or the authority decides."""
        return self.outcome.level if self.outcome else None

    @cached_property
    def explanation(self) -> dict[str, Any]:
        """Return the level, or why there is none, in Vietnamese sentences (see ``classification.explain``)."""
        outcome = self.outcome or _classify(self.plan, self.subject, None)
        return {**explain(outcome, self.plan.definition), "status": self.status}

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Return the indicators measured, those inside groups after their group."""
        return tuple(each for section in self.sections for each in walk(section.components))


def score(
    definition: Definition,
    subject: Subject,
    *,
    version: int | None = None,
    definition_hash: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Score:
    """Score one subject by a definition that makes sense (``validation.check``); settings as ``read_settings`` gave.

    The hash of the definition is worked out once where the caller does not know it.
    """
    plan = plan_for(definition, subject.role, subject.position_group, tuple(sorted((settings or {}).items())))
    sums = {rules: add_up(subject.work or (), rules) for rules in plan.line_rules}
    sections = tuple(_score_section(each, subject, sums) for each in plan.sections)
    reasons = tuple(dict.fromkeys(reason for each in sections for reason in each.reasons))
    exact = None if reasons else _add(sections)
    total = None if exact is None else half_up(min(max(exact, Fraction(0)), Fraction(100)), plan.places)
    return Score(
        plan=plan,
        subject=subject,
        version=version,
        definition_hash=definition_hash or hash_of(definition),
        sums=sums,
        sections=sections,
        exact=exact,
        total=total,
        outcome=None if total is None else _classify(plan, subject, total, sections),
        reasons=reasons,
    )


def read_settings(data: Any, definition: Definition, path: str = "settings") -> tuple[dict[str, str], list[Problem]]:
    """Return the settings of one calculation: only those that the framework leaves open; null leaves its own."""
    if data is None:
        return {}, []
    if not isinstance(data, dict):
        return {}, [Problem(path, "not_an_object")]
    problems = unknown_keys(data, set(WORK_SETTINGS), path)
    closed = [key for key in sorted(data.keys() & set(WORK_SETTINGS)) if key not in definition.overridable]
    problems += [Problem(f"{path}.{key}", "not_overridable", {"key": key}) for key in closed]
    read = read_part(WorkSettings, {key: data[key] for key in definition.overridable if key in data}, path, problems)
    return {key: value for key, value in write_part(read).items() if value is not None}, problems


@once_per_definition
def plan_for(definition: Definition, role: str, position_group: str, settings: tuple[tuple[str, str], ...]) -> Plan:
    """Prepare a definition; kept for the next subject with the same role, position group and settings."""
    sections = tuple(_plan_sections(definition, role, position_group, dict(settings)))
    rules = [rule for each in sections if isinstance(each, IndicatorsPlan) for rule in line_rules(each.parts)]
    return Plan(
        definition=definition,
        role=role,
        position_group=position_group,
        settings=dict(settings),
        sections=sections,
        line_rules=tuple(dict.fromkeys(rules)),
        metrics=_metrics_asked(definition),
        scores=scores_asked(definition),
        places=int(definition.rounding.places.value),
    )


@once_per_definition
def hash_of(definition: Definition) -> str:
    """Return the hash of a definition as it is written and frozen."""
    return content_hash(write_definition(definition))


def walk(components: tuple[Component, ...]) -> Iterator[Component]:
    """Walk components and those inside them, in the order of the form."""
    for each in components:
        yield each
        yield from walk(each.parts)


def _plan_sections(
    definition: Definition, role: str, position_group: str, settings: Mapping[str, str]
) -> Iterator[CriteriaPlan | IndicatorsPlan]:
    common = common_section(definition)
    for section in definition.sections:
        if section.kind == "indicators":
            yield plan_indicators(section, role, position_group, definition, settings)
        else:
            yield plan_criteria(section, role, section is common, asked_by_code(definition))


def _score_section(
    plan: CriteriaPlan | IndicatorsPlan, subject: Subject, sums: Mapping[LineRules, Sums]
) -> SectionScore:
    """Score one section; ``sums`` are the lines added up once for each way in which they count."""
    if isinstance(plan, IndicatorsPlan):
        return score_indicators(plan, subject, sums)
    return score_criteria(plan, subject)


def _add(sections: tuple[SectionScore, ...]) -> Fraction:
    """Add up the sections; what is deducted goes off."""
    total = Fraction(0)
    for each in sections:
        points = each.points or Fraction(0)
        total += -points if each.section.kind == "deduction" else points
    return total


def _classify(
    plan: Plan, subject: Subject, total: Fraction | None, sections: tuple[SectionScore, ...] = ()
) -> ClassificationOutcome:
    """Give the rounded total its level; figures of work and of those led are worked out where nothing else is given."""
    found = figures(subject.work or (), plan.metrics) if plan.metrics else {}
    if subject.subordinates_not_completed is not None:
        found[SUBORDINATES_FIGURE] = subject.subordinates_not_completed
    known = {**found, **subject.metrics, **part_figures(plan.scores, sections)}
    return classify(plan.definition, total, known, subject.flags, subject.role)


def _metrics_asked(definition: Definition) -> frozenset[str]:
    """Return the figures that some condition of a level or disqualifier asks for."""
    return frozenset(comparison.metric for each in conditions_of(definition) for comparison in each.any)
