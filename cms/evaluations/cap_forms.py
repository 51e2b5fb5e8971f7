"""Forms of the cap board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanTextField
from cms.evaluations.enums import CapDecisionKind
from cms.evaluations.forms import words_field
from cms.organisations.forms import day_field


class WhatIfForm(forms.Form):
    """What the board is calculated with for once; nothing of it is kept."""

    exception = forms.BooleanField(label=_("With the higher rate"), required=False)
    base = forms.ChoiceField(
        label=_("Base of the cap"), required=False,
        choices=[("", _("As the framework says")), ("good_only", _("those at Good alone")),
                 ("good_or_better", _("those at Good and better"))],
    )  # fmt: skip
    pooled = forms.MultipleChoiceField(
        label=_("Groups counted together"), required=False, widget=forms.SelectMultiple(attrs={"size": 3})
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pooled"].choices = groups  # type: ignore[attr-defined]
        if len(groups) < 2:
            del self.fields["pooled"]


class CapDecisionForm(forms.Form):
    """The decision that allows the higher rate, or that puts groups together."""

    kind = forms.ChoiceField(label=_("What is decided"), choices=CapDecisionKind.choices)
    groups = forms.MultipleChoiceField(
        label=_("Groups counted together"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = CleanTextField(label=_("Decision number"), max_length=64)
    signed_on = day_field(_("Signed on"), initial=timezone.localdate)
    reason = words_field(_("Reason"), required=True)
    file = forms.FileField(
        label=_("File of the decision"), max_length=255, required=False, allow_empty_file=True,
        help_text=_("PDF, picture, Word, Excel or PowerPoint without macros, 25 MiB at most."),
    )  # fmt: skip

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]


class CapChoiceForm(forms.Form):
    """Who of those with the level holds it, and why."""

    chosen = forms.MultipleChoiceField(label=_("Hold the level"), required=False, widget=forms.CheckboxSelectMultiple)
    reason = words_field(_("Why these, and not the others"), required=True)

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = holders  # type: ignore[attr-defined]
