"""Forms of the screens of webhooks; the actions check again what they are given."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from api.clients.models import ApiClient
from api.webhooks.addresses import LONGEST
from api.webhooks.models import DeliveryState, EndpointState
from cms.audit.acts import EventAudience, events
from cms.organisations.forms import day_field, offer

_AUDIENCES = {
    EventAudience.EVERYBODY: _("Public"),
    EventAudience.WORKING: _("Unpublished work of the agency"),
    EventAudience.APPRAISING: _("Unpublished work of the agency"),
    EventAudience.UPLOADING: _("Uploads of the agency"),
    EventAudience.EVALUATING: _("Evaluations of the agency"),
    EventAudience.WORK_READING: _("Work of the agency's people"),
}


def _offered_types() -> list[tuple[Any, list[tuple[str, Any]]]]:
    groups: dict[Any, list[tuple[str, Any]]] = {}
    for event in events().values():
        sentence = format_lazy("{}: {}", event.type, event.meaning)
        groups.setdefault(_AUDIENCES[event.audience], []).append((event.type, sentence))
    return list(groups.items())


class EndpointForm(forms.Form):
    """Where events go, and which."""

    url = forms.CharField(
        label=_("Address"), max_length=LONGEST, widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("Of the program that takes the events. It must be on the list of machines in the settings."),
    )  # fmt: skip
    types = forms.MultipleChoiceField(
        label=_("Types of events"), required=False, choices=_offered_types, widget=forms.CheckboxSelectMultiple,
        help_text=_("All that the program may hear of, when none is chosen."),
    )  # fmt: skip


class EndpointAddForm(EndpointForm):
    """The same of a new one, with the program that it is for."""

    client = forms.ModelChoiceField(ApiClient.objects.none(), label=_("API client"))
    field_order = ["client", "url", "types"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "client", ApiClient.objects.filter(revoked_at__isnull=True))


class SinceForm(forms.Form):
    """From which day on everything is sent again."""

    day = day_field(_("From the day"), initial=timezone.localdate)

    def clean_day(self) -> datetime.datetime:
        """Return the beginning of the day."""
        return timezone.make_aware(datetime.datetime.combine(self.cleaned_data["day"], datetime.time.min))


class EndpointFilterForm(forms.Form):
    """What narrows the list of webhooks."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *EndpointState.choices])


class DeliveryFilterForm(forms.Form):
    """What narrows the log of deliveries."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *DeliveryState.choices])
