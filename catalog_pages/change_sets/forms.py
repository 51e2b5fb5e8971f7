"""Forms of proposals and change sets."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.catalogs.column_fields import column_field
from cms.catalogs.extra import stored
from cms.catalogs.item_fields import BY_KEY, PARTS
from cms.catalogs.models import Catalog, ExtraColumn
from cms.changesets.enums import Answer, Outcome, ProposalKind, SetState
from cms.changesets.models import NONE
from cms.core.forms import CleanTextField, VietnameseDecimalField


def words(label: Any, *, required: bool = True, **kwargs: Any) -> CleanTextField:
    """Return a field for some sentences."""
    return CleanTextField(
        label=label, required=required, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
    )


class OneCoefficientForm(forms.Form):
    """The coefficient that all agencies are to have for one work."""

    coefficient = VietnameseDecimalField(label=_("Coefficient for all"))
    reason = words(_("Reason"), help_text=_("Each agency concerned reads it."))


class AnswerForm(forms.Form):
    """What the agency says."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    words = words(_("Words of the agency"), required=False, help_text=_("Needed where the agency disagrees."))


def choice(label: Any, choices: Iterable[tuple[str, Any]], without: Any = None) -> forms.ChoiceField:
    """Return a field to narrow by: everything, what has none of it where ``without`` names that, or one of these."""
    none = [(NONE, without)] if without else []
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *none, *choices])


class LooseFilterForm(forms.Form):
    """Which proposals that stand in no set are listed."""

    agency = CleanTextField(label=_("Agency"), required=False, max_length=200)
    kind = choice(_("Kind"), ProposalKind.choices)
    answer = choice(_("Answer"), Answer.choices, _("Not answered"))


class SetFilterForm(LooseFilterForm):
    """Which proposals of a set are listed."""

    outcome = choice(_("Outcome of the appraisal"), Outcome.choices, _("Not appraised"))


class ProposalFilterForm(SetFilterForm):
    """Which proposals are listed."""

    state = choice(_("Change set"), SetState.choices, _("in no change set yet"))
    waiting = forms.BooleanField(label=_("Waiting for my agency's answer"), required=False)


class NewSetForm(forms.Form):
    """A set's name, and what it is for."""

    name = CleanTextField(label=_("Name"), max_length=200)
    note = words(_("What it is for"), required=False)


class OutcomeForm(forms.Form):
    """What the appraiser says of a proposal."""

    outcome = forms.ChoiceField(label=_("Outcome of the appraisal"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = words(_("Reason"), required=False, help_text=_("Needed where it is refused."))


class JudgeManyForm(OutcomeForm):
    """What the appraiser says of many proposals of a set at once."""

    which = forms.ChoiceField(
        label=_("Which proposals"),
        choices=[("ticked", _("The ticked ones")), ("found", _("All that the filter finds and nobody appraised yet"))],
        initial="ticked",
        widget=forms.RadioSelect,
    )

    field_order = ["which"]


class WhyForm(forms.Form):
    """Why an act is done."""

    reason = words(_("Reason"))


class ProposeForm(forms.Form):
    """What is to become of an item of one list; of a new item its contents, of another what changes."""

    catalog = forms.ModelChoiceField(label=_("List of"), queryset=Catalog.objects.none())
    kind = forms.ChoiceField(label=_("What is proposed"), choices=ProposalKind.choices)
    item = CleanTextField(
        label=_("Code of the item"),
        required=False,
        max_length=64,
        help_text=_("Of the item as it stands; not of a new one."),
    )
    other = CleanTextField(
        label=_("Code of the item that goes into it"), required=False, max_length=64, help_text=_("Only of a merge.")
    )
    code = CleanTextField(label=_("New code"), required=False, max_length=64)
    field = CleanTextField(label=_("New field of work"), required=False, max_length=300)
    task = words(_("New task"), required=False)
    name = words(_("New name"), required=False)
    output = words(_("New output"), required=False)
    unit = CleanTextField(label=_("New unit"), required=False, max_length=100)
    group = forms.IntegerField(label=_("New complexity group"), required=False, min_value=1, max_value=5)
    coefficient = VietnameseDecimalField(label=_("New coefficient"), required=False)
    reason = words(_("Reason"))

    def __init__(self, *args: Any, catalogs: Any, columns: Iterable[ExtraColumn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["catalog"].queryset = catalogs  # type: ignore[attr-defined]
        reason = self.fields.pop("reason")
        for part in PARTS:
            one = BY_KEY[part]
            self.fields[part] = VietnameseDecimalField(label=one.heading, required=False, at_least=Decimal(0))
        self._added = [column.field_name for column in columns]
        for column in columns:
            field = self.fields[column.field_name] = column_field(column)
            field.required = False
        self.fields["reason"] = reason

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, added columns as items keep them."""
        cleaned = super().clean() or self.cleaned_data
        return cleaned | {name: stored(cleaned.get(name)) for name in self._added}
