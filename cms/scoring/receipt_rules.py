"""The rules of a receipt in Vietnamese sentences: the same for everybody judged by the same plan, so told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from cms.scoring import wording as words
from cms.scoring.arithmetic import number, percent
from cms.scoring.articles import cited
from cms.scoring.asked import NOTHING
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.definition.sections import Band, Criterion, Indicator, Section
from cms.scoring.definition.words import HEAD
from cms.scoring.engine import Plan
from cms.scoring.indicators import FIGURES, HUNDRED, IndicatorsPlan
from cms.scoring.scored import IndicatorPlan
from cms.scoring.shape import Setting
from cms.scoring.vocabulary import every_criterion
from cms.scoring.wording_lateness import bands_text
from cms.scoring.wording_rules import LEVEL_TITLES

_WORK = ("denominator", "failure_scope", "points_off", "floor", "over_100", "late_counted", "nothing_assigned")
# What an indicator may choose for itself.
_OWN = _WORK[:5]
_IN_PERCENT = ("points_off", "floor")


def indicator_rules(plan: Plan) -> dict[str, str]:
    """Return the rule of every indicator of a plan by its code."""
    sections = (each for each in plan.sections if isinstance(each, IndicatorsPlan))
    return {each.indicator.code: _indicator_rule(each, plan) for own in sections for each in _every(own.parts)}


def section_rule(section: Section, weighted: bool = False) -> str:
    """Return how the points of a section come about."""
    if section.kind == "indicators":
        mean = words.WEIGHTED_RULE if weighted else words.MEAN_RULE
        template = mean if section.combine.value == "mean" else words.POINTS_RULE
    else:
        template = words.SECTION_RULES[section.kind]
    return template.format(max=number(section.max))


def settings_used(plan: Plan) -> list[dict[str, str]]:
    """Return every choice that this calculation rests on, with its source or that the call made it."""
    rules, rounding = plan.definition.work, plan.definition.rounding
    entries = (
        [_setting(code, getattr(rules, code), plan.settings.get(code)) for code in _WORK] if plan.line_rules else []
    )
    if plan.line_rules and rules.late_bands:
        entries.append(_setting("late_bands", Setting(bands_text(rules.late_bands), rules.late_counted.citation)))
    asked = plan.definition.marks.asks_when_cut
    entries += [_setting("asks_when_cut", asked)] if asked.value != NOTHING else []
    for section in plan.sections:
        entries += _section_settings(section, plan.settings)
    entries += [_setting("places", rounding.places), _setting("mode", rounding.mode)]
    entries.append(_setting("when_conditions_fail", plan.definition.classification.when_conditions_fail))
    return entries


def band_text(bands: tuple[Band, ...], unit: str) -> str:
    """Return the rule of a table of bands, from the highest down."""
    ordered = sorted(bands, key=lambda band: -band.from_)
    texts = (words.BAND.format(from_=percent(band.from_), points=number(band.points) + unit) for band in ordered)
    return words.BANDS_RULE.format(bands="; ".join(texts))


def _indicator_rule(part: IndicatorPlan, plan: Plan) -> str:
    rule = _measure_rule(part, plan)
    if not part.indicator.bands:
        return rule
    return f"{rule} {band_text(part.indicator.bands, '%' if part.points is None else '')}"


def _measure_rule(part: IndicatorPlan, plan: Plan) -> str:
    indicator = part.indicator
    if part.rules:
        return _work_rule(indicator, part.rules.denominator, plan)
    if indicator.measure == "subordinates":
        return _led_rule(part, plan.role)
    if indicator.measure == "group":
        weighted = any(each.weight != 1 for each in part.parts)
        return words.GROUP_WEIGHTED_RULE if weighted else words.GROUP_RULE
    if indicator.measure in FIGURES:
        rules = words.PERCENT_RULES if indicator.full == HUNDRED else words.FIGURE_RULES
        return rules[indicator.measure].format(full=number(indicator.full))
    steps = ", ".join(percent(step) for step in indicator.steps)
    return words.MARK_STEPS_RULE.format(steps=steps) if steps else words.MARK_RULE


def _work_rule(indicator: Indicator, denominator: str, plan: Plan) -> str:
    """Tell the denominator, and where the call chose another than the cited source has."""
    own = indicator.work.denominator or plan.definition.work.denominator.value
    chosen = words.CHOSEN_HERE if denominator != own else ""
    return words.WORK_RULES[indicator.measure].format(denominator=words.DENOMINATORS[denominator], chosen=chosen)


def _led_rule(part: IndicatorPlan, role: str) -> str:
    indicator = part.indicator
    steps = indicator.steps or (Fraction(100), Fraction(0))
    by = "headed" if role == HEAD and indicator.heads_from == "organisation" else role
    template = words.LED_RULES.get(by, words.LED_RULES["head"])
    reaches = words.LED_REACHES.format(threshold=number(indicator.threshold or Fraction(0)))
    reaches += words.NOT_BELOW.format(level=LEVEL_TITLES[part.level]) if part.level else ""
    return template.format(reaches=reaches, first=percent(steps[0]), last=percent(steps[-1]))


def _every(parts: tuple[IndicatorPlan, ...]) -> Iterator[IndicatorPlan]:
    for each in parts:
        yield each
        yield from _every(each.parts)


def _section_settings(plan: CriteriaPlan | IndicatorsPlan, chosen: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the choices of a section that matter in it, and those that its indicators make for themselves."""
    section = plan.section
    if isinstance(plan, CriteriaPlan):
        matters = not plan.outside and any(each.may_not_apply for each in plan.leaves)
        entries = [_setting("not_applicable", section.not_applicable, of=section)] if matters else []
        return entries + _asked(plan)
    entries = [_setting("combine", section.combine, of=section)]
    for each in _every(plan.parts):
        own = [(code, getattr(each.indicator.work, code)) for code in _OWN] if each.rules else []
        entries += [
            _setting(code, Setting(value, each.indicator.citation), of=each.indicator)
            for code, value in own
            if value is not None and code not in chosen
        ]
    return entries


def _asked(plan: CriteriaPlan) -> list[dict[str, str]]:
    """Return what a section, its groups and its criteria say of what is asked where points are cut."""
    parts: tuple[Section | Criterion, ...] = (plan.section, *every_criterion(plan.section.criteria))
    return [
        _setting("asks_when_cut", Setting(each.asks_when_cut, each.citation or plan.section.citation), of=each)
        for each in parts
        if each.asks_when_cut is not None
    ]


def _setting(
    code: str, setting: Setting[Any], chosen: str | None = None, of: Section | Criterion | Indicator | None = None
) -> dict[str, str]:
    value = setting.value if chosen is None else chosen
    text = number(value) if isinstance(value, Fraction) else value
    title = words.SETTING_TITLES[code]
    return {
        "code": f"{of.code}.{code}" if of else code,
        "title": words.SETTING_OF.format(title=title, what=of.title) if of else title,
        "value": text,
        "text": f"{text}%" if code in _IN_PERCENT else words.SETTING_VALUES.get((code, text), text),
        **cited(setting.citation if chosen is None else words.CHOSEN_BY_CALL),
    }
