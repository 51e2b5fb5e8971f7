"""Forms of the screens about set-up links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import InvitationState
from cms.organisations.workbooks import MAX_BYTES


class InvitationFilterForm(forms.Form):
    """What narrows the list of set-up links."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *InvitationState.choices])


class AddressForm(forms.Form):
    """Where a link is sent."""

    email = forms.EmailField(label=_("E-mail address"))


class AddressListForm(forms.Form):
    """A workbook of codes and addresses."""

    file = forms.FileField(label=_("Excel file (.xlsx)"))

    def clean_file(self) -> Any:
        """Return the file, when it is small enough to be read at once."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file
