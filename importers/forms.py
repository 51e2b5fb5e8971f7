"""Forms of the way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from importers.enums import MissingItems

ACCEPTED = ".xlsx,.csv,.xls,.ods"


class UploadForm(forms.Form):
    """One file. What is in it, or whether it is too large or empty, is for the action to say."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class CommitForm(forms.Form):
    """What becomes of the items of the current version that the file does not have."""

    missing = forms.ChoiceField(
        label=_("Items that the file does not have"),
        choices=MissingItems.choices,
        initial=MissingItems.REMOVE,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_missing(self) -> Any:
        """Take the choice that the form shows first when none was sent."""
        return self.cleaned_data["missing"] or MissingItems.REMOVE
