"""The name on the account page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.users.models import User


class NameForm(forms.ModelForm):
    """Show the name under which the ledger knows the person; administrators correct it."""

    full_name = forms.CharField(
        label=_("Full name"),
        disabled=True,
        required=False,
        help_text=_("The audit ledger knows you by this name. Ask the technical administrator to correct it."),
    )

    class Meta:
        model = User
        fields = ["full_name"]
