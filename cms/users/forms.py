"""The name on the account page, and allauth's forms that ask for a secret, each wrong answer counted."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from cms.users.lockout import counted_attempt
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


class CountedCodeForm(BaseAuthenticateForm):
    """A code of a second factor."""

    def clean_code(self) -> str:
        """Return the code when it is right; raise ValidationError when it is wrong, or while the account is locked."""
        with counted_attempt(context.request, self.user):
            code: str = super().clean_code()
            return code


class SignInCodeForm(CountedCodeForm, AuthenticateForm):
    """The code that follows the password."""


class CodeAgainForm(CountedCodeForm, ReauthenticateForm):
    """The code that is asked for again before something grave."""


class CountedPasswordForm(ChangePasswordForm):
    """A change of the password."""

    def clean_oldpassword(self) -> str:
        """Return the password so far; a wrong one counts as a failed attempt to sign in."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password
