"""Fields of the calculator: for each way of marking and measuring, the field in which a person says it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import VietnameseDecimalField
from cms.core.numbers import format_decimal_vi
from cms.core.text import fold
from cms.frameworks.blocks.words import CHOICES, METRICS, WORK_SETTINGS, ground_name
from cms.frameworks.trials.shown import group_names
from cms.scoring.asked import COMMENT
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.exact import to_text
from cms.scoring.lateness import DAYS
from cms.scoring.marks import NOT_APPLICABLE
from cms.scoring.vocabulary import vocabulary_of

NO_CHOICE = ("", "–")
DOES_NOT_APPLY = (NOT_APPLICABLE, _("Not applicable"))
_YES_NO = [NO_CHOICE, ("yes", _("Yes")), ("no", _("No"))]
_PLACES = 6
_FIGURES = ("survey", "outside")
_FEW_LINES = forms.Textarea(attrs={"rows": 2})


class TypedNumberField(VietnameseDecimalField):
    """A number; where that is allowed also "n/a", however it is typed."""

    def __init__(self, *, may_not_apply: bool = False, **kwargs: Any) -> None:
        super().__init__(places=_PLACES, required=False, **kwargs)
        self.may_not_apply = may_not_apply

    def to_python(self, value: Any) -> Any:
        """Return the number, "n/a", or None."""
        if self.may_not_apply and fold(str(value or "")).strip() in (NOT_APPLICABLE, "na", "khong ap dung"):
            return NOT_APPLICABLE
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        """Leave the limits to the framework."""


class TypedCountField(TypedNumberField):
    """How many times; a whole number stays one, what is not whole is for the engine to refuse."""

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        is_whole = isinstance(number, Decimal) and number == number.to_integral_value()
        return int(number) if is_whole else number


def criterion_field(criterion: Criterion) -> forms.Field:
    """Return the field of a mark, by the kind of marking."""
    marking, most = criterion.marking, _shown(criterion.max)
    if marking.kind == "levels":
        levels = [(level.code, level.label) for level in marking.levels]
        return _choice(criterion.title, levels, criterion.may_not_apply)
    if marking.kind == "yes_no":
        return _yes_no(criterion.title, criterion.may_not_apply)
    hint = {
        "points": _("0 to %(most)s, in steps of %(step)s") % {"most": most, "step": _shown(criterion.step)},
        "bands": _("the measured percentage, 0 to 100"),
        "points_off": _("how many times; each takes points off %(most)s") % {"most": most},
        "points_each": _("how many times; at most %(most)s points") % {"most": most},
    }[marking.kind]
    kind = TypedNumberField if marking.kind in ("points", "bands") else TypedCountField
    return kind(label=criterion.title, help_text=hint, may_not_apply=criterion.may_not_apply)


def indicator_field(indicator: Indicator) -> forms.Field:
    """Return the field of an indicator: one of its steps, a figure, or a percentage."""
    if indicator.steps and indicator.measure in ("mark", "subordinates"):
        return _choice(indicator.title, [(to_text(step), f"{_shown(step)} %") for step in indicator.steps], True)
    full = _shown(indicator.full) if indicator.measure in _FIGURES else "100"
    hint = _("0 to %(full)s, or n/a where it does not apply") % {"full": full}
    return TypedNumberField(label=indicator.title, help_text=hint, may_not_apply=True)


def common_field(most: str) -> forms.Field:
    """Return the field of the whole common section in one number."""
    hint = _("0 to %(most)s; leave it blank to mark each criterion") % {"most": most}
    return TypedNumberField(label=_("Points of the whole section"), help_text=hint)


class ReferencesField(forms.CharField):
    """References, one on a line; as many and as long as the engine takes."""

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


class CommentField(forms.CharField):
    """A comment of several lines, with the line breaks that every system writes."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def beside_field(kind: str, name: str) -> forms.Field:
    """Return the field of a comment or of evidence for the mark of what is named."""
    if kind == COMMENT:
        label, hint = _("Comment on the mark (%(code)s)"), _("needed where points are cut")
    else:
        label = _("Evidence for the mark (%(code)s)")
        hint = _("one document, file or address on a line")
    field = CommentField if kind == COMMENT else ReferencesField
    return field(label=label % {"code": name}, required=False, widget=_FEW_LINES, help_text=hint)


def metric_field(code: str, kind: str, title: str) -> forms.Field:
    """Return the field of a figure that conditions of levels ask for."""
    label = METRICS.get(code, title)
    return _yes_no(label, False) if kind == "yes_no" else TypedNumberField(label=label)


def line_fields(definition: Definition) -> dict[str, forms.Field]:
    """Return the fields of one line of work, in the order of its columns; days late where the framework counts them."""
    by_day = definition.work.late_counted.value == DAYS
    late = (
        {"days_late": TypedCountField(label=_("Days late"))}
        if by_day
        else {"late_occurrences": TypedCountField(label=_("Times late"))}
    )
    return {
        "title": forms.CharField(label=_("Product or work"), max_length=1000, required=False),
        "assigned": TypedNumberField(label=_("Assigned")),
        "completed": TypedNumberField(label=_("Completed")),
        "coefficient": TypedNumberField(label=_("Coefficient")),
        "quality_failures": TypedCountField(label=_("Quality failures")),
        "quality_exempt": forms.BooleanField(label=_("Failures excused"), required=False),
        **late,
        "late_exempt": forms.BooleanField(label=_("Delays excused"), required=False),
    }


def flags_field(definition: Definition, role: str) -> forms.Field:
    """Return the boxes of what holds a level down, and of what excuses it."""
    rules = [each for each in definition.classification.disqualifiers if not each.roles or role in each.roles]
    choices: list[tuple[str, Any]] = [(each.code, each.title) for each in rules]
    excuses = dict.fromkeys(each.unless for each in rules if each.unless)
    choices += [
        (code, _("Ground for a decision of its own: %(ground)s") % {"ground": ground_name(code)}) for code in excuses
    ]
    return forms.MultipleChoiceField(
        label=_("What holds the level down"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def group_field(definition: Definition) -> forms.Field | None:
    """Return the choice of position group, where the framework tells them apart."""
    codes = definition.applies_to.position_groups or vocabulary_of(definition).weighed_groups
    if not codes:
        return None
    names = group_names()
    choices = [NO_CHOICE, *((code, names.get(code, code)) for code in codes)]
    return forms.ChoiceField(label=_("Position group"), choices=choices, required=False)


def setting_field(key: str) -> forms.Field:
    """Return the choice of a setting that the framework leaves open."""
    choices = [("", _("As the framework says")), *CHOICES[f"WorkRules.{key}"].items()]
    return forms.ChoiceField(label=str(WORK_SETTINGS[key]), choices=choices, required=False)


def _choice(label: Any, choices: list[tuple[str, Any]], may_not_apply: bool) -> forms.ChoiceField:
    beyond = [DOES_NOT_APPLY] if may_not_apply else []
    return forms.ChoiceField(label=label, choices=[NO_CHOICE, *choices, *beyond], required=False)


def _yes_no(label: Any, may_not_apply: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[*_YES_NO, *([DOES_NOT_APPLY] if may_not_apply else [])], required=False,
        coerce=lambda value: value if value == NOT_APPLICABLE else value == "yes", empty_value=None,
    )  # fmt: skip


def _shown(number: Any) -> str:
    return format_decimal_vi(Decimal(to_text(number)))
