"""What narrows the list of events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.audit import acts
from cms.audit.models import AuditEventQuerySet
from cms.audit.scope import current_scope
from cms.users.models import User


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"})
    return forms.DateField(label=label, required=False, widget=widget, localize=True)


def _offered_acts() -> list[tuple[str, Any]]:
    return [("", _("All")), *((act.code, act.sentence) for act in acts.registered())]


class AuditFilterForm(forms.Form):
    """Who, what, for which agency, when."""

    person = forms.CharField(label=_("Person"), required=False, max_length=200)
    agency = forms.CharField(label=_("Agency"), required=False, max_length=200)
    action = forms.ChoiceField(label=_("Action"), required=False, choices=_offered_acts)
    first = _day(_("From"))
    last = _day(_("To"))

    def narrow(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """Return those of the events that were asked for; what cannot be read narrows nothing."""
        if not self.is_bound:
            return events
        self.is_valid()
        filters = self.cleaned_data
        if filters.get("person"):
            events = events.by_people(User.objects.search(filters["person"]))
        if filters.get("agency"):
            events = events.filter(agency_code__in=current_scope().agency_codes(filters["agency"]))
        if filters.get("action"):
            events = events.done(filters["action"])
        return events.between(filters.get("first"), filters.get("last"))
