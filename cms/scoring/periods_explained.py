"""A longer period in words: the arithmetic as a person would write it, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from cms.scoring import wording_rules as words
from cms.scoring.arithmetic import chain, number, percent, raw_expression, section_expression
from cms.scoring.articles import cited
from cms.scoring.definition import Definition
from cms.scoring.exact import to_text, to_vietnamese
from cms.scoring.indicators import HUNDRED, ZERO
from cms.scoring.periods import CUMULATIVE, LongerResult, PeriodPart, Ratio, is_least, percent_of
from cms.scoring.scored import SectionScore
from cms.scoring.vocabulary import vocabulary_of
from cms.scoring.wording import REASONS as SCORING_REASONS

_SHOWN_PLACES = 2


def explain(result: LongerResult, definition: Definition) -> dict[str, Any]:
    """Return the longer period in Vietnamese, JSON-able: parts, steps, what was left out, reasons, a sentence.

    ``components`` are the percentages of indicators that a cumulative total rests on, two decimals shown.
    """
    explainer = _PeriodExplainer(result, definition)
    cumulative = result.rule.total.value == CUMULATIVE
    total = None if result.total is None else to_text(result.total, result.places)
    return {
        "period": result.rule.period,
        "made_of": result.rule.made_of,
        "way": result.rule.total.value,
        "rule": words.LONGER_RULES[result.rule.total.value].format(**explainer.periods),
        **cited(result.rule.total.citation),
        "status": result.status,
        "total": total,
        "parts": [explainer.part(part) for part in result.worked + result.zeros],
        "components": explainer.components() if cumulative and total else {},
        "steps": list(explainer.cumulative() if cumulative else explainer.mean()) if total else [],
        "left_out": [explainer.left_out(part, words.LEFT_OUT) for part in result.left_out]
        + [explainer.left_out(part, words.COUNTED_ZERO) for part in result.zeros],
        "reasons": [{"code": each.code, "message": explainer.reason(each.code, each.what)} for each in result.reasons],
        "sentence": explainer.sentence(),
    }


class _PeriodExplainer:
    """Tells one result; titles come from its definition."""

    def __init__(self, result: LongerResult, definition: Definition) -> None:
        self.result = result
        self.definition = definition
        self.indicators = vocabulary_of(definition).indicators
        self.count = len(result.worked) + len(result.zeros)
        self.periods = {
            "period": words.PERIOD_TITLES[result.rule.period],
            "made_of": words.PERIOD_TITLES[result.rule.made_of],
        }

    def part(self, part: PeriodPart) -> dict[str, Any]:
        total = None if part.total is None else to_text(part.total, self.result.places)
        return {"label": part.label, "total": total, "status": part.status, "note": part.note}

    def components(self) -> dict[str, str]:
        """Return the percentages of indicators over the whole period."""
        numbers = self.result.numbers
        found = {code: percent_of(ratio) for code, ratio in numbers.ratios.items()} | dict(numbers.marks)
        return {code: to_text(value, _SHOWN_PLACES) for code, value in found.items()}

    def mean(self) -> Iterator[dict[str, str]]:
        """Write the mean of the totals."""
        places = self.result.places
        totals = [part.total or ZERO for part in self.result.worked + self.result.zeros]
        written = [to_vietnamese(total, places) for total in totals]
        yield self._total(f"({' + '.join(written)}) : {self.count}")

    def cumulative(self) -> Iterator[dict[str, str]]:
        """Write each number added up, the sections that follow, and the total."""
        for code, ratio in self.result.numbers.ratios.items():
            yield self._ratio(code, ratio)
        for code, mark in self.result.numbers.marks.items():
            yield self._mark(code, mark)
        common = self.result.numbers.common or ZERO
        written = [number(part.common or ZERO) for part in self.result.worked] + ["0"] * len(self.result.zeros)
        added = f"({' + '.join(written)}) : {self.count}"
        yield {"code": "common", "title": words.COMMON_MEAN, "arithmetic": chain(added, value=common), **cited("")}
        for section in self.result.sections:
            yield _section(section)
        yield self._total(" + ".join([number(common), *map(section_expression, self.result.sections)]))

    def _total(self, expression: str) -> dict[str, str]:
        exact, total, places = self.result.exact or ZERO, self.result.total or ZERO, self.result.places
        held = [] if 0 <= exact <= HUNDRED else [to_vietnamese(total, places)]
        return {
            "code": "total",
            "title": words.LONGER_TOTAL.format(**self.periods),
            "arithmetic": chain(expression, value=exact, places=places, becomes=held),
            **cited(self.result.rule.total.citation),
        }

    def _ratio(self, code: str, ratio: Ratio) -> dict[str, str]:
        pairs = [part.ratios[code] for part in self.result.worked if code in part.ratios]
        above, below = (" + ".join(number(pair[place]) for pair in pairs) for place in (0, 1))
        short = f"{number(ratio[0])} : {number(ratio[1])}"
        raw = HUNDRED * ratio[0] / ratio[1] if ratio[1] else ZERO
        limits = ["100%"] if raw > HUNDRED else []
        added = [f"({above}) : ({below})", short] if ratio[1] else []
        return self._indicator(code, chain(*added, value=raw, unit="%", becomes=limits))

    def _mark(self, code: str, mark: Fraction) -> dict[str, str]:
        values = [part.marks[code] for part in self.result.worked if code in part.marks]
        written = [percent(value) for value in values + [ZERO] * len(self.result.zeros)]
        if is_least(self.definition, self.result.rule, code):
            return self._indicator(code, words.LEAST_OF.format(values="; ".join(written), least=percent(mark)))
        return self._indicator(code, chain(f"({' + '.join(written)}) : {len(written)}", value=mark, unit="%"))

    def _indicator(self, code: str, arithmetic: str) -> dict[str, str]:
        indicator = self.indicators.get(code)
        return {
            "code": code,
            "title": indicator.title if indicator else code,
            "arithmetic": arithmetic,
            **cited(indicator.citation if indicator else ""),
        }

    def left_out(self, part: PeriodPart, template: str) -> str:
        """Tell a period that was not worked, and why where that is known."""
        why = words.BECAUSE.format(note=part.note) if part.note else ""
        return template.format(label=part.label or words.A_PERIOD.format(**self.periods), why=why)

    def reason(self, code: str, what: str) -> str:
        """Tell why there is no total."""
        indicator = self.indicators.get(what)
        title = indicator.title if indicator else what
        template = words.LONGER_REASONS.get(code) or SCORING_REASONS[code]
        return template.format(what=what or words.A_PERIOD.format(**self.periods), title=title, **self.periods)

    def sentence(self) -> str:
        """Say in one sentence what came of it."""
        result = self.result
        if result.total is None:
            return words.LONGER_NONE.format(**self.periods)
        total = to_vietnamese(result.total, result.places)
        return words.LONGER_RESULT.format(total=total, count=self.count, **self.periods)


def _section(score: SectionScore) -> dict[str, str]:
    raw, points, section = score.raw or ZERO, score.points or ZERO, score.section
    held = [number(points)] if raw != points else []
    return {
        "code": section.code,
        "title": section.title,
        "arithmetic": chain(raw_expression(score), value=raw, becomes=held),
        **cited(section.citation),
    }
