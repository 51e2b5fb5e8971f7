"""Forms of evaluations; the actions check again what they are given."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanTextField
from cms.evaluations.actions.steps import LONGEST
from cms.evaluations.enums import MONTHS_OF, PeriodKind
from cms.evaluations.models import Evaluation
from cms.evaluations.permissions import agencies_of_periods
from cms.frameworks.blocks.words import LEVELS
from cms.frameworks.views.calculator_form import CalculationBasis, CalculatorForm, FormPart
from cms.organisations.enums import AgencyKind
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency
from cms.scoring.criteria import CriteriaPlan
from cms.scoring.marks import WORK_MEASURES
from cms.scoring.scored import IndicatorPlan

# What follows from rows and is never typed.
_FROM_ROWS = (*WORK_MEASURES, "subordinates")


def words_field(label: Any, *, required: bool = False) -> CleanTextField:
    """Return a field for a few sentences."""
    return CleanTextField(label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class MarksForm(CalculatorForm):
    """The marks of one evaluation: criteria, and for the manager also the indicators that somebody judges.

    Nothing that follows from work or from those who are led is typed.
    """

    takes_lines = False

    def __init__(self, *args: Any, evaluation: Evaluation, is_own: bool = False, **kwargs: Any) -> None:
        version = evaluation.framework
        assert version is not None  # noqa: S101 (without a framework nobody is marked)
        self.evaluation, self.is_own = evaluation, is_own
        basis = CalculationBasis(version.definition, version.number, version.content_hash)
        group = evaluation.position_group
        super().__init__(*args, chosen=basis, role=evaluation.role, position_group=group, rows=0, **kwargs)
        self.fields["words"] = words_field(_("What you add") if is_own else _("Comment"))

    def marks(self) -> dict[str, Any]:
        """Return what was typed, as the actions take it."""
        typed = self._subject([])
        return {key: typed[key] for key in ("criteria", "indicators", "comments", "evidence") if typed.get(key)}

    def _add_choices(self, definition: Any) -> None:
        """Role and group are those of the evaluation."""

    def _parts(self) -> Iterator[FormPart]:
        yield from list(super()._parts())[: len(self.plan.sections)]

    def _add_criteria(self, part: FormPart, section: CriteriaPlan) -> None:
        super()._add_criteria(part, dataclasses.replace(section, is_common=False))

    def _add_indicators(self, part: FormPart, plans: tuple[IndicatorPlan, ...]) -> None:
        judged = () if self.is_own else tuple(each for each in plans if each.indicator.measure not in _FROM_ROWS)
        super()._add_indicators(part, judged)

    def _figures(self, plan: Any) -> FormPart:
        return FormPart("")

    def _flags(self) -> FormPart:
        return FormPart("")

    def _choices_left_open(self) -> FormPart:
        return FormPart("")


def typed_marks(marks: dict[str, Any]) -> dict[str, Any]:
    """Return marks that were given as the fields of ``MarksForm`` show them: a comma for decimals."""
    shown = {}
    for group in ("criteria", "indicators", "comments", "evidence"):
        for code, value in marks.get(group, {}).items():
            shown[f"{group}.{code}"] = _shown(value, is_number=group in ("criteria", "indicators"))
    return shown


def _shown(value: Any, *, is_number: bool) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(value)
    return value.replace(".", ",") if is_number and isinstance(value, str) and value[:1].isdigit() else value


class DecideForm(forms.Form):
    """The decision on one evaluation."""

    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("That of the points")), *LEVELS.items()]
    )  # fmt: skip
    words = words_field(_("Why, where the level is not that of the points"))


class SendBackForm(forms.Form):
    """To which step an evaluation goes back, and why."""

    to = forms.ChoiceField(label=_("Back to"), choices=[])
    words = words_field(_("What has to be mended"), required=True)

    def __init__(self, *args: Any, steps: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = steps  # type: ignore[attr-defined]


class OpenPeriodForm(forms.Form):
    """Of which agency, and which period of the calendar."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), empty_label=None)
    kind = forms.ChoiceField(label=_("Period"), choices=PeriodKind.choices)
    day = day_field(_("A day in it"), initial=timezone.localdate)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evaluating = agencies_of_periods(by).active().filter(kind__in=(AgencyKind.DEPARTMENT, AgencyKind.COMMUNE))
        offer(self, "agency", evaluating)

    @property
    def first_day(self) -> datetime.date:
        """Return the day on which the period of the chosen day begins."""
        day, months = self.cleaned_data["day"], MONTHS_OF[PeriodKind(self.cleaned_data["kind"])]
        return datetime.date(day.year, (day.month - 1) // months * months + 1, 1)


class ReasonForm(forms.Form):
    """Why."""

    reason = words_field(_("Reason"), required=True)


class FindingForm(forms.Form):
    """Which case, and the document that establishes it."""

    code = forms.ChoiceField(label=_("Case"), choices=[])
    document = CleanTextField(label=_("Document"), max_length=300)

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = evaluation.framework
        rules = version.definition.classification.disqualifiers if version else ()
        own = [(each.code, each.title) for each in rules if not each.roles or evaluation.role in each.roles]
        self.fields["code"].choices = own  # type: ignore[attr-defined]


class EvaluationFilterForm(forms.Form):
    """What narrows the evaluations of a period."""

    q = forms.CharField(label=_("Officer"), required=False, max_length=200)
    awaits = forms.ChoiceField(
        label=_("Stands at"), required=False,
        choices=[
            ("", _("All")), ("assess", _("Self-assessment")), ("mark", _("Marks of the manager")),
            ("decide", _("Decision")), ("done", _("Decided")), ("absent", _("Not in the period")),
        ],
    )  # fmt: skip
