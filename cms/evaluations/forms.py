"""Forms of evaluations; the actions check again what they are given."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanTextField
from cms.core.numbers import format_decimal_vi
from cms.evaluations.actions.steps import LONGEST
from cms.evaluations.enums import MONTHS_OF, CancelGround, ObjectionOutcome, PeriodKind, Step
from cms.evaluations.models import Evaluation
from cms.evaluations.permissions import agencies_of_periods
from cms.frameworks.blocks.words import LEVELS
from cms.frameworks.views.calculator_form import CalculationBasis, CalculatorForm, FormPart
from cms.organisations.enums import AgencyKind
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency, Officer
from cms.scoring.asked import COMMENT
from cms.scoring.criteria import CriteriaPlan, points_of
from cms.scoring.definition.sections import Criterion
from cms.scoring.exact import to_text
from cms.scoring.marks import NOT_APPLICABLE, WORK_MEASURES
from cms.scoring.scored import IndicatorPlan

# Sections in which points can be cut.
_CUT = ("criteria", "deduction")
# What follows from rows and is never typed.
_FROM_ROWS = (*WORK_MEASURES, "subordinates")


def words_field(label: Any, *, required: bool = False) -> CleanTextField:
    """Return a field for a few sentences."""
    return CleanTextField(label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class MarksForm(CalculatorForm):
    """The marks of one evaluation: criteria, and for the manager also the indicators that somebody judges.

    Nothing that follows from work or from those who are led is typed. A manager who gives less than the maximum of a
    criterion says why, whatever the framework asks.
    """

    takes_lines = False

    def __init__(self, *args: Any, evaluation: Evaluation, is_own: bool = False, **kwargs: Any) -> None:
        version = evaluation.framework
        assert version is not None  # noqa: S101 (without a framework nobody is marked)
        self.evaluation, self.is_own = evaluation, is_own
        basis = CalculationBasis(version.definition, version.number, version.content_hash)
        group = evaluation.position_group
        super().__init__(*args, chosen=basis, role=evaluation.role, position_group=group, rows=0, **kwargs)
        self.fields["level"] = _level_field(_("Level that you propose"))
        self.fields["words"] = words_field(_("What you add") if is_own else pgettext_lazy("evaluation", "Remarks"))

    def marks(self) -> dict[str, Any]:
        """Return what was typed, as the actions take it."""
        typed = self._subject([])
        return {key: typed[key] for key in ("criteria", "indicators", "comments", "evidence") if typed.get(key)}

    def clean(self) -> dict[str, Any]:
        """Have the engine read the marks; ask the manager why points were cut."""
        cleaned = super().clean()
        for section in () if self.is_own else self.plan.sections:
            if isinstance(section, CriteriaPlan) and section.section.kind in _CUT:
                for each in section.leaves:
                    self._ask_why(each, is_deduction=section.outside)
        return cleaned

    def _ask_why(self, criterion: Criterion, *, is_deduction: bool) -> None:
        given, comment = self.cleaned_data.get(f"criteria.{criterion.code}"), f"comments.{criterion.code}"
        if given in (None, "", NOT_APPLICABLE) or comment not in self.fields or comment in self.errors:
            return
        points = points_of(criterion, given)
        is_cut = points > 0 if is_deduction else points < criterion.max
        if is_cut and not self.cleaned_data.get(comment, "").strip():
            self.add_error(comment, _cut(criterion, is_deduction=is_deduction))

    def _add_choices(self, definition: Any) -> None:
        """Role and group are those of the evaluation."""

    def _parts(self) -> Iterator[FormPart]:
        if self.evaluation.period.made_of:
            return
        yield from list(super()._parts())[: len(self.plan.sections)]

    def _add_criteria(self, part: FormPart, section: CriteriaPlan) -> None:
        asked = section.asked
        if not self.is_own and section.section.kind in _CUT:
            asked = {each.code: asked.get(each.code, frozenset()) | {COMMENT} for each in section.leaves}
        super()._add_criteria(part, dataclasses.replace(section, is_common=False, asked=asked))

    def _add_indicators(self, part: FormPart, plans: tuple[IndicatorPlan, ...]) -> None:
        judged = () if self.is_own else tuple(each for each in plans if each.indicator.measure not in _FROM_ROWS)
        super()._add_indicators(part, judged)

    def _figures(self, plan: Any) -> FormPart:
        return FormPart("")

    def _flags(self) -> FormPart:
        return FormPart("")

    def _choices_left_open(self) -> FormPart:
        return FormPart("")


def _cut(criterion: Criterion, *, is_deduction: bool) -> str:
    if is_deduction:
        return gettext("Points are taken off: say why.")
    most = format_decimal_vi(Decimal(to_text(criterion.max)))
    return gettext("Below the maximum of %(most)s: say why.") % {"most": most}


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


def _level_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("None")), *LEVELS.items()])


class NumberForm(forms.Form):
    """Number and day of a decision."""

    number = CleanTextField(label=_("Number of the decision"), required=False, max_length=64)
    signed_on = day_field(_("Signed on"), required=False)


class DecideForm(NumberForm):
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
    document = CleanTextField(label=_("Official document"), max_length=300)

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
            ("", _("All")), *Step.choices, ("done", pgettext_lazy("evaluation", "Decided")),
            ("absent", _("Not in the period")),
        ],
    )  # fmt: skip


class GroundsForm(forms.Form):
    """What an officer objects to, and why."""

    grounds = words_field(_("What you object to, and why"), required=True)


class AnswerForm(forms.Form):
    """The answer to an objection."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=ObjectionOutcome.choices)
    reasons = words_field(_("Reasons"), required=True)


class ReviewerForm(forms.Form):
    """Who reviews an objection, by the officer's code."""

    code = CleanTextField(label=_("Officer's code of the reviewer"), max_length=32)

    def clean_code(self) -> Officer:
        """Return the officer, who has an account."""
        found = Officer.objects.filter(code=self.cleaned_data["code"].strip().upper(), account__isnull=False)
        officer: Officer | None = found.select_related("account").first()
        if officer is None:
            raise forms.ValidationError(_("There is no officer with this code and an account."))
        return officer


class ComplaintForm(forms.Form):
    """Words of whoever brings something forward before the decision."""

    content = words_field(_("What is complained of, and by which document"), required=True)


class ConclusionForm(forms.Form):
    """The words with which a verification ends; the decision then goes on."""

    conclusion = words_field(_("Conclusion"), required=True)


class CancellationForm(forms.Form):
    """Why a result is cancelled."""

    ground = forms.ChoiceField(label=_("Ground"), choices=CancelGround.choices)
    document = CleanTextField(label=_("Official document"), max_length=300)
    reason = words_field(_("Reason"), required=True)


class BoardForm(forms.Form):
    """Which period of the calendar a board is about."""

    kind = forms.ChoiceField(label=_("Period"), choices=PeriodKind.choices)
    day = day_field(_("A day in it"))
