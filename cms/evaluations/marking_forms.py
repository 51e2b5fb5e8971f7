"""One person's row of the table in which many are marked: the marks of ``MarksForm``, all of them asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.forms import CleanTextField
from cms.core.numbers import format_decimal_vi
from cms.evaluations.actions.steps import LONGEST
from cms.evaluations.forms import MarksForm
from cms.frameworks.views.calculator_form import BESIDE
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.exact import to_text
from cms.scoring.scored import IndicatorPlan

_ONE_LINE = {"rows": 1}


@dataclass(frozen=True)
class MarkColumn:
    """A criterion or indicator that is marked: the field's name, and what the framework says of it."""

    name: str
    code: str
    title: str
    hint: Any
    guidance: str
    citation: str
    most: str = ""


class MarkRowForm(MarksForm):
    """The marks of one row, with the key of the act that was read when they were typed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["level"]
        self.fields["words"] = CleanTextField(
            label=gettext_lazy("Remarks"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs=_ONE_LINE)
        )
        for name, own in self.fields.items():
            if name.startswith(tuple(f"{group}." for group in BESIDE.values())):
                own.widget = forms.Textarea(attrs=_ONE_LINE)
        self.columns = [each for each in self._columns() if each.name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Besides what one person's marks have to be: complete."""
        cleaned = super().clean()
        for name in self._needed():
            if name in self.fields and name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, _("No mark yet."))
        return cleaned

    def differs(self, shown: Mapping[str, Any]) -> bool:
        """Return whether anything was typed other than what the fields had shown."""
        return any(self.typed(name) != as_text(shown.get(name)) for name in self.fields if name != "seen")

    def typed(self, name: str) -> str:
        """Return what was typed into a field."""
        return as_text(self.data.get(self.add_prefix(name)))

    def beside(self, name: str) -> list[BoundField]:
        """Return the fields of what is asked where the points of a criterion are cut."""
        code = name.partition(".")[2]
        return [self[f"{group}.{code}"] for group in BESIDE.values() if f"{group}.{code}" in self.fields]

    def _needed(self) -> list[str]:
        by_quarter = self.plan.definition.periods.marks_given.value == "quarter"
        names = []
        for section in self.plan.sections:
            if isinstance(section, CriteriaPlan):
                names += [] if section.outside else [f"criteria.{each.code}" for each in section.leaves]
            elif not by_quarter:
                names += [f"indicators.{each.code}" for each in _leaves(section.parts) if each.measure == "mark"]
        return names

    def _columns(self) -> list[MarkColumn]:
        found = []
        for section in self.plan.sections:
            around = section.section.citation
            if isinstance(section, CriteriaPlan):
                found += [_column(self, "criteria", each, around, _most(each.max)) for each in section.leaves]
            else:
                found += [_column(self, "indicators", each, around) for each in _leaves(section.parts)]
        return found


def as_text(value: Any) -> str:
    """Return a value as a field shows it, without the line breaks that browsers write."""
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def _column(form: MarksForm, group: str, each: Criterion | Indicator, around: str, most: str = "") -> MarkColumn:
    name = f"{group}.{each.code}"
    hint = form.fields[name].help_text if name in form.fields else ""
    return MarkColumn(name, each.code, each.title, hint, each.guidance, each.citation or around, most)


def _leaves(plans: tuple[IndicatorPlan, ...]) -> list[Indicator]:
    found: list[Indicator] = []
    for each in plans:
        found += _leaves(each.parts) if each.parts else [each.indicator]
    return found


def _most(points: Any) -> str:
    return format_decimal_vi(Decimal(to_text(points)))
