"""From points to a level: thresholds, the conditions that come with a level, and what holds a level down.

The rounded total says from which level to start. The first level, walking down, whose conditions all hold is the
level; but the lowest is reached by points or by a disqualifier only, never because the conditions of the others fail:
then the authority decides (domain rule: the three gaps of the levels of organisations). A figure that is not known
neither holds nor fails, and what hangs on it is not guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from cms.scoring import wording_rules as words
from cms.scoring.articles import cited
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Cap, Comparison, Condition, Disqualifier, LevelRule
from cms.scoring.definition.scores import ScoreComparison
from cms.scoring.definition.words import KNOWN_METRICS, LEVELS, OPERATORS
from cms.scoring.exact import to_text, to_vietnamese
from cms.scoring.part_scores import scores_asked, title_of
from cms.scoring.wording_rules import figure

SCORED, NEEDS_DECISION = "scored", "needs_decision"
_HOLDS = dict(zip(OPERATORS, (ge, gt, le, lt, eq, ne), strict=True))


@dataclass(frozen=True)
class Compared:
    """A comparison with the value that was found; both None where the metric is not known."""

    comparison: Comparison | ScoreComparison
    value: Fraction | None
    held: bool | None


@dataclass(frozen=True)
class Tried:
    """A condition that was tried for a level or a disqualifier; ``held`` is None where it hangs on the unknown."""

    level: str
    condition: Condition
    compared: tuple[Compared, ...]
    held: bool | None


@dataclass(frozen=True)
class Disqualified:
    """A disqualifier that is there (``held``), or that may be (None), and what showed it."""

    rule: Disqualifier
    by_flag: bool
    tried: tuple[Tried, ...]
    held: bool | None
    excused: bool


@dataclass(frozen=True)
class ClassificationOutcome:
    """A level, or the need for a decision, with everything that led to it.

    ``at_most`` is the highest level that the disqualifiers leave; ``doubtful`` are disqualifiers that are excused or
    hang on an unknown figure, and would lower the level: the authority decides. ``flagged`` says that the points are
    of a higher level than the conditions. ``reason`` is the code of what kept the walk from finding a level.
    """

    role: str
    total: Fraction | None
    level: str | None
    status: str
    points_level: str | None
    flagged: bool = False
    tried: tuple[Tried, ...] = ()
    disqualifiers: tuple[Disqualified, ...] = ()
    doubtful: tuple[Disqualified, ...] = ()
    at_most: str | None = None
    reason: str = ""


def classify(
    definition: Definition,
    total: Fraction | None,
    metrics: Mapping[str, Fraction],
    flags: Collection[str],
    role: str,
) -> ClassificationOutcome:
    """Return the level of a total that is already rounded (article 20 of the decree; the plan's levels).

    Metrics are percentages, counts, or 1 and 0 for yes and no; ``total`` is added to them. Without a total there is
    no level, whatever the flags.
    """
    known = dict(metrics) if total is None else {**metrics, "total": total}
    found = [_disqualified(rule, known, flags, role) for rule in definition.classification.disqualifiers]
    certain = tuple(each for each in found if each.held and not each.excused)
    open_ = tuple(each for each in found if each.held is None or (each.held and each.excused))
    outcome = ClassificationOutcome(
        role=role,
        total=total,
        level=None,
        status=NEEDS_DECISION,
        points_level=_points_level(definition.classification.levels, total),
        disqualifiers=certain,
        at_most=_lowest(each.rule.level for each in certain),
        reason="no_total",
    )
    if outcome.points_level is None:
        return outcome
    walked = _walk(definition, outcome, known)
    doubtful = tuple(each for each in open_ if walked.level is None or _rank(each.rule.level) > _rank(walked.level))
    if doubtful:
        return replace(walked, level=None, status=NEEDS_DECISION, flagged=False, doubtful=doubtful)
    return walked


def together(held: Iterable[bool | None]) -> bool | None:
    """Say whether all hold: one that fails decides, one that is not known leaves it open."""
    answers = list(held)
    if False in answers:
        return False
    return None if None in answers else True


def _walk(
    definition: Definition, outcome: ClassificationOutcome, known: Mapping[str, Fraction]
) -> ClassificationOutcome:
    """Walk down from the lower of the points' level and what disqualifiers leave."""
    rules = _from(definition.classification.levels, outcome.points_level, outcome.at_most)
    if len(rules) == 1:
        return replace(outcome, level=rules[0].level, status=SCORED, reason="")
    stops = definition.classification.when_conditions_fail.value == "needs_decision"
    tried: tuple[Tried, ...] = ()
    for rule in rules[:-1]:
        own = _try_all(rule.conditions, rule.level, known, outcome.role)
        tried += own
        held = together(each.held for each in own)
        if held:
            return replace(outcome, level=rule.level, status=SCORED, tried=tried, flagged=rule != rules[0], reason="")
        if held is None:
            return replace(outcome, tried=tried, reason="metric_unknown")
        if stops:
            return replace(outcome, tried=tried, reason="conditions_fail")
    return replace(outcome, tried=tried, reason="no_level_fits")


def _disqualified(rule: Disqualifier, known: Mapping[str, Fraction], flags: Collection[str], role: str) -> Disqualified:
    """Try one disqualifier: by its flag, or by conditions that all hold (none for this role: it does not)."""
    if not _is_for(rule.roles, role):
        return Disqualified(rule, by_flag=False, tried=(), held=False, excused=False)
    tried = _try_all(rule.when, rule.level, known, role)
    by_flag = rule.code in flags
    held = True if by_flag else bool(tried) and together(each.held for each in tried)
    return Disqualified(rule, by_flag, tried, held, excused=bool(rule.unless) and rule.unless in flags)


def _try_all(
    conditions: tuple[Condition, ...], level: str, known: Mapping[str, Fraction], role: str
) -> tuple[Tried, ...]:
    return tuple(_try(each, level, known) for each in conditions if _is_for(each.roles, role))


def _try(condition: Condition, level: str, known: Mapping[str, Fraction]) -> Tried:
    """Try one condition: any comparison that holds is enough, and then the unknown ones do not matter."""
    compared = tuple(_compare(each, known.get(each.metric)) for each in condition.comparisons)
    answers = [each.held for each in compared]
    held = True if True in answers else None if None in answers else False
    return Tried(level, condition, compared, held)


def _compare(comparison: Comparison | ScoreComparison, value: Fraction | None) -> Compared:
    held = None if value is None else _HOLDS[comparison.operator](value, comparison.value)
    return Compared(comparison, value, held)


def _points_level(rules: tuple[LevelRule, ...], total: Fraction | None) -> str | None:
    """Return the first level, from the highest, that the total reaches."""
    return None if total is None else next((rule.level for rule in rules if total >= rule.from_), None)


def _from(rules: tuple[LevelRule, ...], points_level: str | None, at_most: str | None) -> tuple[LevelRule, ...]:
    """Return the levels from the lower of the two on; the lowest of all when there is none so low."""
    start = _lowest(each for each in (points_level, at_most) if each)
    return tuple(rule for rule in rules if start is None or _rank(rule.level) >= _rank(start)) or rules[-1:]


def _lowest(levels: Iterable[str]) -> str | None:
    return max(levels, key=_rank, default=None)


def _rank(level: str) -> int:
    return LEVELS.index(level)


def _is_for(roles: tuple[str, ...], role: str) -> bool:
    return not roles or role in roles


def explain(outcome: ClassificationOutcome, definition: Definition) -> dict[str, Any]:
    """Return the outcome in Vietnamese sentences, JSON-able: points, conditions, disqualifiers, reasons, conclusion.

    ``reasons`` are ``{"code", "message"}``; citations stand beside what rests on them.
    """
    explainer = _LevelExplainer(definition)
    reasons = [{"code": code, "message": explainer.reason(code, outcome, found)} for code, found in _reasons(outcome)]
    level = explainer.titles.get(outcome.level or "", "")
    return {
        "level": outcome.level,
        "level_title": level,
        "status": outcome.status,
        "points": explainer.points(outcome),
        "conditions": [explainer.condition(each) for each in outcome.tried],
        "disqualifiers": [explainer.disqualifier(each) for each in outcome.disqualifiers + outcome.doubtful],
        "reasons": reasons,
        "cap": next(
            (explainer.cap(each) for each in definition.classification.caps if each.level == outcome.level), None
        ),
        "sentence": words.GIVEN.format(level=level) if level else words.NOT_GIVEN,
    }


def _reasons(outcome: ClassificationOutcome) -> list[tuple[str, Disqualified | None]]:
    """Return the codes of what is to be told beside the level, each with the disqualifier that it is about."""
    codes: list[tuple[str, Disqualified | None]] = [(outcome.reason, None)] if outcome.reason else []
    codes += [("lower_level", None)] if outcome.flagged else []
    codes += [("disqualifier_unknown" if each.held is None else "authority_decides", each) for each in outcome.doubtful]
    return codes + [("disqualified", each) for each in outcome.disqualifiers]


class _LevelExplainer:
    """Puts what one definition led to into words."""

    def __init__(self, definition: Definition) -> None:
        classification = definition.classification
        self.places = int(definition.rounding.places.value)
        self.rules = {each.level: each for each in classification.levels}
        self.titles = words.LEVEL_TITLES | {each.level: each.title for each in classification.levels}
        self.metrics = words.METRIC_TITLES | {each.code: each.title for each in classification.metrics}
        self.kinds = KNOWN_METRICS | {each.code: each.kind for each in classification.metrics}
        for each in scores_asked(definition):
            self.metrics[each.metric] = words.score_title(each, title_of(each, definition))
            self.kinds[each.metric] = each.unit

    def points(self, outcome: ClassificationOutcome) -> dict[str, str]:
        """Tell to which level the total belongs."""
        if outcome.total is None or outcome.points_level is None:
            return {"sentence": words.REASONS["no_total"], **cited("")}
        rule = self.rules[outcome.points_level]
        above = min((each.from_ for each in self.rules.values() if each.from_ > rule.from_), default=Fraction(0))
        template = words.POINTS if above else words.POINTS_HIGHEST
        total = to_vietnamese(outcome.total, self.places)
        sentence = template.format(total=total, level=rule.title, from_=figure(rule.from_), below=figure(above))
        return {"sentence": sentence, **cited(rule.citation)}

    def condition(self, tried: Tried) -> dict[str, Any]:
        """Tell what a level asks, what was found and whether it holds."""
        return {
            "level": tried.level,
            "title": tried.condition.title,
            "held": tried.held,
            "sentence": words.CONDITION.format(
                level=self.titles[tried.level], measured=self.measured(tried), held=words.HELD[tried.held]
            ),
            **cited(tried.condition.citation or self.rules[tried.level].citation),
        }

    def disqualifier(self, found: Disqualified) -> dict[str, Any]:
        """Tell a disqualifier, what showed it and the document that establishes it."""
        shown = ([words.BY_FLAG] if found.by_flag else []) + [self.measured(each) for each in found.tried]
        return {
            "code": found.rule.code,
            "held": found.held,
            "excused": found.excused,
            "sentence": words.DISQUALIFIER.format(title=found.rule.title, shown="; ".join(shown)),
            "document": found.rule.document,
            **cited(found.rule.citation),
        }

    def cap(self, cap: Cap) -> dict[str, str]:
        """Tell how many may hold the level; whether this one does is seen among all, by a person."""
        below = LEVELS[LEVELS.index(cap.level) + 1] if cap.level != LEVELS[-1] else cap.level
        base = words.CAP_BASES[cap.base.value].format(level=self.titles[cap.level], below=self.titles[below])
        groups = [words.CAP_GROUPS[each] for each in cap.groups.value]
        sentence = words.CAP_RATE.format(
            level=self.titles[cap.level],
            rate=to_vietnamese(cap.rate.value),
            base=base,
            groups=words.CAP_WITHIN.format(groups=words.AND.join(groups)) if groups else "",
        )
        higher = words.CAP_HIGHER.format(rate=to_vietnamese(cap.exception_rate.value), needs=cap.exception_needs)
        raised = f" {higher}" if cap.exception_needs and cap.exception_rate.value > cap.rate.value else ""
        return {
            "level": cap.level,
            "rate": to_text(cap.rate.value),
            "sentence": f"{sentence}{raised} {words.CAP_OPEN}",
            **cited(cap.rate.citation),
        }

    def reason(self, code: str, outcome: ClassificationOutcome, found: Disqualified | None) -> str:
        """Tell one reason; the places of its sentence are filled from the outcome or the disqualifier."""
        tried = found.tried if found else outcome.tried
        return words.REASONS[code].format(
            points_level=self.titles.get(outcome.points_level or "", ""),
            level=self.titles.get((found.rule.level if found else outcome.level) or "", ""),
            title=found.rule.title if found else "",
            unless=found.rule.unless if found else "",
            failing="; ".join(dict.fromkeys(self.measured(each) for each in tried if each.held is False)),
            missing="; ".join(dict.fromkeys(self.missing(each) for each in tried if each.held is None)),
        )

    def measured(self, tried: Tried) -> str:
        """Write a condition with the figures that were found and what is asked of each."""
        figures = words.OR.join(self.figure(each) for each in tried.compared)
        return words.MEASURED.format(title=tried.condition.title, figures=figures)

    def figure(self, compared: Compared) -> str:
        """Write one comparison: the metric, what was found, what is asked."""
        comparison, kind = compared.comparison, self.kinds.get(compared.comparison.metric, "count")
        return words.COMPARED.format(
            metric=self.metrics.get(comparison.metric, comparison.metric),
            found=words.NO_FIGURE if compared.value is None else figure(compared.value, kind),
            asked=words.BOUNDS[comparison.operator].format(value=figure(comparison.value, kind)),
        )

    def missing(self, tried: Tried) -> str:
        """Name the metrics that are not known."""
        codes = [each.comparison.metric for each in tried.compared if each.held is None]
        return "; ".join(self.metrics.get(code, code) for code in codes)
