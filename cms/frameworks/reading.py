"""Values of a definition as people read them: words of the editor's menus, Vietnamese numbers and days.

Pages of a version and the comparison of two speak through here, so that a rule reads the same everywhere.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.dates import format_date_vi
from cms.frameworks.block_labels import kind_of, label_of
from cms.frameworks.blocks.words import CHOICES, METRICS, ground_name
from cms.frameworks.not_carried_out import is_carried_out
from cms.frameworks.part_names import score_names
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import Cap, Comparison, Condition, Disqualifier, LevelRule, Metric
from cms.scoring.definition.periods import LongerPeriod
from cms.scoring.definition.scores import ScoreComparison
from cms.scoring.definition.sections import Band, Criterion, Indicator, MarkLevel, Section, WeightFor
from cms.scoring.definition.whole import AppliesTo, LegalBasis
from cms.scoring.definition.work import LateBand
from cms.scoring.exact import to_vietnamese
from cms.scoring.shape import Many, Maybe, Part, Setting, Shape, Sourced

NOTHING = "–"
_OPERATORS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "!=": "≠"}
_LONGEST_TITLE = 60
# The field that tells a part without a code from others of its kind.
_NAMED_BY: dict[type, str] = {
    Band: "from_", MarkLevel: "label", Condition: "title", LevelRule: "title", LegalBasis: "document",
    LongerPeriod: "period", Cap: "level", LateBand: "from_days",
}  # fmt: skip


@dataclass(frozen=True)
class LabelledText:
    """One field of a part: what it is called, what it says, the source of that, and whether a program does it."""

    label: str
    text: str
    citation: str = ""
    is_carried_out: bool = True


@dataclass(frozen=True)
class DefinitionReader:
    """Says what the parts of a definition say.

    ``groups`` (of positions), ``agencies`` and ``metrics`` are names by code, where a code has one.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, *definitions: Definition, groups: Mapping[str, str], agencies: Mapping[str, str] | None = None
    ) -> DefinitionReader:
        """Return a reader that knows the metrics which the definitions bring along."""
        own = {
            each.code: each.title
            for definition in definitions
            if definition.classification
            for each in definition.classification.metrics or ()
            if each
        }
        scores = {code: name for definition in definitions for code, name in score_names(definition).items()}
        metrics = {code: str(name) for code, name in METRICS.items()} | own | scores
        return cls(groups, agencies or {}, metrics)

    def text(self, part: Any, name: str) -> str:
        """Return what a field of a part says, without its source."""
        shape, value = _field(type(part), name), getattr(part, name)
        if isinstance(part, Disqualifier) and name == "unless" and value:
            return ground_name(value)
        if isinstance(value, Setting):
            shape, value = shape.of, value.value  # type: ignore[attr-defined]
        return self._value_text(shape, value, self._words(type(part), name))

    def line(self, part: Any, name: str) -> LabelledText:
        """Return a field of a part with its label and, for a setting, its source."""
        value = getattr(part, name)
        citation = value.citation if isinstance(value, Setting) else ""
        label, carried_out = str(label_of(type(part), name)), is_carried_out(type(part), name)
        return LabelledText(label, self.text(part, name), citation, carried_out)

    def settings(self, part: Any, *, but: Collection[str] = ()) -> list[LabelledText]:
        """Return the settings of a part, each with its source."""
        return [
            self.line(part, each.name)
            for each in dataclasses.fields(part)
            if isinstance(each.metadata["shape"], Sourced) and each.name not in but
        ]

    def lines(self, part: Any, *, but: Collection[str] = ()) -> Iterator[LabelledText]:
        """Yield the single values of a part that differ from what holds when nothing is said."""
        for each in dataclasses.fields(part):
            value = getattr(part, each.name)
            if each.name not in but and not holds_parts(each.metadata["shape"]) and value not in (each.default, None):
                yield self.line(part, each.name)

    def name(self, part: Any, *, short: bool = False) -> str:
        """Return what a part is called among others of its kind: "Criterion 1.2 (Discipline)", in short by its code."""
        if isinstance(part, Section):
            return f"{pgettext('framework', 'Section')} “{part.title}”"
        if isinstance(part, Comparison | ScoreComparison):
            return self.comparison(part)
        kind = str(kind_of(type(part)))
        if isinstance(part, Criterion | Indicator):
            return f"{kind} {part.code}" if short else f"{kind} {part.code} ({_shortened(part.title)})"
        if isinstance(part, Disqualifier | Metric):
            # Their codes are words of programs.
            return f"{kind}: {_shortened(part.title)}"
        return f"{kind}: {self._distinction(part)}"

    def comparison(self, part: Comparison | ScoreComparison) -> str:
        """Return a comparison: "Tasks late (%) ≤ 5"."""
        metric = self.metrics.get(part.metric, part.metric)
        return f"{metric} {_OPERATORS.get(part.operator, part.operator)} {self.text(part, 'value')}"

    def weighed(self, part: WeightFor) -> str:
        """Return for whom a weight is: position groups, roles, or roles within groups."""
        named = [self.text(part, name) for name in ("roles", "position_groups") if getattr(part, name)]
        return " · ".join(named) or NOTHING

    def fields_in_name(self, part: Any) -> tuple[str, ...]:
        """Return the fields that the name of a part already tells whole."""
        if isinstance(part, WeightFor) and self.weighed(part) in self.name(part):
            return ("position_groups", "roles")
        field_ = _NAMED_BY.get(type(part), "title")
        whole = hasattr(part, field_) and self.text(part, field_) in self.name(part)
        return ("code", field_) if whole else ("code",)

    def _distinction(self, part: Any) -> str:
        if isinstance(part, WeightFor):
            return _shortened(self.weighed(part))
        text = self.text(part, _NAMED_BY[type(part)])
        if isinstance(part, LateBand):
            return _("from day %(first)s") % {"first": text}
        return f"≥ {text} %" if isinstance(part, Band) else _shortened(text)

    def _words(self, part: type, name: str) -> Mapping[str, Any]:
        if name == "position_groups":
            return self.groups
        if part is AppliesTo and name in ("subtrees", "agencies"):
            return self.agencies
        return CHOICES.get(f"{part.__name__}.{name}", {})

    def _value_text(self, shape: Shape, value: Any, words: Mapping[str, Any]) -> str:
        if isinstance(shape, Maybe):
            shape = shape.of
        if value is None or value == "":
            return NOTHING
        if isinstance(shape, Many):
            return ", ".join(self._value_text(shape.of, each, words) for each in value) or NOTHING
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, Fraction):
            return to_vietnamese(value)
        return format_date_vi(value) if isinstance(value, datetime.date) else str(words.get(value, value))


def holds_parts(shape: Shape) -> bool:
    """Return whether a field holds a part, or a list of parts, that has fields of its own."""
    return isinstance(shape, Part) or (isinstance(shape, Many) and isinstance(shape.of, Part))


def _field(part: type, name: str) -> Shape:
    return next(each.metadata["shape"] for each in dataclasses.fields(part) if each.name == name)


def _shortened(title: str | None) -> str:
    text = title or NOTHING
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE].rstrip()}…"
