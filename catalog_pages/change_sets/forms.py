"""Forms of proposals and change sets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.changesets.enums import Answer
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


class ProposalFilterForm(forms.Form):
    """Which proposals are listed."""

    waiting = forms.BooleanField(label=_("Waiting for my agency's answer"), required=False)
    answer = forms.ChoiceField(label=_("Answer"), required=False, choices=[("", _("All")), *Answer.choices])
