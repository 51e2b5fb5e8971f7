"""Forms of the screens of API clients; the actions check again what they are given."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from api.clients.models import Scope
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency

_USUAL = datetime.timedelta(days=180)


def _last_day(label: Any, help_text: Any) -> forms.DateField:
    return day_field(label, initial=lambda: timezone.localdate() + _USUAL, help_text=help_text)


def _last_day_of_token() -> forms.DateField:
    help_text = _("At most a year from today. Make a new token before this day.")
    return _last_day(_("The token holds until"), help_text)


class ClientForm(forms.Form):
    """A new client, and how long its first token lasts."""

    name = forms.CharField(
        label=_("Name of the program"), max_length=150,
        help_text=_("As the history will name it, for example: Task management software of the Department of Finance."),
    )  # fmt: skip
    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), help_text=_("With all that is below it."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple,
        initial=[Scope.CATALOGS_READ],
    )  # fmt: skip
    networks = forms.CharField(
        label=_("Addresses that it asks from"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, like 10.1.2.3 or 10.1.2.0/24. Leave it empty when it may ask from anywhere."),
    )  # fmt: skip
    last_day = _last_day_of_token()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", Agency.objects.active())

    def clean_networks(self) -> list[str]:
        """Return the lines that say something."""
        return self.cleaned_data["networks"].split()


class RotateForm(forms.Form):
    """How long the new token lasts."""

    last_day = _last_day_of_token()


class SecretForm(forms.Form):
    """How long the new secret lasts."""

    last_day = _last_day(
        _("The secret holds until"), _("At most a year from today. Make a new secret before this day.")
    )


class ClientFilterForm(forms.Form):
    """What narrows the list of clients."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), ("open", _("In use")), ("revoked", _("Revoked"))]
    )
