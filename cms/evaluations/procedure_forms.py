"""Forms of procedures and of the calendar; the actions check again what they are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.forms import CleanTextField
from cms.evaluations.enums import Actor, DueRule, PeriodKind, Step
from cms.evaluations.models import Procedure, ProcedureStep, YearClock
from cms.evaluations.shipped_procedures import OPTIONAL, PROCEDURES, StepSpec
from cms.frameworks.models import CriteriaFramework
from cms.organisations.enums import AgencyKind, AuthoritySubject, Block
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency

_MONTHS = [(str(month), str(month)) for month in range(1, 13)]
_PARTS = ("order", "name", "actor", "due_rule", "due_value", "remind_days", "numbered")


def _several(label: Any, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options)


class NewProcedureForm(forms.Form):
    """A procedure of one's own, or one of those that ship with the platform."""

    shipped = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False, choices=[])
    code = forms.SlugField(
        label=gettext_lazy("Code of a procedure of your own"), required=False, max_length=40,
        help_text=gettext_lazy("letters without marks, digits and hyphens, such as dinh-ky-so-y-te"),
    )  # fmt: skip
    name = CleanTextField(label=gettext_lazy("Name"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(Procedure.objects.values_list("code", flat=True))
        offered = [(each.code, each.name) for each in (*PROCEDURES, *OPTIONAL) if each.code not in there]
        choices = [("", gettext_lazy("An empty procedure of your own")), *offered]
        self.fields["shipped"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for code and name where nothing that ships was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("shipped"):
            for name in ("code", "name"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in, or choose a procedure that ships with the platform."))
        return cleaned


@dataclass(frozen=True)
class StepRow:
    """The fields of one step."""

    label: str
    cells: list[BoundField]

    @property
    def errors(self) -> list[str]:
        """Return what is wrong in the row."""
        return [str(error) for cell in self.cells for error in cell.errors]


class ProcedureForm(forms.Form):
    """Whom a draft is for, and its steps: each with its place in the order, those without one are left out."""

    name = CleanTextField(label=gettext_lazy("Name"), max_length=200)
    basis = CleanTextField(label=gettext_lazy("Legal basis"), required=False, max_length=500)
    kinds = _several(gettext_lazy("Periods"), PeriodKind.choices)
    blocks = _several(gettext_lazy("Blocks (none: all)"), Block.choices, required=False)
    subjects = _several(
        gettext_lazy("Whose evaluations (none: officers of every rank)"), AuthoritySubject.choices, required=False
    )
    frameworks = _several(gettext_lazy("Criteria frameworks (none: all)"), [], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provincial = CriteriaFramework.objects.filter(agency=None).order_by("code").values_list("code", "name")
        self.fields["frameworks"].choices = [(code, name) for code, name in provincial]  # type: ignore[attr-defined]
        for step in Step:
            self.fields |= {f"{part}_{step}": field for part, field in _step_fields(step).items()}

    @property
    def scope_fields(self) -> list[BoundField]:
        """Return the fields above the table of steps."""
        return [self[name] for name in ("name", "basis", "kinds", "blocks", "subjects", "frameworks")]

    @property
    def rows(self) -> list[StepRow]:
        """Return a row for each step that there is."""
        return [StepRow(str(step.label), [self[f"{part}_{step}"] for part in _PARTS]) for step in Step]

    def clean(self) -> dict[str, Any]:
        """Refuse two steps in one place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        places: dict[int, Step] = {}
        for step in Step:
            place = cleaned.get(f"order_{step}")
            if place and place in places:
                self.add_error(f"order_{step}", _("Another step is in this place already."))
            elif place:
                places[place] = step
        return cleaned

    def steps(self) -> list[StepSpec]:
        """Return the steps in their order."""
        said = self.cleaned_data
        chosen = sorted((step for step in Step if said.get(f"order_{step}")), key=lambda step: said[f"order_{step}"])
        return [
            StepSpec(
                step, Actor(said[f"actor_{step}"]), DueRule(said[f"due_rule_{step}"]), said[f"due_value_{step}"],
                said[f"remind_days_{step}"], said[f"numbered_{step}"], said[f"name_{step}"],
            )
            for step in chosen
        ]  # fmt: skip

    def scope(self) -> dict[str, Sequence[str]]:
        """Return whom the procedure is for, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("kinds", "blocks", "subjects", "frameworks")}


def _step_fields(step: Step) -> dict[str, forms.Field]:
    actors = [each for each in Actor.choices if (each[0] == Actor.SELF) == (step == Step.ASSESS)]
    said = {"step": step.label}
    return {
        "order": forms.IntegerField(label=_("%(step)s: place") % said, required=False, min_value=1, max_value=8),
        "name": CleanTextField(label=_("%(step)s: called") % said, required=False, max_length=120),
        "actor": forms.ChoiceField(label=_("%(step)s: done by") % said, choices=actors),
        "due_rule": forms.ChoiceField(label=_("%(step)s: deadline") % said, choices=DueRule.choices, required=False),
        "due_value": CleanTextField(label=_("%(step)s: days, or dd/mm") % said, required=False, max_length=5),
        "remind_days": forms.IntegerField(
            label=_("%(step)s: reminder, days before") % said, required=False, min_value=0, max_value=60
        ),
        "numbered": forms.BooleanField(
            label=_("%(step)s: with number and day of the decision") % said, required=False,
            disabled=step != Step.DECIDE,
        ),
    }  # fmt: skip


def shown_procedure(procedure: Procedure) -> dict[str, Any]:
    """Return what the form shows of a draft at first."""
    scope = ("name", "basis", "kinds", "blocks", "subjects", "frameworks")
    shown: dict[str, Any] = {name: getattr(procedure, name) for name in scope}
    steps: dict[str, ProcedureStep] = {each.step: each for each in procedure.steps.all()}
    for step in Step:
        if step.value in steps:
            shown |= {f"{part}_{step}": getattr(steps[step.value], part) for part in _PARTS}
        elif step != Step.ASSESS:
            shown[f"actor_{step}"] = _USUAL.get(step, Actor.UPLOADER)
    return shown


_USUAL = {Step.MARK: Actor.EVALUATE, Step.DECIDE: Actor.CLASSIFY, Step.OPINION: Actor.OPINION}


class IssueProcedureForm(forms.Form):
    """From when a procedure holds, and by which decision; or that it no longer does."""

    effective_from = day_field(gettext_lazy("In effect from"), initial=timezone.localdate)
    decision_number = CleanTextField(label=gettext_lazy("Number of the decision"), max_length=64)
    ends = forms.BooleanField(label=gettext_lazy("The procedure no longer holds from this day on"), required=False)


class ClockForm(forms.ModelForm):
    """A clock of the year."""

    months = _several(gettext_lazy("Months"), _MONTHS, required=False)

    class Meta:
        model = YearClock
        fields = [
            "name", "done_by", "reminds_agencies", "block", "agency", "months", "first_day", "last_day", "days_after",
            "basis",
        ]  # fmt: skip
        field_classes = {"agency": AgencyChoice}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", Agency.objects.active())

    def clean_months(self) -> list[int]:
        """Return the months as numbers."""
        return [int(month) for month in self.cleaned_data["months"]]


class SpecialYearEndForm(forms.Form):
    """Which agency, for which year, by which document."""

    agency = AgencyChoice(Agency.objects.none(), label=gettext_lazy("Agency"), empty_label=None)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2025, max_value=2100)
    document = CleanTextField(label=gettext_lazy("Document of the superior"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", Agency.objects.active().filter(kind__in=(AgencyKind.DEPARTMENT, AgencyKind.COMMUNE)))
