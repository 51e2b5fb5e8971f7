"""Forms of the workflow."""

from __future__ import annotations

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import VietnameseDateField


class DecisionForm(forms.Form):
    """The Chairman's decision: number, date, and the day from which the catalog holds."""

    decision_number = forms.CharField(label=_("Decision number"), max_length=100)
    decision_date = VietnameseDateField(label=_("Decision date"))
    effective_from = VietnameseDateField(
        label=_("In effect from"), help_text=_("A later day publishes the catalog on that day.")
    )
    comment = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_decision_date(self) -> datetime.date:
        """Refuse a decision of the future."""
        day: datetime.date = self.cleaned_data["decision_date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The decision date is in the future."))
        return day
