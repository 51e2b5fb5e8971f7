"""The form of one calculation: fields follow from the framework, and are called by their path in what is scored.

A field named ``work[2].assigned`` or ``criteria.I.1`` holds what stands at that path, so that a problem which the
engine tells finds its field by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.forms import VietnameseDateField
from cms.core.numbers import format_decimal_vi
from cms.frameworks.blocks.words import ROLES
from cms.frameworks.messages import render
from cms.frameworks.trials.places import FIELDS
from cms.frameworks.views import calculator_fields as fields
from cms.scoring import engine, inputs
from cms.scoring.asked import COMMENT, EVIDENCE
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.definition import Definition
from cms.scoring.definition.words import FIGURES_OF_WORK, KNOWN_METRICS
from cms.scoring.engine import Plan, Score
from cms.scoring.exact import to_text
from cms.scoring.marks import WORK_MEASURES
from cms.scoring.problems import Problem
from cms.scoring.scored import IndicatorPlan
from cms.scoring.vocabulary import COMMON

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 5, 5, 100
_SUBJECT = "subjects[0]."
# Where what is asked where points are cut stands in what is scored.
BESIDE = {COMMENT: "comments", EVIDENCE: "evidence"}
_LINE = re.compile(r"^work\[(\d+)\]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
# Figures that follow from the lines of work where there are any.
_OF_WORK = (*FIGURES_OF_WORK, "total")


@dataclass
class FormPart:
    """A part of the form: its heading, what is said under it, its fields in order, and whether it rests on lines."""

    title: Any
    note: Any = ""
    names: list[str] = field(default_factory=list)
    asks_lines: bool = False
    fields: list[BoundField] = field(default_factory=list)


@dataclass(frozen=True)
class CalculationBasis:
    """By what is calculated: a definition, with number and hash where it is a published version."""

    definition: Definition
    version: int | None = None
    definition_hash: str | None = None


class CalculatorForm(forms.Form):
    """Fields for one role; what is typed is read by the engine itself, so that it says what the API would say."""

    # Whether lines of work are typed here.
    takes_lines = True

    def __init__(
        self, *args: Any, chosen: CalculationBasis, role: str, position_group: str, rows: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        definition = chosen.definition
        self.chosen, self.role = chosen, role
        self.rows = min(max(rows, FIRST_ROWS), MOST_ROWS)
        self.plan = engine.plan_for(definition, role, position_group, ())
        self.score: Score | None = None
        self._add_choices(definition)
        self.parts = [part for part in self._parts() if part.names]
        for part in [each for each in self.parts if each.asks_lines][1:]:
            part.asks_lines = False
        self.has_lines = self.takes_lines and bool(self.plan.line_rules)
        for row in range(self.rows if self.has_lines else 0):
            self.fields |= {f"work[{row}].{name}": each for name, each in fields.line_fields(definition).items()}

    @property
    def shown_parts(self) -> list[FormPart]:
        """Return the parts with their fields, ready for a template."""
        for part in self.parts:
            part.fields = [self[name] for name in part.names]
        return self.parts

    @property
    def period_fields(self) -> list[BoundField]:
        """Return the days between which work is judged."""
        return [self["period.from"], self["period.to"]]

    @property
    def lines(self) -> list[list[BoundField]]:
        """Return the fields of the lines of work, row by row."""
        return [self._row(row) for row in range(self.rows)] if self.has_lines else []

    @property
    def can_add_rows(self) -> bool:
        """Return whether more lines may be asked for."""
        return self.rows < MOST_ROWS

    def clean(self) -> dict[str, Any]:
        """Have the engine read and score it; every problem stands beside its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        places = [row for row in range(self.rows) if self.has_lines and self._is_filled(row)]
        subject, problems = inputs.read_subjects([self._subject(places)], self.chosen.definition)
        settings, wrong = engine.read_settings(self._settings(), self.chosen.definition)
        for problem in [*problems, *wrong]:
            self._add_problem(problem, places)
        if not self.errors:
            self.score = engine.score(
                self.chosen.definition, subject[0], version=self.chosen.version,
                definition_hash=self.chosen.definition_hash, settings=settings,
            )  # fmt: skip
        return cleaned

    def _add_choices(self, definition: Definition) -> None:
        roles = [(role, ROLES[role]) for role in definition.roles]
        self.fields["role"] = forms.ChoiceField(label=gettext_lazy("Scored as"), choices=roles)
        group = fields.group_field(definition)
        if group is not None:
            self.fields["position_group"] = group
        self.fields["id"] = forms.CharField(label=gettext_lazy("Who"), max_length=200, required=False)
        self.fields["period.from"] = VietnameseDateField(label=gettext_lazy("First day that is judged"), required=False)
        self.fields["period.to"] = VietnameseDateField(label=gettext_lazy("Last day that is judged"), required=False)

    def _parts(self) -> Iterator[FormPart]:
        for section in self.plan.sections:
            own = section.section
            part = FormPart(own.title, _("at most %(most)s points") % {"most": _shown(own.max)})
            if isinstance(section, CriteriaPlan):
                self._add_criteria(part, section)
            else:
                self._add_indicators(part, section.parts)
            yield part
        yield self._figures(self.plan)
        yield self._flags()
        yield self._choices_left_open()

    def _add_criteria(self, part: FormPart, section: CriteriaPlan) -> None:
        if section.is_common:
            self._add(part, "common", fields.common_field(_shown(section.section.max)))
            self._add_beside(part, COMMON, section.section.title, section.asked_of_whole)
        for each in section.leaves:
            self._add(part, f"criteria.{each.code}", fields.criterion_field(each))
            self._add_beside(part, each.code, each.code, section.asked.get(each.code, frozenset()))

    def _add_beside(self, part: FormPart, key: str, name: str, asked: frozenset[str]) -> None:
        """Add the fields of what is asked where points are cut."""
        for kind in (COMMENT, EVIDENCE):
            if kind in asked:
                self._add(part, f"{BESIDE[kind]}.{key}", fields.beside_field(kind, name))

    def _add_indicators(self, part: FormPart, plans: tuple[IndicatorPlan, ...]) -> None:
        for each in plans:
            if each.parts:
                self._add_indicators(part, each.parts)
                continue
            own = fields.indicator_field(each.indicator)
            if each.indicator.measure in WORK_MEASURES:
                part.asks_lines = True
                own.help_text = _("leave it blank: it follows from the lines of work")
            self._add(part, f"indicators.{each.indicator.code}", own)

    def _figures(self, plan: Plan) -> FormPart:
        part = FormPart(_("Figures that conditions of levels ask for"), _("blank: not known"))
        own = {each.code: each for each in plan.definition.classification.metrics}
        for code in sorted(plan.metrics - ({*_OF_WORK} if plan.line_rules else {"total"})):
            title = own[code].title if code in own else code
            kind = own[code].kind if code in own else KNOWN_METRICS[code]
            self._add(part, f"metrics.{code}", fields.metric_field(code, kind, title))
        return part

    def _flags(self) -> FormPart:
        part = FormPart(_("Cases that hold the level down"))
        field_ = fields.flags_field(self.chosen.definition, self.role)
        if field_.choices:  # type: ignore[attr-defined]
            self._add(part, "flags", field_)
        return part

    def _choices_left_open(self) -> FormPart:
        part = FormPart(_("Settings that the framework leaves open"))
        for key in self.chosen.definition.overridable if self.plan.line_rules else ():
            self._add(part, f"settings.{key}", fields.setting_field(key))
        return part

    def _add(self, part: FormPart, name: str, own: forms.Field) -> None:
        self.fields[name] = own
        part.names.append(name)

    def _row(self, row: int) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"work[{row}].")]

    def _is_filled(self, row: int) -> bool:
        names = [name for name in self.fields if name.startswith(f"work[{row}].")]
        return any(self.cleaned_data.get(name) not in (None, "", False) or name in self.errors for name in names)

    def _subject(self, places: list[int]) -> dict[str, Any]:
        """Return what was typed as the engine takes it; what was left blank is not there."""
        subject: dict[str, Any] = {"role": self.role, "flags": self.cleaned_data.get("flags", [])}
        for name in ("id", "position_group", "common"):
            subject[name] = _given(self.cleaned_data.get(name))
        for group in ("criteria", "indicators", "metrics"):
            subject[group] = dict(self._under(f"{group}."))
        for group in BESIDE.values():
            subject[group] = dict(self._under(f"{group}."))
        period = {key: day.isoformat() for key, day in self._under("period.")}
        if period:
            subject["period"] = period
        if places:
            subject["work"] = [dict(self._under(f"work[{row}].")) for row in places]
        return subject

    def _settings(self) -> dict[str, Any]:
        return dict(self._under("settings."))

    def _under(self, start: str) -> Iterator[tuple[str, Any]]:
        for name, value in self.cleaned_data.items():
            if name.startswith(start) and _given(value) is not None:
                yield name.removeprefix(start), value

    def _add_problem(self, problem: Problem, places: list[int]) -> None:
        """Put a problem beside its field; one that is there already says enough."""
        path = problem.path.removeprefix(_SUBJECT)
        name = _LINE.sub(lambda found: f"work[{places[int(found[1])]}]", path)
        name = name if name in self.fields else name.partition("[")[0]
        known = name if name in self.fields else None
        if known is None or known not in self.errors:
            self.add_error(known, render(Problem(path, problem.code, _vietnamese(problem.params))))


def _given(value: Any) -> Any:
    return None if value in (None, "") else value


def _vietnamese(params: dict[str, Any]) -> dict[str, Any]:
    """Return what fills a sentence as people type it here: a comma for decimals, names instead of keys."""
    values = {key: _POINT.sub(",", value) if isinstance(value, str) else value for key, value in params.items()}
    if "other" in values:
        values["other"] = FIELDS.get(values["other"], values["other"])
    return values


def _shown(number: Any) -> str:
    return format_decimal_vi(Decimal(to_text(number)))
